namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The civil starts of a rule whose periods are days or longer, ascending, in seconds by the clock since 1970, from
/// any point on up to a last second. No zone is known here, and nothing is allocated for a start.
/// </summary>
internal sealed class CivilWalk(Periods periods, long first, long last)
{
    private readonly int[] _times = periods.Times;
    private int[] _offsets = [];
    private long _index;
    private long _dayBase;
    private int _day;
    private int _time;
    private bool _ended;

    /// <summary>The start that the last <see cref="MoveNext"/> found.</summary>
    public long Current { get; private set; }

    /// <summary>
    /// Enters the walk so that the next start is the first at or after <paramref name="target"/>, never before the rule's own.
    /// </summary>
    public void Seek(long target)
    {
        target = Math.Max(target, first);
        _index = periods.IndexBefore((int)CalendarMath.FloorDiv(target, CalendarMath.SecondsPerDay));
        while (LoadPeriod())
        {
            if (Enter(target))
            {
                return;
            }
            _index++;
        }
    }

    public bool MoveNext()
    {
        if (++_time < _times.Length)
        {
            Current = _dayBase + _times[_time];
            return Current <= last;
        }

        if (++_day >= _offsets.Length)
        {
            if (_ended)
            {
                return false;
            }
            _index++;
            if (!LoadPeriod())
            {
                return false;
            }
            _day = 0;
        }

        _time = 0;
        _dayBase = periods.Base + _offsets[_day];
        Current = _dayBase + _times[0];
        return Current <= last;
    }

    private bool LoadPeriod()
    {
        _ended = !periods.TryLoad(ref _index);
        _offsets = _ended ? [] : periods.Offsets;
        (_day, _time) = (-1, _times.Length);
        return !_ended;
    }

    // Places the walk just before the first start of the loaded period that is not before the target.
    private bool Enter(long target)
    {
        var found = Array.BinarySearch(_offsets, (int)Math.Clamp(target - periods.Base, int.MinValue, int.MaxValue));
        _day = found >= 0 ? found : ~found;
        // The day before may still have times left.
        if (_day > 0 && periods.Base + _offsets[_day - 1] + _times[^1] >= target)
        {
            _day--;
        }
        if (_day == _offsets.Length)
        {
            return false;
        }
        _dayBase = periods.Base + _offsets[_day];
        var inDay = Array.BinarySearch(_times, (int)Math.Clamp(target - _dayBase, -1, CalendarMath.SecondsPerDay));
        _time = (inDay >= 0 ? inDay : ~inDay) - 1;
        return true;
    }
}
