using Governance.BuildingBlocks.Calendars;
using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>Ranges of local time in a zone, less the whole local days that are holidays there.</summary>
internal sealed class CivilRanges(DateTimeZone zone, IReadOnlyList<CivilRange> ranges, HolidayDates holidays)
{
    private static readonly Duration FirstStretch = Duration.FromDays(3);

    /// <summary>Longer than the longest run of holidays that a calendar can hold of one weekday.</summary>
    private static readonly Duration Horizon = Duration.FromDays(366 * 40);

    private static readonly Instant Latest = Instant.FromUtc(9990, 1, 1, 0, 0);

    private static readonly Instant Earliest = Instant.FromUtc(1, 2, 1, 0, 0);

    /// <summary>One more than the longest, for zones that skip a day.</summary>
    private readonly int _lookBack = 2 + (ranges.Count == 0 ? 0 : ranges.Max(range => range.Length).Days);

    public bool Contains(Instant instant) => Within(new Interval(instant, instant + Duration.Epsilon)).Count > 0;

    /// <summary>The instants within a range: in order, apart from each other, clipped.</summary>
    public List<Interval> Within(Interval range)
    {
        if (range.Start < Earliest || range.End > Latest) return [];
        var (first, last) = (zone.LocalOf(range.Start).Date, zone.LocalOf(range.End).Date.PlusDays(1));
        var spans = new List<Interval>();
        for (var date = first.PlusDays(-_lookBack); date <= last; date = date.PlusDays(1))
        {
            foreach (var one in ranges)
            {
                if (one.On(date, zone) is { } span && span.End > range.Start && span.Start < range.End) spans.Add(span);
            }
        }
        return WithoutHolidays(Spans.Merge(spans, range), first.PlusDays(-1), last);
    }

    /// <summary>
    /// All instants from one on, lazily, in pieces: neighbours touch where a stretch of the calendar ended. Ends after forty years.
    /// </summary>
    public IEnumerable<Interval> From(Instant start)
    {
        var end = Instant.Min(start + Horizon, Latest);
        for (var stretch = FirstStretch; start < end; stretch = Duration.Min(stretch * 2, Duration.FromDays(60)))
        {
            var until = Instant.Min(start + stretch, end);
            foreach (var span in Within(new Interval(start, until))) yield return span;
            start = until;
        }
    }

    /// <summary>The first instant after one at which inside turns to outside or back; null: none within a given time.</summary>
    public Instant? NextEdge(Instant after, Duration within)
    {
        var inside = Contains(after);
        var edge = after;
        foreach (var span in From(after))
        {
            if (span.Start > after + within && !inside) return null;
            if (!inside) return span.Start;
            if (span.Start > edge) return edge;
            edge = span.End;
            if (edge > after + within) return null;
        }

        return inside && edge < Instant.Min(after + Horizon, Latest) ? edge : null;
    }

    /// <summary>Whether any of a local day is inside.</summary>
    public bool IsOn(LocalDate date) => Of(date).Count > 0;

    /// <summary>What of a local day is inside.</summary>
    public List<Interval> Of(LocalDate date) => DayOf(date) is { } day ? Within(day) : [];

    private List<Interval> WithoutHolidays(List<Interval> spans, LocalDate first, LocalDate last)
    {
        if (holidays.IsEmpty || spans.Count == 0) return spans;
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (holidays.On(date) is not null && DayOf(date) is { } day) spans = Spans.Without(spans, day);
        }
        return spans;
    }

    /// <summary>Null: the zone skipped the day.</summary>
    private Interval? DayOf(LocalDate date)
    {
        var (start, end) = (zone.Opening(date.AtMidnight()), zone.Opening(date.PlusDays(1).AtMidnight()));
        return start < end ? new Interval(start, end) : null;
    }
}
