namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// Which days of a month, a year or a week-year a rule takes. The Gregorian calendar has only so many kinds of each
/// (a month is told by its length and its first weekday), so that every kind is worked out once, at its first use,
/// and a walk over the years is a walk over ready arrays. Offsets are in seconds from the period's first midnight.
/// </summary>
internal sealed class PeriodShapes(RuleFacts facts, int[] times)
{
    private static readonly int[] MidnightOnly = [0];

    private readonly int[]?[] _months = new int[]?[4 * 7];
    private readonly int[]?[] _years = new int[]?[4 * 7];
    private readonly int[]?[] _weeks = new int[]?[128];
    private readonly bool _picksPositions = facts.Rule.BySetPos.Length > 0;

    /// <summary>
    /// What is added to every offset to make the starts of a period. With BYSETPOS the offsets are the starts
    /// themselves, because a position counts days and times together.
    /// </summary>
    public int[] Times => _picksPositions ? MidnightOnly : times;

    /// <summary>How many times of day the rule names.</summary>
    public int TimesInDay => times.Length;

    /// <summary>Days of a month of <paramref name="length"/> days whose first is <paramref name="firstWeekday"/>.</summary>
    public int[] Month(int length, int firstWeekday) =>
        _months[((length - 28) * 7) + firstWeekday] ??= ToOffsets(MonthDays(length, firstWeekday));

    /// <summary>Days of a calendar year.</summary>
    public int[] Year(int year)
    {
        var leap = CalendarMath.IsLeap(year);
        var first = CalendarMath.Weekday(CalendarMath.YearStart(year));
        return _years[((leap ? 1 : 0) * 7) + first] ??=
            ToOffsets(Enumerable.Range(0, leap ? 366 : 365).Where(day => facts.TakesDayOfYear(leap, first, day)));
    }

    /// <summary>Days of a week-year, from the first of January of the year that names it; may be negative or pass December.</summary>
    public int[] WeekYear(int year)
    {
        var kind = CalendarMath.IsLeap(year) ? 1 : CalendarMath.IsLeap(year - 1) ? 2 : CalendarMath.IsLeap(year + 1) ? 3 : 0;
        var first = CalendarMath.Weekday(CalendarMath.YearStart(year));
        return _years[(kind * 7) + first] ??= ToOffsets(WeekYearDays(year));
    }

    /// <summary>
    /// Days of a week, of which only those in <paramref name="allowed"/> (bit 0: its first day) are in a month of BYMONTH.
    /// </summary>
    public int[] Week(int allowed) =>
        _weeks[allowed] ??=
            ToOffsets(Enumerable.Range(0, 7).Where(day => (allowed >> day & 1) == 1 && facts.TakesWeekday((facts.WeekStart + day) % 7)));

    /// <summary>The one day of a DAILY period.</summary>
    public int[] Day() => _weeks[0] ??= ToOffsets([0]);

    private IEnumerable<int> MonthDays(int length, int firstWeekday) =>
        Enumerable.Range(0, length).Where(day => facts.TakesDayOfMonth(length, firstWeekday, day));

    private IEnumerable<int> WeekYearDays(int year)
    {
        var start = CalendarMath.YearStart(year);
        var weekOne = facts.WeekOne(year);
        var weeksInYear = (CalendarMath.DaysInYear(year) + facts.WeekOne(year + 1) - weekOne) / 7;
        for (var week = 1; week <= weeksInYear; week++)
        {
            if (!facts.TakesWeek(week, weeksInYear))
            {
                continue;
            }
            for (var day = weekOne + ((week - 1) * 7); day < weekOne + (week * 7); day++)
            {
                if (facts.TakesDay(start + day))
                {
                    yield return day;
                }
            }
        }
    }

    private int[] ToOffsets(IEnumerable<int> days)
    {
        var offsets = days.Select(day => day * CalendarMath.SecondsPerDay).ToArray();
        return _picksPositions ? Positions.Pick(offsets, times, facts.Rule.BySetPos) : offsets;
    }
}
