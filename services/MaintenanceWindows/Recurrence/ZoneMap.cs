namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// Civil seconds to unix seconds in one zone. Remembers the stretch of civil time around the last answer in which the
/// offset is one and the same, so that a walk looks up the zone twice a year. One instance serves one walk.
/// </summary>
internal sealed class ZoneMap(ZoneOffsets zone, OverlapPolicy overlap)
{
    private long _start;
    private ulong _length;
    private long _offset;

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
        unix = local - _offset;
        return (ulong)(local - _start) < _length || MapAnew(local, out unix);
    }

    private bool MapAnew(long local, out long unix)
    {
        // No offset is a day: the stretch that holds the civil second begins to be looked for a day before.
        var before = zone.At(local - CalendarMath.SecondsPerDay - 1);
        var here = before;
        for (; local >= here.LocalEnd; here = zone.At(here.End))
        {
            before = here;
        }
        if (local < here.LocalStart)
        {
            GapEnd = here.LocalStart;
            GapLength = here.Offset - before.Offset;
            unix = local - before.Offset;
            return false;
        }

        before = here.Start == -ZoneStretch.Forever ? here : zone.At(here.Start - 1);
        var after = here.End == ZoneStretch.Forever ? here : zone.At(here.End);
        if (after != here && local >= after.LocalStart)
        {
            Remember(after.LocalStart, here.LocalEnd, (overlap == OverlapPolicy.First ? here : after).Offset);
        }
        else
        {
            Remember(before == here ? here.LocalStart : Math.Max(here.LocalStart, before.LocalEnd), after == here
                ? here.LocalEnd
                : Math.Min(here.LocalEnd, after.LocalStart), here.Offset);
        }
        unix = local - _offset;
        return true;
    }

    private void Remember(long from, long until, long seconds)
    {
        _start = from;
        _length = (ulong)(until - from);
        _offset = seconds;
    }
}
