using Governance.Ownership.Imports.Records;
using Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Csv;

/// <summary>
/// The header line: which column stands where. Column names ignore case, blanks, `-` and `_`; duties are `accountable.security-patching`,
/// or with a colon.
/// </summary>
internal sealed class CsvColumns
{
    public const string Name = "name";

    private static readonly HashSet<string> Known =
    [
        Name, "displayname", "description", "kind", "lifecycle", "tier", "system", "environments", "exposure", "owner", "dependson", "dependencyof",
        "subcomponentof", "labels", "platformproduct", "platformversion", "maximumtolerabledowntime", "rto", "rpo", "repositories", "sizelines",
        "providesapis", "consumesapis",
    ];

    private static readonly Dictionary<string, string> Synonyms = new()
    {
        ["component"] = Name,
        ["id"] = Name,
        ["title"] = "displayname",
        ["type"] = "kind",
        ["environment"] = "environments",
        ["dependencies"] = "dependson",
        ["mtd"] = "maximumtolerabledowntime",
        ["repository"] = "repositories",
        ["sizeinlines"] = "sizelines",
        ["lines"] = "sizelines",
        ["providesapi"] = "providesapis",
        ["consumesapi"] = "consumesapis",
    };

    private readonly Dictionary<string, int> _at = new(StringComparer.Ordinal);
    private readonly List<DutyColumn> _duties = [];

    private CsvColumns(int count) => Count = count;

    /// <summary>How many there are.</summary>
    public int Count { get; }

    public IReadOnlyList<DutyColumn> Duties => _duties;

    /// <exception cref="InvalidDataException">A column is not known, stands there twice, or `name` is missing.</exception>
    public static CsvColumns Read(IReadOnlyList<string> header)
    {
        var (columns, faults) = (new CsvColumns(header.Count), new List<string>());
        for (var i = 0; i < header.Count; i++) columns.Take(header[i], i, faults);
        if (header.Count == 0 || header.All(string.IsNullOrWhiteSpace)) faults = ["there is no header"];
        else if (!columns._at.ContainsKey(Name)) faults.Add("the column 'name' is missing");
        return faults.Count == 0 ? columns : throw new InvalidDataException($"line 1: {string.Join("; ", faults)}");
    }

    /// <summary>The column's place; -1 when the file has none.</summary>
    public int At(string column) => _at.GetValueOrDefault(column, -1);

    private void Take(string header, int at, List<string> faults)
    {
        var word = string.Concat(header.Where(char.IsLetter)).ToLowerInvariant();
        var column = Synonyms.GetValueOrDefault(word, word);
        if (DutyColumn.Of(header.Trim(), at) is { } duty)
        {
            if (_duties.Exists(other => other.Area == duty.Area && other.Duty == duty.Duty)) faults.Add(Twice(header));
            _duties.Add(duty);
        }
        else if (!Known.Contains(column))
        {
            faults.Add($"there is no column '{CatalogWords.Short(header)}'");
        }
        else if (!_at.TryAdd(column, at))
        {
            faults.Add(Twice(header));
        }
    }

    private static string Twice(string header) => $"the column '{CatalogWords.Short(header)}' stands there twice";
}

/// <summary>A column that gives parties a duty.</summary>
/// <param name="Header">As it stands there.</param>
/// <param name="At">Its place.</param>
/// <param name="Duty">The duty.</param>
/// <param name="Area">The area's id.</param>
internal sealed record DutyColumn(string Header, int At, Responsibility.Types.Duty Duty, string Area)
{
    /// <returns>Null when the header is none of a duty.</returns>
    public static DutyColumn? Of(string header, int at) =>
        header.Split(['.', ':'], 2, StringSplitOptions.TrimEntries) is [var word, var area]
            && DutyWords.IsDuty(word)
            && CatalogIds.IsName(area)
            && area.Length <= 63
            ? new DutyColumn(header, at, DutyWords.Of(word), area.ToLowerInvariant())
            : null;
}
