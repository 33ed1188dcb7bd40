namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The Gregorian calendar in integers: days since 1970-01-01, weekdays from Monday = 0. Recurrence walks millions of
/// days; these are the few operations that it needs, without a date object for each.
/// </summary>
internal static class CalendarMath
{
    public const int SecondsPerDay = 86_400;

    public const int LastYear = 9999;

    /// <summary>9999-12-31T23:59:59, the last second that RFC 5545's four-digit years can name.</summary>
    public const long LastSecond = 253_402_300_799;

    /// <summary>0001-01-01T00:00:00.</summary>
    public const long FirstSecond = -62_135_596_800;

    private static readonly int[] DaysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

    public static bool IsLeap(int year) => (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);

    public static int DaysInYear(int year) => IsLeap(year) ? 366 : 365;

    public static int DaysInMonth(bool leap, int month) =>
        DaysBefore[month] - DaysBefore[month - 1] + (leap && month == 2 ? 1 : 0);

    /// <summary>Days of the year before the first of a month.</summary>
    public static int DaysBeforeMonth(bool leap, int month) => DaysBefore[month - 1] + (leap && month > 2 ? 1 : 0);

    /// <summary>The first of January, in days since 1970-01-01.</summary>
    public static int YearStart(int year)
    {
        var before = year - 1;
        return (before * 365) + FloorDiv(before, 4) - FloorDiv(before, 100) + FloorDiv(before, 400) - 719_162;
    }

    public static int MonthStart(int year, int month) => YearStart(year) + DaysBeforeMonth(IsLeap(year), month);

    /// <summary>Monday = 0.</summary>
    public static int Weekday(int day) => (int)(((long)day + 719_162) % 7 + 7) % 7;

    /// <summary>The year that a day lies in.</summary>
    public static int YearOf(int day)
    {
        var year = (int)(((long)day * 400 / 146_097) + 1970);
        while (YearStart(year) > day)
        {
            year--;
        }
        while (YearStart(year + 1) <= day)
        {
            year++;
        }
        return year;
    }

    /// <summary>The month (1 to 12) of a zero-based day of the year.</summary>
    public static int MonthOf(bool leap, int dayOfYear)
    {
        var month = Math.Min((dayOfYear / 31) + 1, 12);
        while (month < 12 && DaysBeforeMonth(leap, month + 1) <= dayOfYear)
        {
            month++;
        }
        return month;
    }

    public static int FloorDiv(int value, int divisor) => (int)FloorDiv((long)value, divisor);

    public static long FloorDiv(long value, long divisor)
    {
        var quotient = value / divisor;
        return (value % divisor != 0) && ((value < 0) != (divisor < 0)) ? quotient - 1 : quotient;
    }

    public static long CeilDiv(long value, long divisor) => -FloorDiv(-value, divisor);

    public static long Gcd(long a, long b)
    {
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }
        return a;
    }
}
