using NodaTime;
using NodaTime.TimeZones;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// Civil seconds to unix seconds in one zone. Remembers the stretch of civil time around the last answer in which the
/// offset is one and the same, so that a walk asks the zone twice a year. One instance serves one walk.
/// </summary>
internal sealed class ZoneMap(DateTimeZone zone, OverlapPolicy overlap)
{
    /// <summary>Stands for "no transition on that side"; far outside what a rule can name, and safe to add to.</summary>
    private const long Forever = 1L << 50;

    private long start;
    private ulong length;
    private long offset;

    /// <summary>Of the last gap: the civil second at which the clock goes on.</summary>
    public long GapEnd { get; private set; }

    /// <summary>Of the last gap: how many seconds it leaves out.</summary>
    public long GapLength { get; private set; }

    /// <summary>
    /// Maps a civil second. False when its day does not have it; <paramref name="unix"/> is then what the offset before
    /// the gap makes of it.
    /// </summary>
    public bool TryMap(long local, out long unix)
    {
        unix = local - offset;
        return (ulong)(local - start) < length || MapAnew(local, out unix);
    }

    private bool MapAnew(long local, out long unix)
    {
        var mapping = zone.MapLocal(Moments.ToLocal(local));
        var (early, late) = (mapping.EarlyInterval, mapping.LateInterval);
        switch (mapping.Count)
        {
            case 0:
                GapEnd = StartOf(late) + Offset(late);
                GapLength = Offset(late) - Offset(early);
                unix = local - Offset(early);
                return false;
            case 1:
                Remember(Math.Max(StartOf(early) + Offset(early), EndOfPrevious(early)), Math.Min(EndOf(early) + Offset(early), StartOfNext(early)), Offset(early));
                break;
            default:
                Remember(StartOf(late) + Offset(late), EndOf(early) + Offset(early), Offset(overlap == OverlapPolicy.First ? early : late));
                break;
        }

        unix = local - offset;
        return true;
    }

    private void Remember(long from, long until, long seconds)
    {
        start = from;
        length = (ulong)(until - from);
        offset = seconds;
    }

    private long EndOfPrevious(ZoneInterval interval) =>
        interval.HasStart ? StartOf(interval) + Offset(zone.GetZoneInterval(interval.Start - Duration.Epsilon)) : -Forever;

    private long StartOfNext(ZoneInterval interval) =>
        interval.HasEnd ? EndOf(interval) + Offset(zone.GetZoneInterval(interval.End)) : Forever;

    private static long StartOf(ZoneInterval interval) => interval.HasStart ? interval.Start.ToUnixTimeSeconds() : -Forever;

    private static long EndOf(ZoneInterval interval) => interval.HasEnd ? interval.End.ToUnixTimeSeconds() : Forever;

    private static long Offset(ZoneInterval interval) => interval.WallOffset.Seconds;
}
