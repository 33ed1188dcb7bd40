using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

/// <summary>
/// RFC 5545 by trying: looks at every day (or every second of every period) and asks the definitions whether it is
/// taken. Slow, and written apart from the engine, so that the two are not wrong in the same way.
/// </summary>
internal sealed class ReferenceExpansion(RecurrenceRule rule, LocalDateTime start, DateTimeZone zone, GapPolicy gap, OverlapPolicy overlap)
{
    // What was found out before: a rule by the second asks about each day 86,400 times.
    private readonly Dictionary<LocalDate, bool> _days = [];
    private (long Minute, LocalDateTime Local)? _last;

    /// <summary>All starts whose period begins before the horizon, in unix seconds.</summary>
    public List<long> Until(LocalDate horizon)
    {
        var starts = rule.IsSubDaily ? WithinTheDay(horizon) : ByDays(horizon);
        if (rule.Until is { } until)
        {
            starts = starts.Where(unix => unix <= until.Seconds);
        }
        return [.. starts.Distinct().Order().Take(rule.Count ?? int.MaxValue)];
    }

    private IEnumerable<long> ByDays(LocalDate horizon)
    {
        var times = from hour in Or(rule.ByHour, start.Hour)
                    from minute in Or(
            rule.ByMinute, start.Minute)
                    from second in Or(rule.BySecond, start.Second)
                    select new LocalTime(hour, minute, second);
        // A year more at both ends, so that the first and the last period are whole.
        var days = Enumerable.Range(-380, Period.DaysBetween(start.Date, horizon) + 760).Select(start.Date.PlusDays);
        var periods = from day in days where IsTaken(day) group day by PeriodOf(day) into period orderby period.Key select period;
        var first = PeriodOf(start.Date);
        if (!rule.ByWeekNo.IsEmpty
            && first < start.Year
            && !periods.Any(period => period.Key == first && period.Any(day => day >= start.Date)))
        {
            first = start.Year;
        }
        foreach (var period in periods.Where(period => period.Key >= first && (period.Key - first) % rule.Interval == 0))
        {
            foreach (var local in Pick([.. period.Order().SelectMany(day => times.Order().Select(time => day.At(time)))]).Where(local =>
                local >= start))
            {
                if (Resolve(local) is { } unix)
                {
                    yield return unix;
                }
            }
        }
    }

    private IEnumerable<long> WithinTheDay(LocalDate horizon)
    {
        var length = rule.Frequency switch { Frequency.Hourly => 3600, Frequency.Minutely => 60, _ => 1 };
        var mapping = zone.MapLocal(start);
        var first = start.ToSeconds()
            - (mapping.Count == 2 && overlap == OverlapPolicy.Second ? mapping.LateInterval : mapping.EarlyInterval).WallOffset.Seconds;
        var into = length == 3600 ? (start.Minute * 60) + start.Second : length == 60 ? start.Second : 0;
        var end = horizon.AtMidnight().ToSeconds();
        for (var period = first - into; period < end; period += (long)length * rule.Interval)
        {
            var taken = Enumerable.Range(0, length).Where(second => IsTakenSecond(period, second)).Select(second => period + second);
            foreach (var unix in Pick([.. taken]).Where(unix => unix >= first))
            {
                yield return unix;
            }
        }
    }

    private bool IsTakenSecond(long period, int second)
    {
        // Offsets are whole minutes in the zones of these tests, so that the second needs no zone, and a minute one look.
        var unix = period + second;
        if (!(rule.BySecond.IsEmpty
            ? rule.Frequency == Frequency.Secondly || second % 60 == start.Second
            : rule.BySecond.Contains((int)(unix % 60))))
        {
            return false;
        }
        var local = Minute(unix / 60);
        return (rule.ByMinute.IsEmpty
            ? rule.Frequency != Frequency.Hourly || second / 60 == start.Minute
            : rule.ByMinute.Contains(local.Minute))
            && (rule.ByHour.IsEmpty || rule.ByHour.Contains(local.Hour))
            && IsTaken(local.Date);
    }

    private LocalDateTime Minute(long minute)
    {
        if (_last?.Minute != minute) _last = (minute, Instant.FromUnixTimeSeconds(minute * 60).InZone(zone).LocalDateTime);
        return _last.Value.Local;
    }

    private List<T> Pick<T>(List<T> set) => rule.BySetPos.IsEmpty
        ? set
        : [.. set.Where((_, index) => rule.BySetPos.Contains(index + 1) || rule.BySetPos.Contains(index - set.Count))];

