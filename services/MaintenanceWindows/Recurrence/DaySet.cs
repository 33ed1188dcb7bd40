using System.Numerics;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The days that a rule's BYMONTH, BYMONTHDAY, BYYEARDAY and BYDAY leave, as one bit a day for each of the fourteen
/// kinds of year, so that the next such day is found by counting bits and not by trying days. Keeps the year that it
/// last looked at: one instance serves one walk.
/// </summary>
internal sealed class DaySet(RuleFacts facts)
{
    /// <summary>What <see cref="Next"/> answers when no day is left before the year 10000.</summary>
    public const int None = int.MaxValue;

    private const int Words = 6;
    private readonly ulong[]?[] _kinds = new ulong[]?[14];
    private readonly bool _takesAll = !facts.LimitsDays;
    private ulong[] _bits = [];
    private int _year;
    private int _first = int.MaxValue;
    private int _end = int.MinValue;

    /// <summary>The first taken day at or after <paramref name="day"/>, or <see cref="None"/>.</summary>
    public int Next(int day)
    {
        if (_takesAll)
        {
            return day;
        }
        if (day < _first || day >= _end)
        {
            Load(CalendarMath.YearOf(day));
        }
        // The Gregorian calendar repeats after 400 years: what those do not hold never comes.
        for (var tried = 0; tried <= 400 && _year <= CalendarMath.LastYear; tried++)
        {
            var found = NextBit(day - _first);
            if (found >= 0)
            {
                return _first + found;
            }
            day = _end;
            Load(_year + 1);
        }

        return None;
    }

    private int NextBit(int from)
    {
        if (from >= _end - _first)
        {
            return -1;
        }
        var word = from >> 6;
        var rest = _bits[word] & (ulong.MaxValue << (from & 63));
        while (rest == 0)
        {
            if (++word == Words)
            {
                return -1;
            }
            rest = _bits[word];
        }

        return (word << 6) + BitOperations.TrailingZeroCount(rest);
    }

    private void Load(int wanted)
    {
        _year = wanted;
        _first = CalendarMath.YearStart(wanted);
        _end = CalendarMath.YearStart(wanted + 1);
        var weekday = CalendarMath.Weekday(_first);
        var leap = CalendarMath.IsLeap(wanted);
        _bits = _kinds[(leap ? 7 : 0) + weekday] ??= Build(leap, weekday);
    }

    private ulong[] Build(bool leap, int weekday)
    {
        var built = new ulong[Words];
        for (var day = 0; day < (leap ? 366 : 365); day++)
        {
            if (facts.TakesDayOfYear(leap, weekday, day))
            {
                built[day >> 6] |= 1UL << (day & 63);
            }
        }

        return built;
    }
}
