using System.Collections.Concurrent;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A stretch of time with one offset: unix seconds, <paramref name="End"/> exclusive, and the offset in seconds.</summary>
internal readonly record struct ZoneStretch(long Start, long End, int Offset)
{
    /// <summary>Stands for "no clock change on that side"; far outside what a rule can name, and safe to add to.</summary>
    public const long Forever = 1L << 50;

    public long LocalStart => Start + Offset;

    public long LocalEnd => End + Offset;

    public bool Holds(long unix) => unix >= Start && unix < End;
}

/// <summary>
/// A zone's clock changes as an array, from NodaTime's database. From 2100 on every zone follows yearly rules, so that
/// its changes repeat with the calendar every 400 years: those four centuries stand for all later ones. Built once for
/// a zone, the later part at its first need.
/// </summary>
internal sealed class ZoneOffsets
{
    private const long Cycle = 146_097L * CalendarMath.SecondsPerDay;
    private static readonly long Fold = Instant.FromUtc(2100, 1, 1, 0, 0).ToUnixTimeSeconds();
    private static readonly ConcurrentDictionary<DateTimeZone, ZoneOffsets> Known = [];

    private readonly ZoneStretch[] _early;
    private readonly Lazy<ZoneStretch[]> _late;

    private ZoneOffsets(DateTimeZone zone)
    {
        _early = Build(zone, CalendarMath.FirstSecond - (2 * CalendarMath.SecondsPerDay), Fold);
        _late = new Lazy<ZoneStretch[]>(() => Build(zone, Fold, Fold + Cycle));
    }

    /// <summary>The changes of a zone.</summary>
    public static ZoneOffsets Of(DateTimeZone zone) => Known.GetOrAdd(zone, static key => new ZoneOffsets(key));

    /// <summary>The stretch that a unix second lies in.</summary>
    public ZoneStretch At(long unix)
    {
        if (unix < Fold)
        {
            return Find(_early, unix);
        }
        var cycles = (unix - Fold) / Cycle * Cycle;
        var found = Find(_late.Value, unix - cycles);
        return found.End == ZoneStretch.Forever ? found : new ZoneStretch(found.Start + cycles, found.End + cycles, found.Offset);
    }

    private static ZoneStretch[] Build(DateTimeZone zone, long from, long until) =>
    [
        .. zone.GetZoneIntervals(
            Instant.FromUnixTimeSeconds(from), Instant.FromUnixTimeSeconds(until + 1)).Select(interval => new ZoneStretch(
            interval.HasStart ? interval.Start.ToUnixTimeSeconds() : -ZoneStretch.Forever,
            interval.HasEnd ? interval.End.ToUnixTimeSeconds() : ZoneStretch.Forever,
            interval.WallOffset.Seconds)),
    ];

    private static ZoneStretch Find(ZoneStretch[] stretches, long unix)
    {
        var (low, high) = (0, stretches.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (stretches[middle].Start <= unix)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return stretches[low];
    }
}
