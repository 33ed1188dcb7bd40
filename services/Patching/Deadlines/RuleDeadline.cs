using Governance.BuildingBlocks.Calendars;
using NodaTime;

namespace Governance.Patching.Deadlines;

/// <param name="Amount">How many units; 0 with the next upgrade.</param>
/// <param name="Unit">Of what.</param>
/// <param name="From">What the clock starts at.</param>
/// <param name="FloorAfterFirstSeen">Never due before this long after it was first seen here; zero: no floor.</param>
internal sealed record RuleDeadline(int Amount, DeadlineUnit Unit, ClockStart From, TimeSpan FloorAfterFirstSeen)
{
    /// <summary>No due instant is later: sources give dates as far off as the last day of the year 9999.</summary>
    private static readonly DateTimeOffset Latest = new(9998, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The calendar of business days, only its id; empty for other units.</summary>
    public string Calendar { get; init; } = "";

    /// <summary>When the clock runs out; null: with the next upgrade.</summary>
    public (DateTimeOffset? Due, IReadOnlyList<SkippedDay> Skipped) After(DateTimeOffset start, CalendarSet calendars)
    {
        if (Unit == DeadlineUnit.NextUpgrade) return (null, []);
        if (start.Year >= Latest.Year - DeadlinePolicy.LongestDays / 30) return (Latest, []);
        if (Unit != DeadlineUnit.BusinessDays) return (Elapsed(start.ToUniversalTime()), []);
        var (due, skipped) = calendars[Calendar].After(Instant.FromDateTimeOffset(start), Amount);
        return (due.ToDateTimeOffset(), skipped);
    }

    private DateTimeOffset Elapsed(DateTimeOffset start) => Unit switch
    {
        DeadlineUnit.Hours => start.AddHours(Amount),
        DeadlineUnit.CalendarDays => start.AddDays(Amount),
        DeadlineUnit.CalendarMonths => start.AddMonths(Amount),
        _ => throw new InvalidOperationException($"{Unit} do not elapse."),
    };
}

internal enum DeadlineUnit
{
    /// <summary>Elapsed hours.</summary>
    Hours,

    /// <summary>Periods of 24 hours.</summary>
    CalendarDays,

    /// <summary>The same day of a later month in UTC, or that month's last.</summary>
    CalendarMonths,

    /// <summary>Days that a calendar counts.</summary>
    BusinessDays,

    /// <summary>No instant.</summary>
    NextUpgrade,
}

internal enum ClockStart
{
    Publication,
    FixRelease,
    KevListing,
    Detection,
}
