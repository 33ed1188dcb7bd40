using Governance.Patching.Advisories.Csaf.Rules;
using Governance.Patching.Inventory;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>A product as a package.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Purl">Its package URL; null where the document gives none.</param>
/// <param name="Version">Its one version: the package URL's, else that of the nearest branch that names one.</param>
/// <param name="Range">The range of versions that it stands for, where it has no one version.</param>
internal sealed record CsafPackage(string Name, PackageUrl? Purl, string? Version, string? Range)
{
    private const int LongestName = 300;

    /// <summary>What a relationship makes of two products is identified by its own package URL, else by that of the component.</summary>
    public static CsafPackage Of(CsafProduct product, CsafTree tree)
    {
        var component = product;
        while (component.Purl is null && component.Relationship is { } relationship)
        {
            component = tree.Find(relationship.Required("product_reference"))!;
        }
        var name = product.Name.Length <= LongestName ? product.Name : product.Name[..LongestName];
        if (!PackageUrl.TryParse(component.Purl, out var purl, out _)) purl = null;
        if (purl?.Version is { } own) return new CsafPackage(name, purl, own, null);
        var version =
            component.Branches.LastOrDefault(branch => branch.Required("category") is "product_version" or "product_version_range");
        return version?.Required("category") == "product_version_range"
            ? new CsafPackage(name, purl, null, version.Required("name"))
            : new CsafPackage(name, purl, version?.Required("name"), null);
    }
}
