namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The periods of a rule (its days, weeks, months or years, every INTERVAL-th) as a numbered sequence that can be
/// entered anywhere. One instance serves one walk.
/// </summary>
internal abstract class Periods(PeriodShapes shapes, long interval, int stop)
{
    protected PeriodShapes Shapes { get; } = shapes;

    protected long Interval { get; } = interval;

    /// <summary>The last day that is of interest: no period that begins later is looked at.</summary>
    protected int Stop { get; } = stop;

    /// <summary>What makes starts of <see cref="Offsets"/>.</summary>
    public int[] Times { get; } = shapes.Times;

    /// <summary>Of the period that was loaded last: its first midnight, in seconds by the clock since 1970.</summary>
    public long Base { get; protected set; }

    /// <summary>Of the period that was loaded last: what it takes, in seconds from <see cref="Base"/>, ascending, not empty.</summary>
    public int[] Offsets { get; protected set; } = [];

    /// <summary>A period that begins at or before a day and is followed by one that begins after it, or 0.</summary>
    public abstract long IndexBefore(int day);

    /// <summary>Loads the first period at or after <paramref name="index"/> that takes anything; false when none is left.</summary>
    public abstract bool TryLoad(ref long index);

    public static Periods Create(RuleFacts facts, PeriodShapes shapes, int startDay, int stop)
    {
        var rule = facts.Rule;
        return rule.Frequency switch
        {
            Frequency.Daily => new DayPeriods(facts, shapes, startDay, rule.Interval, stop),
            Frequency.Weekly => new WeekPeriods(facts, shapes, startDay, rule.Interval, stop),
            Frequency.Monthly => new MonthPeriods(facts, shapes, startDay, rule.Interval, stop),
            Frequency.Yearly when rule.ByWeekNo.IsEmpty => new YearPeriods(shapes, startDay, rule.Interval, stop),
            Frequency.Yearly => new WeekYearPeriods(facts, shapes, startDay, rule.Interval, stop),
            _ => throw new ArgumentOutOfRangeException(nameof(facts), rule.Frequency, "has no periods of whole days"),
        };
    }

    protected void Load(int day, int[] offsets)
    {
        Base = (long)day * CalendarMath.SecondsPerDay;
        Offsets = offsets;
    }

    private sealed class DayPeriods(
        RuleFacts facts, PeriodShapes shapes, int start, long interval, int stop) : Periods(shapes, interval, stop)
    {
        private readonly DaySet _days = new(facts);
        private readonly int[] _offsets = shapes.Day();

        public override long IndexBefore(int day) => Math.Max(0, CalendarMath.FloorDiv(day - (long)start, Interval));

        public override bool TryLoad(ref long index)
        {
            while (_offsets.Length > 0)
            {
                var day = start + (index * Interval);
                if (day > Stop)
                {
                    return false;
                }
                var next = _days.Next((int)day);
                if (next == day)
                {
                    Load((int)day, _offsets);
                    return true;
                }

                if (next == DaySet.None)
                {
                    return false;
                }
                index = CalendarMath.CeilDiv(next - (long)start, Interval);
            }

            return false;
        }
    }

    private sealed class WeekPeriods(
        RuleFacts facts, PeriodShapes shapes, int startDay, long interval, int stop) : Periods(shapes, interval, stop)
    {
        private const int WholeWeek = 0b111_1111;
        private readonly int _start = startDay - ((CalendarMath.Weekday(startDay) - facts.WeekStart + 7) % 7);

        public override long IndexBefore(int day) => Math.Max(0, CalendarMath.FloorDiv(day - (long)_start, 7 * Interval));

        public override bool TryLoad(ref long index)
        {
            for (; ; index++)
            {
                var day = _start + (index * 7 * Interval);
                if (day > Stop)
                {
                    return false;
                }
                var offsets = Shapes.Week(facts.LimitsMonths ? DaysInMonths((int)day) : WholeWeek);
                if (offsets.Length == 0 && !facts.LimitsMonths)
                {
                    return false;
                }
                if (offsets.Length == 0)
                {
                    continue;
                }
                Load((int)day, offsets);
                return true;
            }
        }

        private int DaysInMonths(int day)
        {
            var year = CalendarMath.YearOf(day);
            var (leap, inYear) = (CalendarMath.IsLeap(year), day - CalendarMath.YearStart(year));
            var month = CalendarMath.MonthOf(leap, inYear);
            var left = CalendarMath.DaysBeforeMonth(leap, month) + CalendarMath.DaysInMonth(leap, month) - inYear;
            var here = facts.TakesMonth(month) ? WholeWeek : 0;
            if (left >= 7)
            {
                return here;
            }
            var next = facts.TakesMonth((month % 12) + 1) ? WholeWeek : 0;
            var headMask = (1 << left) - 1;
            return (here & headMask) | (next & ~headMask);
        }
    }

