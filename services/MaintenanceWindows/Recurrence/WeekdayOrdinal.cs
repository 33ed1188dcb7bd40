using System.Globalization;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>One value of BYDAY: <c>TU</c> (ordinal 0: every one), <c>2TU</c> or <c>-1FR</c>.</summary>
internal readonly record struct WeekdayOrdinal(int Ordinal, IsoDayOfWeek Day)
{
    private static readonly string[] Codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>Monday is 0: the day of the week as the integer arithmetic counts it.</summary>
    public int Index => (int)Day - 1;

    /// <summary>The two letters of a day of the week.</summary>
    public static string Code(IsoDayOfWeek day) => Codes[(int)day - 1];

    /// <summary>The day that two letters name, in either case; None when they name none.</summary>
    public static IsoDayOfWeek FromCode(ReadOnlySpan<char> code)
    {
        for (var i = 0; i < Codes.Length; i++)
        {
            if (code.Equals(Codes[i], StringComparison.OrdinalIgnoreCase))
            {
                return (IsoDayOfWeek)(i + 1);
            }
        }

        return IsoDayOfWeek.None;
    }

    public override string ToString() =>
        Ordinal == 0 ? Code(Day) : Ordinal.ToString(CultureInfo.InvariantCulture) + Code(Day);
}