    private bool IsTaken(LocalDate day) => _days.TryGetValue(day, out var known) ? known : _days[day] = IsTakenByRule(day);

    private bool IsTakenByRule(LocalDate day)
    {
        var implied = rule.ByDay.IsEmpty && rule.ByMonthDay.IsEmpty && rule.ByYearDay.IsEmpty;
        var yearly = rule.Frequency == Frequency.Yearly && rule.ByWeekNo.IsEmpty;
        var yearLength = day.Calendar.GetDaysInYear(day.Year);
        var monthLength = day.Calendar.GetDaysInMonth(day.Year, day.Month);
        var weekday = rule.Frequency == Frequency.Weekly || !rule.ByWeekNo.IsEmpty;
        return (rule.ByMonth.IsEmpty || rule.ByMonth.Contains(day.Month))
            && (rule.ByYearDay.IsEmpty || rule.ByYearDay.Contains(day.DayOfYear) || rule.ByYearDay.Contains(day.DayOfYear - yearLength - 1))
            && (rule.ByMonthDay.IsEmpty || rule.ByMonthDay.Contains(day.Day) || rule.ByMonthDay.Contains(day.Day - monthLength - 1))
            && (rule.ByWeekNo.IsEmpty
                || rule.ByWeekNo.Contains(WeekOf(day).Number)
                || rule.ByWeekNo.Contains(WeekOf(day).Number - WeekOf(day).InYear - 1))
            && (rule.ByDay.IsEmpty || rule.ByDay.Any(wanted => Fits(wanted, day)))
            && (!implied || !weekday || day.DayOfWeek == start.DayOfWeek)
            && (!implied || !(yearly || rule.Frequency == Frequency.Monthly) || day.Day == start.Day)
            && (!implied || !yearly || !rule.ByMonth.IsEmpty || day.Month == start.Month);
    }

    private bool Fits(WeekdayOrdinal wanted, LocalDate day)
    {
        if (wanted.Day != day.DayOfWeek)
        {
            return false;
        }
        var inMonth = rule.Frequency == Frequency.Monthly || !rule.ByMonth.IsEmpty;
        bool IsSame(LocalDate other) => other.Year == day.Year && (!inMonth || other.Month == day.Month);
        var before = Enumerable.Range(1, 53).TakeWhile(weeks => IsSame(day.PlusWeeks(-weeks))).Count();
        var after = Enumerable.Range(1, 53).TakeWhile(weeks => IsSame(day.PlusWeeks(weeks))).Count();
        return wanted.Ordinal == 0 || wanted.Ordinal == before + 1 || wanted.Ordinal == -after - 1;
    }

    private int PeriodOf(LocalDate day) => rule.Frequency switch
    {
        Frequency.Daily => Period.DaysBetween(new LocalDate(1, 1, 1), day),
        Frequency.Weekly => Period.DaysBetween(new LocalDate(1, 1, 1), WeekStart(day)) / 7,
        Frequency.Monthly => (day.Year * 12) + day.Month,
        _ => rule.ByWeekNo.IsEmpty ? day.Year : WeekOf(day).Year,
    };

    private LocalDate WeekStart(LocalDate day) => day.DayOfWeek == rule.WeekStart ? day : day.Previous(rule.WeekStart);

    // A week belongs to the year that holds four of its days: that of its fourth day.
    private (int Year, int Number, int InYear) WeekOf(LocalDate day)
    {
        var year = WeekStart(day).PlusDays(3).Year;
        var first = WeekStart(new LocalDate(year, 1, 4));
        var next = WeekStart(new LocalDate(year + 1, 1, 4));
        return (year, (Period.DaysBetween(first, day) / 7) + 1, Period.DaysBetween(first, next) / 7);
    }

    private long? Resolve(LocalDateTime local)
    {
        var mapping = zone.MapLocal(local);
        if (mapping.Count == 0 && gap == GapPolicy.Skip)
        {
            return null;
        }
        var interval = mapping.Count == 2 && overlap == OverlapPolicy.Second ? mapping.LateInterval : mapping.EarlyInterval;
        return local.ToSeconds() - interval.WallOffset.Seconds;
    }

    private static IEnumerable<int> Or(IReadOnlyCollection<int> listed, int implied) => listed.Count == 0 ? [implied] : listed;
}
