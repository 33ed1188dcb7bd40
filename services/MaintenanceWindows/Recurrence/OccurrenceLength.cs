using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>How long an occurrence is, and what that means when clocks change during it.</summary>
internal sealed record OccurrenceLength(Duration Duration, DurationPolicy Policy)
{
    /// <summary>The duration in whole seconds.</summary>
    public long Seconds { get; } = (long)Duration.TotalSeconds;

    /// <summary>The most that an occurrence can last in elapsed time, whatever its clocks do.</summary>
    public long Longest => Policy == DurationPolicy.WallClock ? Seconds + CalendarMath.SecondsPerDay : Seconds;
}
