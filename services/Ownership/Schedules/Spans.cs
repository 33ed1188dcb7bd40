using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>Sets of instants as intervals that include their start and exclude their end.</summary>
internal static class Spans
{
    /// <summary>The same instants in intervals that neither overlap nor touch, in order, within a range.</summary>
    public static List<Interval> Merge(List<Interval> spans, Interval range)
    {
        spans.Sort((one, other) => one.Start.CompareTo(other.Start));
        var merged = new List<Interval>(spans.Count);
        foreach (var span in spans)
        {
            var (start, end) = (Instant.Max(span.Start, range.Start), Instant.Min(span.End, range.End));
            if (start >= end) continue;
            if (merged.Count > 0 && merged[^1].End >= start) merged[^1] = new Interval(merged[^1].Start, Instant.Max(merged[^1].End, end));
            else merged.Add(new Interval(start, end));
        }

        return merged;
    }

    /// <summary>What is left of some intervals without one.</summary>
    public static List<Interval> Without(List<Interval> spans, Interval cut)
    {
        var left = new List<Interval>(spans.Count + 1);
        foreach (var span in spans)
        {
            if (span.End <= cut.Start || span.Start >= cut.End)
            {
                left.Add(span);
                continue;
            }

            if (span.Start < cut.Start) left.Add(new Interval(span.Start, cut.Start));
            if (span.End > cut.End) left.Add(new Interval(cut.End, span.End));
        }

        return left;
    }
}
