using System.Collections.Immutable;
using System.Numerics;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A set of times of day, given by its hours, minutes and seconds as bits.</summary>
internal readonly struct ClockSet(ulong hours, ulong minutes, ulong seconds)
{
    private const ulong AllHours = (1UL << 24) - 1;
    private const ulong AllSixty = (1UL << 60) - 1;

    private readonly int _firstMinute = BitOperations.TrailingZeroCount(minutes) * 60;
    private readonly int _firstSecond = BitOperations.TrailingZeroCount(seconds);

    /// <summary>The set of the given lists; an empty list takes everything.</summary>
    public static ClockSet Of(ImmutableArray<int> hours, ImmutableArray<int> minutes, ImmutableArray<int> seconds) =>
        new(Bits(hours, AllHours), Bits(minutes, AllSixty), Bits(seconds, AllSixty));

    /// <summary>The first second of the day in the set at or after <paramref name="second"/>, or -1.</summary>
    public int Next(int second)
    {
        var (hour, inHour) = Math.DivRem(second, 3600);
        if (hour < 24 && (hours >> hour & 1) == 1)
        {
            var (minute, inMinute) = Math.DivRem(inHour, 60);
            if ((minutes >> minute & 1) == 1 && NextBit(seconds, inMinute) is >= 0 and var s)
            {
                return second - inMinute + s;
            }
            if (NextBit(minutes, minute + 1) is >= 0 and var m)
            {
                return (hour * 3600) + (m * 60) + _firstSecond;
            }
        }

        return NextBit(hours, hour + 1) is >= 0 and var h ? (h * 3600) + _firstMinute + _firstSecond : -1;
    }

    private static int NextBit(ulong set, int from)
    {
        var rest = from > 63 ? 0 : set & (ulong.MaxValue << from);
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    private static ulong Bits(ImmutableArray<int> values, ulong all) =>
        values.IsEmpty ? all : values.Aggregate(0UL, (set, value) => set | 1UL << value);
}
