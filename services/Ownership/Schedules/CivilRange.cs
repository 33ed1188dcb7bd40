using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>A range of local time that comes every day or every week.</summary>
/// <param name="Day">The day that it begins on; None: every day.</param>
/// <param name="Start">When it begins, inclusive.</param>
/// <param name="Length">
/// By the clock on the wall, not by elapsed time: eight hours from 22:00 end at 06:00 also when clocks change between. More
/// than zero, at most a day for one of every day and a week for one of a weekday.
/// </param>
internal sealed record CivilRange(IsoDayOfWeek Day, LocalTime Start, Duration Length)
{
    public static readonly Duration Week = Duration.FromDays(7);

    /// <summary>Of one start to the next end, on the same day or the next; equal times are a whole day.</summary>
    public static CivilRange Between(IsoDayOfWeek day, LocalTime opens, LocalTime closes) =>
        new(day, opens, Ahead(closes.NanosecondOfDay - opens.NanosecondOfDay, Duration.FromDays(1)));

    /// <summary>From a time on one weekday to the next such time on another; equal ones are a whole week.</summary>
    public static CivilRange Across(IsoDayOfWeek day, LocalTime start, IsoDayOfWeek endDay, LocalTime end)
    {
        var days = ((int)endDay - (int)day) * NodaConstants.NanosecondsPerDay;
        return new(day, start, Ahead(days + end.NanosecondOfDay - start.NanosecondOfDay, Week));
    }

    /// <summary>The instants of the one that begins on a date; null: none does, or the clocks swallow it.</summary>
    public Interval? On(LocalDate date, DateTimeZone zone)
    {
        if (Day != IsoDayOfWeek.None && Day != date.DayOfWeek) return null;
        var local = date + Start;
        var (start, end) = (zone.Opening(local), zone.Closing(local.PlusNanoseconds(Length.ToInt64Nanoseconds())));
        return start < end ? new Interval(start, end) : null;
    }

    private static Duration Ahead(long nanoseconds, Duration cycle) =>
        Duration.FromNanoseconds(nanoseconds) is var length && length > Duration.Zero ? length : length + cycle;
}
