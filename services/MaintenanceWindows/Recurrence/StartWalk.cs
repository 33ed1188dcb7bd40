using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The starts of a rule as unix seconds, ascending, each once, up to a last one. Civil starts are mapped into the zone
/// here; those in a gap are shifted or left out. Nothing is allocated for a start outside a gap.
/// </summary>
internal sealed class StartWalk
{
    /// <summary>How many left-out starts a log is told of one by one; beyond, gaps are jumped over.</summary>
    private const int MostLogged = 1000;

    private readonly CivilWalk? _civil;
    private readonly ElapsedWalk? _elapsed;
    private readonly ZoneMap _map;
    private readonly GapPolicy _gapPolicy;
    private readonly long _last;
    private readonly List<GapEvent>? _log;
    private readonly List<(long Unix, long Local)> _gathered = [];
    private int _nextGathered;
    private long _left;

    public StartWalk(CivilWalk civil, ZoneMap map, GapPolicy gapPolicy, StartLimits limits)
        : this(map, gapPolicy, limits) => _civil = civil;

    public StartWalk(ElapsedWalk elapsed, ZoneMap map, StartLimits limits)
        : this(map, GapPolicy.Shift, limits) => _elapsed = elapsed;

    private StartWalk() => _map = new ZoneMap(ZoneOffsets.Of(DateTimeZone.Utc), OverlapPolicy.First);

    private StartWalk(ZoneMap map, GapPolicy gapPolicy, StartLimits limits)
    {
        _map = map;
        _gapPolicy = gapPolicy;
        (_last, _left, _log) = limits;
    }

    /// <summary>The walk over nothing.</summary>
    public static StartWalk Empty { get; } = new();

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long Current { get; private set; }

    public bool MoveNext()
    {
        if (_left <= 0 || !Advance() || Current > _last)
        {
            _left = 0;
            return false;
        }

        _left--;
        return true;
    }

    private bool Advance()
    {
        if (_elapsed is not null)
        {
            var found = _elapsed.MoveNext();
            Current = _elapsed.Current;
            return found;
        }

        if (_nextGathered < _gathered.Count)
        {
            return Take();
        }
        while (_civil!.MoveNext())
        {
            if (_map.TryMap(_civil.Current, out var unix))
            {
                Current = unix;
                return true;
            }

            if (_gapPolicy == GapPolicy.Shift)
            {
                return Gather(_civil, unix);
            }
            LeaveOut(_civil, unix);
        }

        return _nextGathered < _gathered.Count && Take();
    }

    private void LeaveOut(CivilWalk walk, long unix)
    {
        if (_log is null || _log.Count >= MostLogged)
        {
            walk.Seek(_map.GapEnd);
        }
        else
        {
            _log.Add(new GapEvent(GapOutcome.Skipped, walk.Current, unix));
        }
    }

    // A shifted start may pass others, or meet them, that stand after the gap: the two stretches are put in order together.
    private bool Gather(CivilWalk walk, long unix)
    {
        _gathered.Clear();
        _nextGathered = 0;
        _gathered.Add((unix, walk.Current));
        var until = _map.GapEnd + _map.GapLength;
        while (walk.MoveNext())
        {
            var exists = _map.TryMap(walk.Current, out var mapped);
            _gathered.Add((mapped, walk.Current));
            if (exists && walk.Current >= until)
            {
                break;
            }
        }

        _gathered.Sort();
        return Take();
    }

    private bool Take()
    {
        Current = _gathered[_nextGathered].Unix;
        var merged = false;
        for (; _nextGathered < _gathered.Count && _gathered[_nextGathered].Unix == Current; _nextGathered++)
        {
            Report(_gathered[_nextGathered], merged);
            merged = true;
        }

        return true;
    }

    private void Report((long Unix, long Local) start, bool merged)
    {
        if (_log is not null && !_map.TryMap(start.Local, out _))
        {
            _log.Add(new GapEvent(GapOutcome.Shifted, start.Local, start.Unix));
        }
        if (_log is not null && merged)
        {
            _log.Add(new GapEvent(GapOutcome.Merged, start.Local, start.Unix));
        }
    }
}
