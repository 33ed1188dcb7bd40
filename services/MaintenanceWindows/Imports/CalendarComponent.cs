namespace Governance.MaintenanceWindows.Imports;

/// <summary>Something between BEGIN and END.</summary>
/// <param name="kind">VEVENT, in upper case.</param>
/// <param name="line">The line of its BEGIN, from 1.</param>
internal sealed class CalendarComponent(string kind, int line)
{
    public string Kind { get; } = kind;

    public int Line { get; } = line;

    public List<ContentLine> Properties { get; } = [];

    public List<CalendarComponent> Children { get; } = [];

    /// <summary>What is wrong with lines of it that cannot be read.</summary>
    public List<string> Faults { get; } = [];

    public ContentLine? First(string name) => Properties.Find(property => property.Name == name);

    public string Value(string name) => First(name)?.Value.Trim() ?? "";
}
