using NodaTime;

namespace Governance.Ownership.Schedules;

internal static class Edges
{
    /// <summary>The earlier of two instants, either of which may be missing.</summary>
    public static Instant? Earliest(Instant? one, Instant? other) => one is null || other < one ? other ?? one : one;

    /// <summary>The first of a span's two ends after an instant.</summary>
    public static Instant? Next(Instant from, Instant until, Instant after) =>
        from >= until || until <= after ? null : from > after ? from : until;
}
