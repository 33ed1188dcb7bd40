using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Inventory;

/// <summary>
/// Products that are installed under other names than advisories give them. What is said of a group's names holds
/// for every package that the product is installed as, at the same version; not the other way round.
/// </summary>
internal sealed class PackageEquivalents
{
    private readonly Dictionary<(string Ecosystem, string Name), IReadOnlyList<string>> _advisoryNames = [];
    private readonly Dictionary<(string Ecosystem, string Name), IReadOnlyList<string>> _installedNames = [];

    private PackageEquivalents()
    {
    }

    /// <summary>The groups that ship with the service.</summary>
    public static PackageEquivalents Shipped { get; } = LoadShipped();

    /// <summary>Reads groups; <paramref name="faults"/> receives what is wrong, all of it.</summary>
    public static PackageEquivalents? Read(JsonElement root, List<FieldFault> faults)
    {
        var equivalents = new PackageEquivalents();
        var document = JsonFields.Of(root, "", faults);
        if (!document.Has("equivalents"))
        {
            document.Fault("equivalents", "Required.");
        }
        foreach (var (item, path) in document.Items("equivalents"))
        {
            var group = document.Object(item, path);
            var ecosystem = group.RequiredText("ecosystem");
            equivalents.Add(ecosystem, Names(group, ecosystem, "names"), Names(group, ecosystem, "installedAs"));
            group.RequiredText("source");
        }

        return faults.Count == 0 ? equivalents : null;
    }

    /// <summary>The names by which an advisory may mean an installed package: its own first.</summary>
    public IReadOnlyList<string> AdvisoryNames(string ecosystem, string installed) => Find(_advisoryNames, ecosystem, installed);

    /// <summary>The names under which what an advisory names may be installed: its own first.</summary>
    public IReadOnlyList<string> InstalledNames(string ecosystem, string named) => Find(_installedNames, ecosystem, named);

    private static IReadOnlyList<string> Find(
        Dictionary<(string Ecosystem, string Name), IReadOnlyList<string>> names, string ecosystem, string name)
    {
        var own = Ecosystems.NormalizeName(ecosystem, name);
        return names.TryGetValue((Ecosystems.BaseOf(ecosystem), own), out var others)
            ? [own, .. others.Where(other => other != own)]
            : [own];
    }

    private static List<string> Names(JsonFields group, string ecosystem, string field)
    {
        var names = group.Texts(field).Select(name => Ecosystems.NormalizeName(ecosystem, name)).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count == 0)
        {
            group.Fault(field, "At least one name is required.");
        }
        return names;
    }

    private void Add(string ecosystem, List<string> named, List<string> installed)
    {
        foreach (var name in installed)
        {
            Join(_advisoryNames, (ecosystem, name), named);
        }
        foreach (var name in named)
        {
            Join(_installedNames, (ecosystem, name), installed);
        }
    }

    private static void Join(
        Dictionary<(string Ecosystem, string Name), IReadOnlyList<string>> names, (string Ecosystem, string Name) key, List<string> more) =>
        names[key] = [.. names.GetValueOrDefault(key, []).Union(more, StringComparer.Ordinal)];

    private static PackageEquivalents LoadShipped()
    {
        using var file = ShippedFile.Open(typeof(PackageEquivalents), "PackageEquivalents.json");
        using var json = JsonDocument.Parse(file);
        var faults = new List<FieldFault>();
        return Read(json.RootElement, faults) ?? throw new InvalidDataException(string.Join(" ", faults));
    }
}
