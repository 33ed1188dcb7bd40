namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The civil starts of a rule whose periods are days or longer, ascending, in seconds by the clock since 1970, from
/// any point on up to a last second. No zone is known here, and nothing is allocated for a start.
/// </summary>
internal sealed class CivilWalk(Periods periods, long first, long last)
{
    private readonly int[] times = periods.Times;
    private int[] offsets = [];
    private long index;
    private long dayBase;
    private int day;
    private int time;
    private bool ended;

    /// <summary>The start that the last <see cref="MoveNext"/> found.</summary>
    public long Current { get; private set; }

    /// <summary>Enters the walk so that the next start is the first at or after <paramref name="target"/>, never before the rule's own.</summary>
    public void Seek(long target)
    {
        target = Math.Max(target, first);
        index = periods.IndexBefore((int)CalendarMath.FloorDiv(target, CalendarMath.SecondsPerDay));
        while (LoadPeriod())
        {
            if (Enter(target))
                return;
            index++;
        }
    }

    public bool MoveNext()
    {
        if (++time < times.Length)
        {
            Current = dayBase + times[time];
            return Current <= last;
        }

        if (++day >= offsets.Length)
        {
            if (ended)
                return false;
            index++;
            if (!LoadPeriod())
                return false;
            day = 0;
        }

        time = 0;
        dayBase = periods.Base + offsets[day];
        Current = dayBase + times[0];
        return Current <= last;
    }

    private bool LoadPeriod()
    {
        ended = !periods.TryLoad(ref index);
        offsets = ended ? [] : periods.Offsets;
        (day, time) = (-1, times.Length);
        return !ended;
    }

    // Places the walk just before the first start of the loaded period that is not before the target.
    private bool Enter(long target)
    {
        var found = Array.BinarySearch(offsets, (int)Math.Clamp(target - periods.Base, int.MinValue, int.MaxValue));
        day = found >= 0 ? found : ~found;
        // The day before may still have times left.
        if (day > 0 && periods.Base + offsets[day - 1] + times[^1] >= target)
            day--;
        if (day == offsets.Length)
            return false;
        dayBase = periods.Base + offsets[day];
        var inDay = Array.BinarySearch(times, (int)Math.Clamp(target - dayBase, -1, CalendarMath.SecondsPerDay));
        time = (inDay >= 0 ? inDay : ~inDay) - 1;
        return true;
    }
}
