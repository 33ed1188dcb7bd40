namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The starts of a rule that repeats within the day, ascending, as unix seconds, from any point on up to a
/// last second. Periods that the clock rules out are jumped over, not tried: a rule that takes one second a year costs a
/// few steps a year.
/// </summary>
internal sealed class ElapsedWalk(ElapsedPlan plan, ZoneOffsets zone, long last)
{
    private const long Forever = ZoneStretch.Forever;

    // Far more than any rule needs that still finds something: a stop for what the reasoning above has missed.
    private const int MostSteps = 20_000_000;

    // The first few jumps find it, in rules that find anything soon; only then is it worth asking whether any can.
    private const int StepsBeforeProof = 4;
    private readonly DaySet days = new(plan.Facts);
    private Dictionary<int, bool>? reachable;
    private int[] taken = plan.Taken;
    private int inPeriod;
    private long index;
    private long period;
    private bool checksEach;
    private bool? isReachable;
    private ZoneStretch stretch;
    private long phase;

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long Current { get; private set; }

    /// <summary>Enters the walk at the first start at or after <paramref name="target"/>, never before the rule's own.</summary>
    public void Seek(long target)
    {
        target = Math.Max(target, plan.First);
        index = CalendarMath.FloorDiv(target - plan.Anchor, plan.Stride);
        period = plan.Anchor + (index * plan.Stride);
        if (!plan.IsUnfiltered && !FindPeriod())
            period = Forever;
        inPeriod = -1;
        while (inPeriod + 1 < taken.Length && period + taken[inPeriod + 1] < target)
            inPeriod++;
    }

    public bool MoveNext()
    {
        while (period <= last)
        {
            while (++inPeriod < taken.Length)
            {
                Current = period + taken[inPeriod];
                if (!checksEach || IsTaken(Current))
                    return Current <= last;
            }

            if (plan.Taken.Length == 0)
                return false;
            inPeriod = -1;
            period = plan.Anchor + (++index * plan.Stride);
            if (!plan.IsUnfiltered && !FindPeriod())
                period = Forever;
        }

        return false;
    }

    // Moves on to the first period, from the current one, whose local begin the rule takes.
    private bool FindPeriod()
    {
        for (var steps = 1; steps < MostSteps && period <= last; steps++)
        {
            if (!stretch.Holds(period))
                LoadStretch();
            var local = period + stretch.Offset;
            var crossesChange = plan.Length > 1 && period + plan.Length > stretch.End;
            checksEach = phase != 0 || crossesChange;
            if (NextTaken(local) is not { } next)
                return false;
            if (crossesChange || next < local + (checksEach ? plan.Length : 1))
                return true;
            var skipped = phase == 0 ? CalendarMath.CeilDiv(next - local, plan.Stride) : Math.Max(1, (next - local) / plan.Stride);
            GoTo(steps < StepsBeforeProof || IsReachable(local) ? index + skipped : long.MaxValue);
        }

        return false;
    }

    // Never beyond the first period after the next clock change: there the same clock time is another instant.
    private void GoTo(long wanted)
    {
        var afterChange = stretch.End >= Forever ? Forever : CalendarMath.CeilDiv(stretch.End - plan.Anchor, plan.Stride);
        index = Math.Min(wanted, Math.Max(afterChange, index + 1));
        period = index >= Forever ? Forever : plan.Anchor + (index * plan.Stride);
    }

    private long? NextTaken(long local)
    {
        var day = CalendarMath.FloorDiv(local, CalendarMath.SecondsPerDay);
        var next = days.Next((int)day);
        if (next == day)
        {
            var inDay = plan.Clock.Next((int)(local - (day * CalendarMath.SecondsPerDay)));
            if (inDay >= 0)
                return (day * CalendarMath.SecondsPerDay) + inDay;
            next = days.Next((int)day + 1);
        }

        return next == DaySet.None ? null : ((long)next * CalendarMath.SecondsPerDay) + plan.Clock.Next(0);
    }

    // INTERVAL may keep the walk off every time of day that the rule names: odd minutes by even steps. Periods meet
    // exactly the times of day that are congruent to one of them by the greatest common divisor of step and day.
    private bool IsReachable(long local)
    {
        if (phase != 0)
            return true;
        if (isReachable is { } decided)
            return decided;
        var step = (int)CalendarMath.Gcd(plan.Stride, CalendarMath.SecondsPerDay);
        var residue = (int)(local - (CalendarMath.FloorDiv(local, step) * step));
        reachable ??= [];
        if (reachable.TryGetValue(residue, out var known))
            return (isReachable = known).Value;
        var met = false;
        for (var second = plan.Clock.Next(residue); second >= 0 && !met; second = plan.Clock.Next(second + 1))
            met = second % step == residue;
        return (isReachable = reachable[residue] = met).Value;
    }

    private bool IsTaken(long unix)
    {
        var local = unix + (stretch.Holds(unix) ? stretch : zone.At(unix)).Offset;
        var day = CalendarMath.FloorDiv(local, CalendarMath.SecondsPerDay);
        var inDay = (int)(local - (day * CalendarMath.SecondsPerDay));
        return days.Next((int)day) == day && plan.Clock.Next(inDay / plan.Length * plan.Length) == inDay / plan.Length * plan.Length;
    }

    private void LoadStretch()
    {
        stretch = zone.At(period);
        isReachable = null;
        var begin = plan.Anchor + stretch.Offset;
        var phaseNow = begin - (CalendarMath.FloorDiv(begin, plan.Length) * plan.Length);
        if (phaseNow == phase)
            return;
        phase = phaseNow;
        taken = phase == 0 ? plan.Taken : plan.Expand((int)phase);
    }
}
