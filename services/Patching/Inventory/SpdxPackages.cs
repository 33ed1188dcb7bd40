using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Inventory;

/// <summary>Collects the packages of an SPDX document.</summary>
/// <param name="described">
/// The ids of what the document is about. A single package among them is the subject; where there are more, they are what
/// is delivered, and so is the rest.
/// </param>
internal sealed class SpdxPackages(HashSet<string> described)
{
    private const string NoAssertion = "NOASSERTION";

    private readonly InstalledPackages _packages = new();

    /// <summary>How many packages have no package URL.</summary>
    public int Ignored { get; private set; }

    public InstalledPackage? Subject { get; private set; }

    public IReadOnlyList<InstalledPackage> Merged => _packages.All;

    public void AddAll(JsonFields document)
    {
        var all = document.Items("packages").Where(item => IsObject(document, item))
            .Select(item => Read(document.Object(item.Element, item.Path))).ToList();
        var isAboutOne = all.Count(package => described.Contains(package.Id)) == 1;
        foreach (var (id, installed) in all)
        {
            if (isAboutOne && described.Contains(id)) Subject = installed.Count > 0 ? installed[0] : null;
            else if (installed.Count == 0) Ignored++;
            else installed.ForEach(_packages.Add);
        }
    }

    private static bool IsObject(JsonFields document, (JsonElement Element, string Path) item)
    {
        if (item.Element.ValueKind == JsonValueKind.Object) return true;
        document.Object(item.Element, item.Path);
        return false;
    }

    /// <summary>A package under each of its package URLs; under none where it has none.</summary>
    private static (string Id, List<InstalledPackage> Installed) Read(JsonFields package)
    {
        package.RequiredText("name");
        var id = package.RequiredText("SPDXID");
        var version =
            package.OptionalText("versionInfo") is { } text && !string.IsNullOrWhiteSpace(text) && text != NoAssertion ? text : null;
        var installed = new List<InstalledPackage>();
        foreach (var (item, path) in package.Items("externalRefs"))
        {
            var reference = package.Object(item, path);
            if (!IsPurl(reference.OptionalText("referenceType"))) continue;
            var locator = reference.RequiredText("referenceLocator");
            if (PackageUrl.TryParse(locator, out var purl, out var fault))
            {
                installed.Add(new InstalledPackage(purl.Package, purl.Version ?? version, [id], []));
            }
            else if (locator.Length > 0)
            {
                reference.Fault("referenceLocator", $"{fault} Found '{locator}'.");
            }
        }

        return (id, installed);
    }

    /// <summary>Whatever its category: 2.2's schema and its text spell that one differently, and tools follow either.</summary>
    private static bool IsPurl(string? type) => type is "purl" or "http://spdx.org/rdf/references/purl";
}
