
namespace Governance.BuildingBlocks.Calendars;

/// <summary>Which days count, and in which zone.</summary>
/// <param name="DisplayName">For people.</param>
/// <param name="Source">Where its holidays come from.</param>
/// <param name="TimeZone">IANA id of the zone in which days begin and end.</param>
/// <param name="WorkingDays">At least one.</param>
/// <param name="Holidays">Days that are not worked.</param>
public sealed record BusinessCalendar(
    string DisplayName, string Source, string TimeZone, IReadOnlyList<DayOfWeek> WorkingDays, IReadOnlyList<Holiday> Holidays)
{
    /// <summary>When work begins, local time; null: with the day.</summary>
    public TimeOnly? Opens { get; init; }

    /// <summary>When work ends, local time, exclusive; null: with the day.</summary>
    public TimeOnly? Closes { get; init; }
}

/// <summary>A day that is not worked.</summary>
/// <param name="Day">The date; of one that comes every year, that of the leap year 2000.</param>
/// <param name="IsYearly">Whether it comes every year.</param>
/// <param name="Name">What it is.</param>
public sealed record Holiday(DateOnly Day, bool IsYearly, string Name);

/// <summary>A day that did not count.</summary>
/// <param name="Date">A day in the calendar's zone.</param>
/// <param name="Reason">Why it did not count.</param>
public sealed record SkippedDay(DateOnly Date, string Reason);
