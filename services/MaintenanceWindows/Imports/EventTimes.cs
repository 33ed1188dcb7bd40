using System.Collections.Immutable;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>When an event is.</summary>
internal sealed record EventTimes
{
    /// <summary>IANA id.</summary>
    public required string Zone { get; init; }

    /// <summary>A date or a local time.</summary>
    public required CivilTime Start { get; init; }

    public required Duration Length { get; init; }

    /// <summary>Whether each occurrence ends at the same local time, whatever clocks do in between.</summary>
    public bool ByTheClock { get; init; }

    /// <summary>An RRULE value; empty: none.</summary>
    public string Rule { get; init; } = "";

    public ImmutableArray<string> Rdates { get; init; } = [];

    public ImmutableArray<string> Exdates { get; init; } = [];

    /// <summary>Times besides, of another length.</summary>
    public ImmutableArray<(Instant Start, Duration Length)> Periods { get; init; } = [];

    public bool IsDate => Start.Form == CivilForm.Date;

    public bool Recurs => Rule.Length > 0 || Rdates.Length > 0;

    /// <summary>Once, from an instant on; told in the zone unless its clocks tell that time twice.</summary>
    public static EventTimes Once(string zone, Instant start, Duration length)
    {
        var local = start.InZone(Zones.Get(zone)).LocalDateTime;
        var isClear = Zones.Get(zone).MapLocal(local).Count == 1;
        return new EventTimes
        {
            Zone = isClear ? zone : EventTime.Utc,
            Start = new CivilTime(isClear ? local : start.InUtc().LocalDateTime, CivilForm.Local),
            Length = length,
        };
    }

    /// <summary>
    /// The rule with an UNTIL that names no zone told in UTC: of an event without a zone, both are told by the same clock.
    /// </summary>
    public static string InUtc(string rule, string zone)
    {
        if (!RecurrenceRule.TryParse(rule, out var read, out _) || read is not { Until: { Form: not CivilForm.Utc } until }) return rule;
        // All that starts on the last date is in.
        var last = until.Form == CivilForm.Date ? until.Value.PlusDays(1).PlusSeconds(-1) : until.Value;
        return (read with
        {
            Until = new CivilTime(Zones.Get(zone).AtLeniently(last).WithZone(DateTimeZone.Utc).LocalDateTime, CivilForm.Utc),
        }).ToString();
    }

    /// <summary>As our own recurrence engine takes it.</summary>
    public RecurrenceInput ToInput() => new()
    {
        Recurrence = Rule,
        TimeZone = Zone,
        Start = Start.ToString(),
        Duration = Length,
        RDates = Rdates,
        ExDates = Exdates,
        DurationPolicy = ByTheClock ? DurationPolicy.WallClock : DurationPolicy.Exact,
    };
}
