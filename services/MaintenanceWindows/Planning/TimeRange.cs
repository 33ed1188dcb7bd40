using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>A stretch of time.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
internal readonly record struct TimeRange(Instant Start, Instant End)
{
    public Duration Length => End - Start;

    public bool Contains(Instant instant) => Start <= instant && instant < End;

    public bool Overlaps(Instant from, Instant until) => Start < until && from < End;
}

/// <summary>Sums of instants and durations that stop at the ends of time.</summary>
internal static class TimeArithmetic
{
    /// <summary>Stands for "always until now": early enough, and still safe to calculate with.</summary>
    public static Instant Earliest { get; } = Instant.FromUtc(1, 1, 1, 0, 0);

    /// <summary>Stands for "without end": late enough, and still safe to calculate with.</summary>
    public static Instant Latest { get; } = Instant.FromUtc(9999, 12, 31, 0, 0);

    public static Instant Later(this Instant instant, Duration by) => instant >= Latest - by ? Latest : instant + by;

    public static Instant Earlier(this Instant instant, Duration by) => instant <= Earliest + by ? Earliest : instant - by;
}
