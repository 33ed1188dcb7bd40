using Governance.BuildingBlocks.Calendars;
using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>When a party answers: always, or weekly hours in its zone less its holidays.</summary>
internal sealed class SupportHours
{
    /// <summary>24 × 7; holidays do not count.</summary>
    public static readonly SupportHours Always = new();

    private static readonly Duration Foresight = Duration.FromDays(400);

    private readonly CivilRanges? _ranges;

    /// <param name="zone">In which the hours and the holidays are meant.</param>
    /// <param name="weekly">Each begins on a weekday and may cross midnight; the union counts.</param>
    /// <param name="holidays">Whole local days on which nobody answers.</param>
    public SupportHours(DateTimeZone zone, IReadOnlyList<CivilRange> weekly, HolidayDates holidays)
    {
        (Zone, Holidays) = (zone, holidays);
        _ranges = holidays.IsEmpty && IsWholeWeek(weekly) ? null : new CivilRanges(zone, weekly, holidays);
    }

    private SupportHours()
    {
    }

    public DateTimeZone Zone { get; } = DateTimeZone.Utc;

    public HolidayDates Holidays { get; } = HolidayDates.None;

    public bool IsAlways => _ranges is null;

    public bool IsOpen(Instant instant) => _ranges?.Contains(instant) ?? true;

    /// <summary>The instant itself when open then, else the next opening; null: none in forty years.</summary>
    public Instant? NextOpen(Instant instant) =>
        _ranges is null ? instant : _ranges.From(instant).Select(span => (Instant?)span.Start).FirstOrDefault();

    /// <summary>The first instant after this one at which open turns to closed or back; null: none within 400 days.</summary>
    public Instant? NextChange(Instant instant) => _ranges?.NextEdge(instant, Foresight);

    /// <summary>Open intervals in order, apart from each other, clipped to the range.</summary>
    public IReadOnlyList<Interval> Intervals(Instant from, Instant until) =>
        from >= until ? [] : _ranges?.Within(new Interval(from, until)) ?? [new Interval(from, until)];

    /// <summary>The instant at which so much open time has elapsed, real time, whatever the clocks do; null: not in forty years.</summary>
    public Instant? AddWorkingTime(Instant start, Duration work)
    {
        if (_ranges is null) return start + work;
        foreach (var span in _ranges.From(start))
        {
            if (work <= span.Duration) return span.Start + work;
            work -= span.Duration;
        }

        return null;
    }

    /// <summary>
    /// So many business days on: local days on which there are open hours. A start while closed moves to the next opening
    /// first; the day of the start counts 0. The answer has the same local time; where that is closed, it is the last closing
    /// before it of that day, else that day's first opening. When always open, a day is 24 hours.
    /// </summary>
    public Instant? AddBusinessDays(Instant start, int days)
    {
        if (_ranges is null) return start + Duration.FromDays(days);
        if (NextOpen(start) is not { } begin) return null;
        var local = Zone.LocalOf(begin);
        var date = local.Date;
        for (var left = days; left > 0; left--)
        {
            if (NextOpen(Zone.Opening(date.PlusDays(1).AtMidnight())) is { } next) date = Zone.LocalOf(next).Date;
            else return null;
        }
        return days == 0 ? begin : OnDay(_ranges.Of(date), Zone.Opening(date + local.TimeOfDay));
    }

    private static Instant OnDay(List<Interval> open, Instant due)
    {
        var last = open.FindLastIndex(span => span.Start <= due);
        return last < 0 ? open[0].Start : Instant.Min(due, open[last].End);
    }

    private static bool IsWholeWeek(IReadOnlyList<CivilRange> weekly)
    {
        if (weekly.Aggregate(Duration.Zero, (sum, range) => sum + range.Length * (range.Day == IsoDayOfWeek.None ? 7 : 1))
            < CivilRange.Week)
        {
            return false;
        }
        var week = new Interval(Instant.FromUtc(2001, 1, 1, 0, 0), Instant.FromUtc(2001, 1, 8, 0, 0));
        return new CivilRanges(DateTimeZone.Utc, weekly, HolidayDates.None).Within(week) is [var whole] && whole == week;
    }
}