    private sealed class MonthPeriods(
        RuleFacts facts, PeriodShapes shapes, int startDay, long interval, int stop) : Periods(shapes, interval, stop)
    {
        private readonly long _start = MonthNumber(startDay);
        private readonly int _lastYear = CalendarMath.YearOf(stop);

        public override long IndexBefore(int day) => Math.Max(0, CalendarMath.FloorDiv(MonthNumber(day) - _start, Interval));

        public override bool TryLoad(ref long index)
        {
            for (; ; index++)
            {
                var number = _start + (index * Interval);
                var year = number / 12;
                if (year > _lastYear)
                {
                    return false;
                }
                var month = (int)(number % 12) + 1;
                if (!facts.TakesMonth(month))
                {
                    continue;
                }
                var day = CalendarMath.MonthStart((int)year, month);
                var length = CalendarMath.DaysInMonth(CalendarMath.IsLeap((int)year), month);
                var offsets = Shapes.Month(length, CalendarMath.Weekday(day));
                if (offsets.Length == 0)
                {
                    continue;
                }
                Load(day, offsets);
                return true;
            }
        }

        private static long MonthNumber(int day)
        {
            var year = CalendarMath.YearOf(day);
            return (year * 12L) + CalendarMath.MonthOf(CalendarMath.IsLeap(year), day - CalendarMath.YearStart(year)) - 1;
        }
    }

    private sealed class YearPeriods(PeriodShapes shapes, int startDay, long interval, int stop) : Periods(shapes, interval, stop)
    {
        private readonly long _start = CalendarMath.YearOf(startDay);
        private readonly int _lastYear = CalendarMath.YearOf(stop);

        public override long IndexBefore(int day) => Math.Max(0, CalendarMath.FloorDiv(CalendarMath.YearOf(day) - _start, Interval));

        public override bool TryLoad(ref long index)
        {
            for (; ; index++)
            {
                var year = _start + (index * Interval);
                if (year > _lastYear)
                {
                    return false;
                }
                var offsets = Shapes.Year((int)year);
                if (offsets.Length == 0)
                {
                    continue;
                }
                Load(CalendarMath.YearStart((int)year), offsets);
                return true;
            }
        }
    }

    /// <summary>With BYWEEKNO the period is the week-year: the days of its weeks, which may lie in its neighbours.</summary>
    private sealed class WeekYearPeriods : Periods
    {
        private readonly long _start;
        private readonly int _lastYear;

        public WeekYearPeriods(RuleFacts facts, PeriodShapes shapes, int startDay, long interval, int stop)
            : base(shapes, interval, stop)
        {
            // A week-year may begin in the December before it.
            _lastYear = CalendarMath.YearOf(stop + 7);
            var calendarYear = CalendarMath.YearOf(startDay);
            _start = WeekYearOf(facts, startDay, calendarYear);
            // A start that its own rule does not contain may lie in the last week of a week-year with nothing left to
            // hold. That year is not the first of INTERVAL then: the calendar year is, as other libraries count.
            if (_start < calendarYear && !Shapes.WeekYear((int)_start).Any(offset => StartsAtOrAfter(offset, startDay)))
            {
                _start = calendarYear;
            }
        }

        public override long IndexBefore(int day) => Math.Max(0, CalendarMath.FloorDiv(CalendarMath.YearOf(day) - 1 - _start, Interval));

        public override bool TryLoad(ref long index)
        {
            for (; ; index++)
            {
                var year = _start + (index * Interval);
                if (year > _lastYear)
                {
                    return false;
                }
                var offsets = Shapes.WeekYear((int)year);
                if (offsets.Length == 0)
                {
                    continue;
                }
                Load(CalendarMath.YearStart((int)year), offsets);
                return true;
            }
        }

        private bool StartsAtOrAfter(int offset, int startDay) =>
            CalendarMath.YearStart((int)_start) + CalendarMath.FloorDiv(offset, CalendarMath.SecondsPerDay) >= startDay;

        private static int WeekYearOf(RuleFacts facts, int day, int year)
        {
            if (day >= CalendarMath.YearStart(year + 1) + facts.WeekOne(year + 1))
            {
                return year + 1;
            }
            return day < CalendarMath.YearStart(year) + facts.WeekOne(year) ? year - 1 : year;
        }
    }
}
