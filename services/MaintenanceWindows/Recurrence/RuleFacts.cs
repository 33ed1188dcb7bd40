using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A rule's day parts as bit sets, completed by what the start implies where the rule is silent.</summary>
internal sealed class RuleFacts
{
    private readonly int _months;
    private readonly int _everyWeekday;
    private readonly ImmutableArray<WeekdayOrdinal> _ordinals;
    private readonly Signed _monthDays;
    private readonly Signed _yearDays;
    private readonly Signed _weekNumbers;
    private readonly bool _ordinalsCountInMonth;
    private readonly bool _hasDays;

    public RuleFacts(RecurrenceRule rule, LocalDate start)
    {
        Rule = rule;
        WeekStart = (int)rule.WeekStart - 1;
        _months = rule.ByMonth.Aggregate(0, (set, month) => set | 1 << month);
        _everyWeekday = rule.ByDay.Where(day => day.Ordinal == 0).Aggregate(0, (set, day) => set | 1 << day.Index);
        _ordinals = [.. rule.ByDay.Where(day => day.Ordinal != 0)];
        _monthDays = new Signed(rule.ByMonthDay);
        _yearDays = new Signed(rule.ByYearDay);
        _weekNumbers = new Signed(rule.ByWeekNo);
        _hasDays = !rule.ByDay.IsEmpty;
        _ordinalsCountInMonth = rule.Frequency == Frequency.Monthly || _months != 0;
        if (!_hasDays && !_monthDays.Any && !_yearDays.Any)
        {
            Imply(start, ref _months, ref _everyWeekday, ref _monthDays);
        }
        _hasDays = _everyWeekday != 0 || !_ordinals.IsEmpty;
    }

    public RecurrenceRule Rule { get; }

    /// <summary>WKST, Monday = 0.</summary>
    public int WeekStart { get; }

    public bool LimitsMonths => _months != 0;

    public bool LimitsDays => _months != 0 || _hasDays || _monthDays.Any || _yearDays.Any;

    public bool LimitsDaysOfMonth => _monthDays.Any;

    public bool TakesMonth(int month) => _months == 0 || (_months >> month & 1) == 1;

    public bool TakesWeekday(int weekday) => _everyWeekday == 0 || (_everyWeekday >> weekday & 1) == 1;

    public bool TakesWeek(int week, int weeksInYear) => _weekNumbers.Has(week, week - weeksInYear - 1);

    /// <summary>Whether a zero-based day of a month is taken; BYMONTH is not asked.</summary>
    public bool TakesDayOfMonth(int length, int firstWeekday, int day) =>
        (!_monthDays.Any || _monthDays.Has(day + 1, day - length))
        && (!_hasDays || TakesWeekdayAt((firstWeekday + day) % 7, day, length));

    /// <summary>Whether a zero-based day of a year is taken, BYMONTH and all.</summary>
    public bool TakesDayOfYear(bool leap, int firstWeekday, int day)
    {
        var month = CalendarMath.MonthOf(leap, day);
        var inMonth = day - CalendarMath.DaysBeforeMonth(leap, month);
        var (monthLength, yearLength) = (CalendarMath.DaysInMonth(leap, month), leap ? 366 : 365);
        return TakesMonth(month)
            && (!_yearDays.Any || _yearDays.Has(day + 1, day - yearLength))
            && (!_monthDays.Any || _monthDays.Has(inMonth + 1, inMonth - monthLength))
            && (!_hasDays || (_ordinalsCountInMonth
                ? TakesWeekdayAt((firstWeekday + day) % 7, inMonth, monthLength)
                : TakesWeekdayAt((firstWeekday + day) % 7, day, yearLength)));
    }

    /// <summary>Whether a day since 1970 is taken; BYWEEKNO is not asked.</summary>
    public bool TakesDay(int day)
    {
        var year = CalendarMath.YearOf(day);
        var first = CalendarMath.YearStart(year);
        return TakesDayOfYear(CalendarMath.IsLeap(year), CalendarMath.Weekday(first), day - first);
    }

    /// <summary>The first day of week 1, in days from the first of January: the first week with four days in the year.</summary>
    public int WeekOne(int year)
    {
        var intoWeek = (CalendarMath.Weekday(CalendarMath.YearStart(year)) - WeekStart + 7) % 7;
        return intoWeek <= 3 ? -intoWeek : 7 - intoWeek;
    }

    private bool TakesWeekdayAt(int weekday, int day, int length)
    {
        if ((_everyWeekday >> weekday & 1) == 1)
        {
            return true;
        }
        foreach (var wanted in _ordinals)
        {
            if (wanted.Index == weekday && wanted.Ordinal == (wanted.Ordinal > 0 ? (day / 7) + 1 : -(((length - 1 - day) / 7) + 1)))
            {
                return true;
            }
        }

        return false;
    }

    // RFC 5545: what the rule leaves open is taken from DTSTART.
    private void Imply(LocalDate start, ref int month, ref int weekday, ref Signed monthDay)
    {
        var startWeekday = 1 << ((int)start.DayOfWeek - 1);
        switch (Rule.Frequency)
        {
            case Frequency.Weekly:
            case Frequency.Yearly when _weekNumbers.Any:
                weekday = startWeekday;
                break;
            case Frequency.Yearly:
                month = month == 0 ? 1 << start.Month : month;
                monthDay = new Signed([start.Day]);
                break;
            case Frequency.Monthly:
                monthDay = new Signed([start.Day]);
                break;
            default:
                break;
        }
    }

    /// <summary>A set of numbers that count from the beginning or, when negative, from the end.</summary>
    private readonly struct Signed
    {
        private readonly bool[]? _fromStart;
        private readonly bool[]? _fromEnd;

        public Signed(ImmutableArray<int> values)
        {
            if (values.IsEmpty)
            {
                return;
            }
            _fromStart = new bool[368];
            _fromEnd = new bool[368];
            foreach (var value in values)
            {
                (value > 0 ? _fromStart : _fromEnd)[Math.Abs(value)] = true;
            }
        }

        public bool Any => _fromStart is not null;

        public bool Has(int number, int negative) => _fromStart![number] || _fromEnd![-negative];
    }
}
