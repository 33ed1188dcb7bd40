using System.Collections.Immutable;
using System.Globalization;
using Governance.BuildingBlocks.ICalendar;
using NodaTime;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>A VEVENT, with all that is wrong with it.</summary>
internal sealed record CalendarEvent
{
    /// <summary>The line of its BEGIN.</summary>
    public required int Line { get; init; }

    public required string Uid { get; init; }

    /// <summary>The occurrence of a series that it replaces; null: it is the series, or stands alone.</summary>
    public EventTime? Replaces { get; init; }

    public long Sequence { get; init; }

    /// <summary>LAST-MODIFIED, else DTSTAMP; null when it has neither.</summary>
    public Instant? Modified { get; init; }

    public Instant? Created { get; init; }

    public string Summary { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>In upper case.</summary>
    public ImmutableArray<string> Categories { get; init; } = [];

    public bool IsCancelled { get; init; }

    /// <summary>Null when it cannot be read, or is cancelled.</summary>
    public EventTimes? Times { get; init; }

    /// <summary>The names of properties that nothing is taken of.</summary>
    public ImmutableArray<string> NotTaken { get; init; } = [];

    public ImmutableArray<string> Faults { get; init; } = [];

    /// <summary>Alarms and what else stands in it.</summary>
    public IReadOnlyList<CalendarComponent> Children { get; init; } = [];

    /// <summary>The instant at which the occurrence that it replaces would start; null: it replaces none.</summary>
    public Instant? ReplacesAt => Replaces?.ToInstant(EventTime.Utc);

    public bool IsOlderThan(CalendarEvent other) =>
        (Sequence, Modified ?? Instant.MinValue).CompareTo((other.Sequence, other.Modified ?? Instant.MinValue)) < 0;

    public string Position => string.Create(CultureInfo.InvariantCulture, $"line {Line}");
}

/// <summary>Reads VEVENTs.</summary>
/// <param name="times">Reads their times.</param>
/// <param name="isCancelling">Whether the whole calendar is one of cancellations.</param>
internal sealed class EventReader(EventTimeReader times, bool isCancelling)
{
    public const int LongestUid = 450;

    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "UID", "RECURRENCE-ID", "SEQUENCE", "LAST-MODIFIED", "CREATED", "DTSTAMP", "SUMMARY", "DESCRIPTION", "CATEGORIES", "STATUS",
        "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE",
    };

    public CalendarEvent Read(CalendarComponent source)
    {
        var faults = new List<string>(source.Faults);
        var isCancelled = isCancelling || source.Value("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
        var misread = new List<string>();
        var when = new EventTimesReader(source, times, isCancelled ? misread : faults).Read();
        return new CalendarEvent
        {
            Line = source.Line,
            Uid = Uid(source, faults),
            Replaces = Replaces(source, when?.Zone ?? times.Floating, faults),
            Sequence = Sequence(source, faults),
            Modified = (Moment(source, "LAST-MODIFIED") ?? Moment(source, "DTSTAMP"))?.ToInstant(EventTime.Utc),
            Created = Moment(source, "CREATED")?.ToInstant(EventTime.Utc),
            Summary = TextValues.Read(source.Value("SUMMARY"), 200),
            Description = TextValues.Read(source.Value("DESCRIPTION"), 4000),
            Categories = [.. source.Properties.Where(one => one.Name == "CATEGORIES")
                .SelectMany(one => TextValues.List(one.Value))
                .Select(text => text.ToUpperInvariant())],
            IsCancelled = isCancelled,
            Times = faults.Count == 0 && misread.Count == 0 ? when : null,
            NotTaken = [.. source.Properties.Select(one => one.Name)
                .Where(name => !Taken.Contains(name))
                .Distinct()
                .Order(StringComparer.Ordinal)],
            Faults = [.. faults],
            Children = source.Children,
        };
    }

    private static string Uid(CalendarComponent source, List<string> faults)
    {
        var uid = TextValues.Read(source.Value("UID"), int.MaxValue);
        if (uid.Length == 0)
        {
            faults.Add("has no UID, by which a later import would know it");
        }
        else if (uid.Length > LongestUid)
        {
            faults.Add(string.Create(CultureInfo.InvariantCulture, $"UID has {uid.Length} characters; {LongestUid} are possible"));
        }
        return uid.Length > LongestUid ? uid[..LongestUid] : uid;
    }

    /// <summary>A time that names no zone is told by the same clock as the event.</summary>
    private EventTime? Replaces(CalendarComponent source, string zone, List<string> faults)
    {
        if (source.First("RECURRENCE-ID") is not { } line) return null;
        if (line.Parameter("RANGE") is not null) faults.Add("RECURRENCE-ID: RANGE is not supported: one event that changes all later ones");
        if (source.First("RRULE") is not null || source.First("RDATE") is not null)
        {
            faults.Add("replaces one occurrence and repeats itself");
        }
        if (times.Read(line, line.Value, faults) is not { } time) return null;
        if (time.Zone.Length == 0 && zone.Length == 0) faults.Add("RECURRENCE-ID has no zone; name the zone of such times in time_zone");
        return time with { Zone = time.Zone.Length > 0 ? time.Zone : zone };
    }

    private static long Sequence(CalendarComponent source, List<string> faults)
    {
        var text = source.Value("SEQUENCE");
        if (text.Length == 0) return 0;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return sequence;
        faults.Add($"SEQUENCE: '{text}' is no number");
        return 0;
    }

    /// <summary>What only tells revisions apart is left out where it cannot be read.</summary>
    private EventTime? Moment(CalendarComponent source, string name) =>
        source.First(name) is { } line && times.Read(line, line.Value, []) is { IsDate: false } time ? time : null;
}
