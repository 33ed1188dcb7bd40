using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>How many bookings run at once.</summary>
internal static class Load
{
    /// <summary>The stretches in which at least <paramref name="limit"/> of them run.</summary>
    public static IEnumerable<TimeRange> Full(List<BookedChange> bookings, int limit, Instant now)
    {
        if (bookings.Count < limit) yield break;
        var running = 0;
        Instant? since = limit <= 0 ? TimeArithmetic.Earliest : null;
        foreach (var (at, step) in Steps(bookings, now))
        {
            running += step;
            if (running >= limit && since is null)
            {
                since = at;
            }
            else if (running < limit && since is { } start)
            {
                if (start < at) yield return new(start, at);
                since = null;
            }
        }
        if (since is { } open) yield return new(open, TimeArithmetic.Latest);
    }

    /// <summary>The most that run at once.</summary>
    public static int Most(List<BookedChange> bookings, Instant now)
    {
        int running = 0, most = 0;
        foreach (var (_, step) in Steps(bookings, now)) most = Math.Max(most, running += step);
        return most;
    }

    private static List<(Instant At, int Step)> Steps(List<BookedChange> bookings, Instant now)
    {
        var steps = new List<(Instant At, int Step)>(bookings.Count * 2);
        foreach (var booking in bookings)
        {
            steps.Add((booking.Start, 1));
            steps.Add((booking.InTheWayUntil(now), -1));
        }
        steps.Sort(); // ends before starts at the same instant: half-open
        return steps;
    }
}
