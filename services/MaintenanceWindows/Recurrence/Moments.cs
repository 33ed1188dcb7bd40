using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Between NodaTime's types and the whole seconds that the engine counts in.</summary>
internal static class Moments
{
    private static readonly LocalDateTime Epoch = new(1970, 1, 1, 0, 0);

    /// <summary>Seconds by the clock since 1970-01-01T00:00:00.</summary>
    public static long ToSeconds(this LocalDateTime local) =>
        ((long)Period.DaysBetween(Epoch.Date, local.Date) * CalendarMath.SecondsPerDay)
            + (local.TimeOfDay.TickOfDay / NodaConstants.TicksPerSecond);

    /// <summary>The civil time that is so many seconds by the clock after 1970-01-01T00:00:00.</summary>
    public static LocalDateTime ToLocal(long seconds)
    {
        var day = CalendarMath.FloorDiv(seconds, CalendarMath.SecondsPerDay);
        var time = LocalTime.FromSecondsSinceMidnight((int)(seconds - (day * CalendarMath.SecondsPerDay)));
        return Epoch.Date.PlusDays((int)day).At(time);
    }

    /// <summary>The first whole second at or after an instant.</summary>
    public static long CeilingSeconds(this Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        return Instant.FromUnixTimeSeconds(seconds) < instant ? seconds + 1 : seconds;
    }
}
