using Governance.Ownership.Imports.Records;
using Governance.Ownership.V1;
using NodaTime;

namespace Governance.Ownership.Imports.Csv;

/// <summary>Turns one row into a component, with every fault and its column.</summary>
/// <param name="columns">The header.</param>
/// <param name="cells">The row; missing cells at its end are empty.</param>
/// <param name="position">`line 12`.</param>
internal sealed class CsvRow(CsvColumns columns, IReadOnlyList<string> cells, string position)
{
    private readonly CatalogFaults _faults = new();

    public CatalogRecord Read()
    {
        if (cells.Count > columns.Count)
        {
            _faults.Add($"column {columns.Count + 1}", $"the row has {cells.Count} cells, the header {columns.Count}");
        }
        var name = NameIn("components", Cell(CsvColumns.Name), Place(CsvColumns.Name));
        var component = ReadComponent(name);
        if (component.DependsOn.Contains(name)) _faults.Add(Place("dependson"), "it depends on itself");
        return _faults.Any ? new RefusedRecord(
            position,
            CatalogWords.Short(Cell(CsvColumns.Name)),
            _faults.ToString())
        { Speaks = [name["components/".Length..]] } : component;
    }

    private ComponentRecord ReadComponent(string name) => new(position, Cell(CsvColumns.Name))
    {
        Name = name,
        DisplayName = CatalogText.Title(Cell("displayname") is { Length: > 0 } display ? display : name[(name.IndexOf('/') + 1)..]),
        Description = CatalogText.Description(Cell("description")),
        Kind = Word("kind", Component.Types.Kind.Service),
        Lifecycle = Word("lifecycle", Component.Types.Lifecycle.Production),
        Tier = CatalogWords.Tier(Cell("tier"), Place("tier"), _faults),
        System = One("systems", "system"),
        Exposure = Word("exposure", Component.Types.Exposure.Unspecified),
        Owner = One("parties", "owner"),
        SubcomponentOf = One("components", "subcomponentof"),
        Environments = CatalogWords.Environments(CatalogWords.Split(Cell("environments"))),
        DependsOn = Many("components", "dependson"),
        DependencyOf = Many("components", "dependencyof"),
        ProvidesApis = Many("apis", "providesapis"),
        ConsumesApis = Many("apis", "consumesapis"),
        Repositories = RepositoriesOf(),
        Labels = LabelsOf(),
        PlatformProduct = CatalogText.Title(Cell("platformproduct")),
        PlatformVersion = CatalogText.Title(Cell("platformversion")),
        SizeInLines = CatalogWords.Size(Cell("sizelines"), Place("sizelines"), _faults),
        MaximumTolerableDowntime = Time("maximumtolerabledowntime"),
        RecoveryTime = Time("rto"),
        RecoveryPoint = Time("rpo"),
        Assignments = AssignmentsOf(),
    };

    private string Cell(string column) => CellAt(columns.At(column));

    private string CellAt(int at) => at >= 0 && at < cells.Count ? cells[at] : "";

    private static string Place(string column) => $"column {column}";

    private TEnum Word<TEnum>(string column, TEnum whenUnset)
        where TEnum : struct, Enum => CatalogWords.Word(Cell(column), whenUnset, column, Place(column), _faults);

    private Duration? Time(string column) => CatalogWords.Time(Cell(column), Place(column), _faults);

    private string One(string collection, string column) => Cell(column) is { Length: > 0 } id ? NameIn(collection, id, Place(column)) : "";

    private string[] Many(string collection, string column) =>
        [.. CatalogWords.Split(Cell(column)).Select(id => NameIn(collection, id, Place(column))).Distinct()];

    private AssignmentRecord[] AssignmentsOf()
    {
        AssignmentRecord[] assignments =
        [
            .. from duty in columns.Duties
               from party in CatalogWords.Split(CellAt(duty.At)).Distinct()
               select new AssignmentRecord(duty.Area, duty.Duty, NameIn("parties", party, $"column {duty.Header}")),
        ];
        DutyWords.DemandOneAccountable(assignments, _faults);
        return assignments;
    }

    private string[] RepositoriesOf()
    {
        var named = new List<string>();
        foreach (var text in CatalogWords.Split(Cell("repositories")))
        {
            if (Repositories.Of(text) is { } repository) named.Add(repository);
            else _faults.Add(Place("repositories"), $"'{CatalogWords.Short(text)}' is no repository's address");
        }

        return [.. named.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private Dictionary<string, string> LabelsOf()
    {
        var labels = new Dictionary<string, string>();
        foreach (var label in CatalogWords.Split(Cell("labels")))
        {
            if (label.Split('=', 2) is [{ Length: > 0 } key, var value]) labels[key] = value;
            else _faults.Add(Place("labels"), $"the label '{CatalogWords.Short(label)}' is not key=value");
        }

        return labels;
    }

    private string NameIn(string collection, string id, string place)
    {
        var bare = id.StartsWith($"{collection}/", StringComparison.Ordinal) ? id[(collection.Length + 1)..] : id;
        if (bare.Length > 63 || !CatalogIds.IsName(bare))
        {
            _faults.Add(
                place, $"'{CatalogWords.Short(id)}' is no id: 1 to 63 letters, digits, '-', '_' or '.', beginning with a letter or digit");
        }
        return $"{collection}/{bare.ToLowerInvariant()}";
    }
}
