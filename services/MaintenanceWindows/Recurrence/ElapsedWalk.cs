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
    private readonly DaySet _days = new(plan.Facts);
    private Dictionary<int, bool>? _reachable;
    private int[] _taken = plan.Taken;
    private int _inPeriod;
    private long _index;
    private long _period;
    private bool _checksEach;
    private bool? _isReachable;
    private ZoneStretch _stretch;
    private long _phase;

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long Current { get; private set; }

    /// <summary>Enters the walk at the first start at or after <paramref name="target"/>, never before the rule's own.</summary>
    public void Seek(long target)
    {
        target = Math.Max(target, plan.First);
        _index = CalendarMath.FloorDiv(target - plan.Anchor, plan.Stride);
        _period = plan.Anchor + (_index * plan.Stride);
        if (!plan.IsUnfiltered && !FindPeriod())
        {
            _period = Forever;
        }
        _inPeriod = -1;
        while (_inPeriod + 1 < _taken.Length && _period + _taken[_inPeriod + 1] < target)
        {
            _inPeriod++;
        }
    }

    public bool MoveNext()
    {
        while (_period <= last)
        {
            while (++_inPeriod < _taken.Length)
            {
                Current = _period + _taken[_inPeriod];
                if (!_checksEach || IsTaken(Current))
                {
                    return Current <= last;
                }
            }

            if (plan.Taken.Length == 0)
            {
                return false;
            }
            _inPeriod = -1;
            _period = plan.Anchor + (++_index * plan.Stride);
            if (!plan.IsUnfiltered && !FindPeriod())
            {
                _period = Forever;
            }
        }

        return false;
    }

    // Moves on to the first period, from the current one, whose local begin the rule takes.
    private bool FindPeriod()
    {
        for (var steps = 1; steps < MostSteps && _period <= last; steps++)
        {
            if (!_stretch.Holds(_period))
            {
                LoadStretch();
            }
            var local = _period + _stretch.Offset;
            var crossesChange = plan.Length > 1 && _period + plan.Length > _stretch.End;
            _checksEach = _phase != 0 || crossesChange;
            if (NextTaken(local) is not { } next)
            {
                return false;
            }
            if (crossesChange || next < local + (_checksEach ? plan.Length : 1))
            {
                return true;
            }
            var skipped = _phase == 0 ? CalendarMath.CeilDiv(next - local, plan.Stride) : Math.Max(1, (next - local) / plan.Stride);
            GoTo(steps < StepsBeforeProof || IsReachable(local) ? _index + skipped : long.MaxValue);
        }

        return false;
    }

    // Never beyond the first period after the next clock change: there the same clock time is another instant.
    private void GoTo(long wanted)
    {
        var afterChange = _stretch.End >= Forever ? Forever : CalendarMath.CeilDiv(_stretch.End - plan.Anchor, plan.Stride);
        _index = Math.Min(wanted, Math.Max(afterChange, _index + 1));
        _period = _index >= Forever ? Forever : plan.Anchor + (_index * plan.Stride);
    }

    private long? NextTaken(long local)
    {
        var day = CalendarMath.FloorDiv(local, CalendarMath.SecondsPerDay);
        var next = _days.Next((int)day);
        if (next == day)
        {
            var inDay = plan.Clock.Next((int)(local - (day * CalendarMath.SecondsPerDay)));
            if (inDay >= 0)
            {
                return (day * CalendarMath.SecondsPerDay) + inDay;
            }
            next = _days.Next((int)day + 1);
        }

        return next == DaySet.None ? null : ((long)next * CalendarMath.SecondsPerDay) + plan.Clock.Next(0);
    }

    // INTERVAL may keep the walk off every time of day that the rule names: odd minutes by even steps. Periods meet
    // exactly the times of day that are congruent to one of them by the greatest common divisor of step and day.
    private bool IsReachable(long local)
    {
        if (_phase != 0)
        {
            return true;
        }
        if (_isReachable is { } decided)
        {
            return decided;
        }
        var step = (int)CalendarMath.Gcd(plan.Stride, CalendarMath.SecondsPerDay);
        var residue = (int)(local - (CalendarMath.FloorDiv(local, step) * step));
        _reachable ??= [];
        if (_reachable.TryGetValue(residue, out var known))
        {
            return (_isReachable = known).Value;
        }
        var met = false;
        for (var second = plan.Clock.Next(residue); second >= 0 && !met; second = plan.Clock.Next(second + 1))
        {
            met = second % step == residue;
        }
        return (_isReachable = _reachable[residue] = met).Value;
    }

    private bool IsTaken(long unix)
    {
        var local = unix + (_stretch.Holds(unix) ? _stretch : zone.At(unix)).Offset;
        var day = CalendarMath.FloorDiv(local, CalendarMath.SecondsPerDay);
        var inDay = (int)(local - (day * CalendarMath.SecondsPerDay));
        return _days.Next((int)day) == day && plan.Clock.Next(inDay / plan.Length * plan.Length) == inDay / plan.Length * plan.Length;
    }

    private void LoadStretch()
    {
        _stretch = zone.At(_period);
        _isReachable = null;
        var begin = plan.Anchor + _stretch.Offset;
        var phaseNow = begin - (CalendarMath.FloorDiv(begin, plan.Length) * plan.Length);
        if (phaseNow == _phase)
        {
            return;
        }
        _phase = phaseNow;
        _taken = _phase == 0 ? plan.Taken : plan.Expand((int)_phase);
    }
}
