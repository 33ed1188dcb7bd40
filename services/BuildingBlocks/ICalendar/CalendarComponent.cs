
namespace Governance.BuildingBlocks.ICalendar;

/// <summary>Something between BEGIN and END.</summary>
/// <param name="kind">VEVENT, in upper case.</param>
/// <param name="line">The line of its BEGIN, from 1.</param>
public sealed class CalendarComponent(string kind, int line)
{
    /// <summary>VEVENT, in upper case.</summary>
    public string Kind { get; } = kind;

    /// <summary>The line of its BEGIN, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Its properties, in order, without those of components inside it.</summary>
    public List<ContentLine> Properties { get; } = [];

    /// <summary>The components inside it, in order.</summary>
    public List<CalendarComponent> Children { get; } = [];

    /// <summary>What is wrong with lines of it that cannot be read: "line 12 is no UTF-8".</summary>
    public List<string> Faults { get; } = [];

    /// <summary>The first property of a name in upper case; null when it has none.</summary>
    public ContentLine? First(string name) => Properties.Find(property => property.Name == name);

    /// <summary>That property's value; empty when it has none.</summary>
    public string Value(string name) => First(name)?.Value.Trim() ?? "";
}
