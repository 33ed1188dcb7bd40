using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.ICalendar;
using NodaTime;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>All that a file says of one UID: an event, or a series with the occurrences that are replaced.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Master">The event or series; null when the file has replaced occurrences alone.</param>
/// <param name="Replacements">One for each occurrence that is replaced.</param>
/// <param name="Superseded">Older revisions that the same file has.</param>
internal sealed record EventSeries(
    string Uid, CalendarEvent? Master, IReadOnlyList<CalendarEvent> Replacements, IReadOnlyList<CalendarEvent> Superseded)
{
    /// <summary>The series, its replacements behind it.</summary>
    public IEnumerable<CalendarEvent> Events => Master is null ? Replacements : Replacements.Prepend(Master);

    public bool IsCancelled => Master is { IsCancelled: true } || (Master is null && Replacements.All(one => one.IsCancelled));

    public long Sequence => Events.Max(one => one.Sequence);

    public Instant? Modified => Events.Max(one => one.Modified);

    public Instant? Created => Events.Min(one => one.Created);

    /// <summary>The first fault of any of them: a series is taken as a whole or not at all. Null: there is none.</summary>
    public string? Fault(CalendarEvent one)
    {
        if (one.Faults.Length > 0) return string.Join("; ", one.Faults);
        var other = Events.FirstOrDefault(another => another.Faults.Length > 0);
        return other is null ? null : $"the series cannot be taken as a whole: {other.Position} {string.Join("; ", other.Faults)}";
    }

    public static IReadOnlyList<EventSeries> Group(IEnumerable<CalendarEvent> events) =>
        [.. events.GroupBy(one => one.Uid.Length > 0 ? one.Uid : one.Position, StringComparer.Ordinal).Select(alike => Of([.. alike]))];

    private static EventSeries Of(IReadOnlyList<CalendarEvent> events)
    {
        var newest = events.GroupBy(one => one.ReplacesAt)
            .Select(alike => alike.Aggregate((best, one) => one.IsOlderThan(best) ? best : one))
            .ToList();
        return new(
            events[0].Uid,
            newest.Find(one => one.Replaces is null),
            [.. newest.Where(one => one.Replaces is not null)],
            [.. events.Where(one => !newest.Contains(one, ReferenceEqualityComparer.Instance))]);
    }
}

/// <summary>Reads the events of a file.</summary>
internal sealed record CalendarFile(IReadOnlyList<EventSeries> Series, IReadOnlyList<CalendarComponent> Others)
{
    /// <summary>Reads a file.</summary>
    /// <param name="document">Its octets.</param>
    /// <param name="floating">The zone of times that name none; empty: the one that the calendar calls its own, else they are
    /// refused.</param>
    /// <exception cref="InvalidRequest">It is no iCalendar file.</exception>
    public static CalendarFile Read(ReadOnlyMemory<byte> document, string floating)
    {
        var (events, others) = (new List<CalendarEvent>(), new List<CalendarComponent>());
        foreach (var calendar in Parse(document))
        {
            var own = floating.Length > 0 ? floating : ZoneNames.Find(calendar.Value("X-WR-TIMEZONE")) ?? "";
            var isCancelling = calendar.Value("METHOD").Equals("CANCEL", StringComparison.OrdinalIgnoreCase);
            var reader = new EventReader(new EventTimeReader(new ZoneNames(calendar), own), isCancelling);
            foreach (var child in calendar.Children.Where(child => child.Kind != "VTIMEZONE"))
            {
                if (child.Kind == "VEVENT") events.Add(reader.Read(child));
                else others.Add(child);
            }
        }

        return new(EventSeries.Group(events), others);
    }

    private static IReadOnlyList<CalendarComponent> Parse(ReadOnlyMemory<byte> document)
    {
        try
        {
            return CalendarParser.Parse(document);
        }
        catch (CalendarFault fault)
        {
            throw FieldFaults.Single("document", fault.Message, "INVALID_DOCUMENT");
        }
    }
}
