using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>A time for which two rosters answer differently.</summary>
/// <param name="Span">Includes its start, excludes its end.</param>
/// <param name="Before">Who was.</param>
/// <param name="After">Who would be.</param>
internal sealed record CoverChange(Interval Span, Duty Before, Duty After)
{
    /// <summary>Where two rosters differ: in order, neighbours of the same difference as one.</summary>
    public static IReadOnlyList<CoverChange> Between(Roster before, Roster after, Instant from, Instant until)
    {
        var (olds, news) = (before.Spans(from, until).ToList(), after.Spans(from, until).ToList());
        var changes = new List<CoverChange>();
        for (int i = 0, j = 0; i < olds.Count && j < news.Count;)
        {
            var span = new Interval(Instant.Max(olds[i].Span.Start, news[j].Span.Start), Instant.Min(olds[i].Span.End, news[j].Span.End));
            if (!olds[i].Duty.IsSameAs(news[j].Duty)) changes.Add(new CoverChange(span, olds[i].Duty, news[j].Duty));
            if (olds[i].Span.End == span.End) i++;
            if (news[j].Span.End == span.End) j++;
        }

        return changes;
    }
}
