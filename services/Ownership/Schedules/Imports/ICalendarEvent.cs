namespace Governance.Ownership.Schedules.Imports;

/// <summary>A VEVENT: its properties, without those of alarms inside it.</summary>
/// <param name="Position">1 for the first.</param>
/// <param name="Lines">In order.</param>
internal sealed record ICalendarEvent(int Position, IReadOnlyList<ICalendarLine> Lines)
{
    public string Id => Get("UID")?.Value ?? "";

    public ICalendarLine? Get(string name) => Lines.FirstOrDefault(line => line.Name == name);
}

/// <summary>The events of a calendar, and its zone.</summary>
/// <param name="Zone">X-WR-TIMEZONE; empty when unset.</param>
/// <param name="Events">In order.</param>
internal sealed record ICalendarDocument(string Zone, IReadOnlyList<ICalendarEvent> Events)
{
    /// <exception cref="FormatException">It is no iCalendar document.</exception>
    public static ICalendarDocument Read(string text)
    {
        var (zone, events, open) = ("", new List<ICalendarEvent>(), new Stack<string>());
        List<ICalendarLine>? lines = null;
        var isCalendar = false;
        foreach (var line in ICalendarLines.Read(text.TrimStart('\uFEFF')))
        {
            if (!isCalendar && line is not { Name: "BEGIN", Value: "VCALENDAR" }) throw new FormatException("Does not begin with BEGIN:VCALENDAR: it is no iCalendar document.");
            isCalendar = true;
            if (line.Name == "BEGIN")
            {
                open.Push(line.Value.ToUpperInvariant());
                if (open.Peek() == "VEVENT") lines = [];
            }
            else if (line.Name == "END")
            {
                if (open.Count == 0 || open.Pop() != line.Value.ToUpperInvariant()) throw new FormatException($"Line {line.Number}: END:{line.Value} ends nothing that is open.");
                if (line.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase)) events.Add(new ICalendarEvent(events.Count + 1, lines!));
            }
            else if (open.Peek() == "VEVENT") lines!.Add(line);
            else if (line.Name == "X-WR-TIMEZONE") zone = line.Value.Trim();
        }

        if (open.Count > 0 || !isCalendar) throw new FormatException(isCalendar ? $"Ends inside {open.Peek()}: it is cut off." : "Is empty.");
        return new ICalendarDocument(zone, events);
    }
}
