using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>BYSETPOS: the n-th of a period's starts, counted from either end.</summary>
internal static class Positions
{
    /// <summary>
    /// The positions taken from every day's every time, ascending. By arithmetic: a year of seconds is never listed.
    /// </summary>
    public static int[] Pick(int[] days, int[] times, ImmutableArray<int> positions)
    {
        var size = (long)days.Length * times.Length;
        return
        [
            .. positions
                .Select(position => position > 0 ? position - 1 : size + position)
                .Where(index => index >= 0 && index < size)
                .Distinct()
                .Order()
                .Select(index => days[index / times.Length] + times[index % times.Length]),
        ];
    }
}
