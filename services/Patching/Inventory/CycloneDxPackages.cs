using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Inventory;

/// <summary>Collects the packages of nested components, each package and version once.</summary>
internal sealed class CycloneDxPackages
{
    private readonly InstalledPackages _packages = new();

    /// <summary>How many components name no package.</summary>
    public int Ignored { get; private set; }

    public IReadOnlyList<InstalledPackage> Merged => _packages.All;

    public void AddAll(JsonFields parent, string field)
    {
        foreach (var (item, path) in parent.Items(field))
        {
            var component = parent.Object(item, path);
            if (item.ValueKind != JsonValueKind.Object)
            {
                continue;
            }
            if (Read(component) is { } package)
            {
                _packages.Add(package);
            }
            else
            {
                Ignored++;
            }
            AddAll(component, "components");
        }
    }

    /// <summary>The component that the document is about. What is inside it is installed with it.</summary>
    public InstalledPackage? ReadSubject(JsonFields component)
    {
        AddAll(component, "components");
        return Read(component);
    }

    private static InstalledPackage? Read(JsonFields component)
    {
        component.RequiredText("type");
        component.RequiredText("name");
        component.OptionalText("group");
        var version = component.OptionalText("version");
        var reference = component.OptionalText("bom-ref");
        var patches = ReadPatches(component);
        if (component.OptionalText("purl") is not { } text)
        {
            return null;
        }
        if (PackageUrl.TryParse(text, out var purl, out var fault))
        {
            return new InstalledPackage(purl.Package, purl.Version ?? Blank(version), reference is null ? [] : [reference], patches);
        }
        component.Fault("purl", $"{fault} Found '{text}'.");
        return null;
    }

    private static List<string> ReadPatches(JsonFields component)
    {
        var patches = new List<string>();
        if (component.OptionalObject("pedigree") is not { } pedigree)
        {
            return patches;
        }
        foreach (var (item, path) in pedigree.Items("patches"))
        {
            var patch = pedigree.Object(item, path);
            var resolved = patch.Items("resolves").Select(issue => patch.Object(issue.Element, issue.Path))
                .Select(issue => issue.OptionalText("id") ?? issue.OptionalText("name")).OfType<string>().ToList();
            if (resolved.Count == 0 && patch.OptionalObject("diff")?.OptionalText("url") is { } difference)
            {
                resolved.Add(difference);
            }
            patches.AddRange(resolved.Where(id => !string.IsNullOrWhiteSpace(id)));
        }

        return patches;
    }

    private static string? Blank(string? version) => string.IsNullOrWhiteSpace(version) ? null : version;
}
