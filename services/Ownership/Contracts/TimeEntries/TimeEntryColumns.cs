namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>What a vendor's sheet may say. Names ignore case, blanks, `-` and `_`.</summary>
internal static class TimeEntryColumns
{
    public const string Id = "id";
    public const string Date = "date";
    public const string Hours = "hours";
    public const string Minutes = "minutes";
    public const string WorkType = "workType";
    public const string Component = "component";
    public const string AfterHours = "afterHours";
    public const string Note = "note";

    private static readonly Dictionary<string, string> Known = new[] { Id, Date, Hours, Minutes, WorkType, Component, AfterHours, Note }
        .ToDictionary(name => name.ToLowerInvariant());

    /// <summary>The column's name as it is known here; null when there is none such.</summary>
    public static string? Find(string given) =>
        Known.GetValueOrDefault(string.Concat(given.Where(sign => sign is not (' ' or '-' or '_'))).ToLowerInvariant());

    public static string Unknown(string given) =>
        $"There is no column '{(given.Length <= 60 ? given : given[..60] + "…")}'; known are {string.Join(", ", Known.Values)}.";
}
