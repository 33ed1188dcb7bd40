using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Where a change could start: an occurrence of a window, or free time when no window is asked for.</summary>
/// <param name="Window">Null in free time.</param>
/// <param name="Occurrence">When the window is held; the time that was asked about in free time.</param>
/// <param name="Starts">The starts that the place itself allows; empty when the change does not fit.</param>
internal sealed record Place(WindowFacts? Window, TimeRange Occurrence, TimeRange Starts)
{
    public bool Fits => Starts.Start < Starts.End;

    public DateTimeZone Zone => Window?.Zone ?? DateTimeZone.Utc;
}

/// <summary>What a place offers.</summary>
/// <param name="Place">The place.</param>
/// <param name="Free">The stretches of starts that nothing forbids, in order.</param>
/// <param name="Blocks">What forbids the others.</param>
internal sealed record PlaceFinding(Place Place, IReadOnlyList<TimeRange> Free, IReadOnlyList<Block> Blocks);

/// <summary>Sets of starts as sorted stretches.</summary>
internal static class Stretches
{
    /// <summary>What the blocks leave of a range.</summary>
    public static List<TimeRange> Without(TimeRange range, List<Block> blocks)
    {
        var free = new List<TimeRange>();
        blocks.Sort((a, b) => a.From.CompareTo(b.From));
        var cursor = range.Start;
        foreach (var block in blocks)
        {
            if (block.From > cursor) free.Add(new(cursor, block.From < range.End ? block.From : range.End));
            if (block.Until > cursor) cursor = block.Until;
            if (cursor >= range.End) break;
        }
        if (cursor < range.End) free.Add(new(cursor, range.End));
        return free;
    }

    /// <summary>Until when starts go on being free from an instant; null when it is not free.</summary>
    public static Instant? EndOf(List<TimeRange> free, Instant from)
    {
        Instant? end = null;
        bool Extends(TimeRange one) => one.Start <= (end ?? from) && one.End > (end ?? from);
        for (var next = free.FindIndex(Extends); next >= 0; next = free.FindIndex(Extends)) end = free[next].End;
        return end;
    }
}
