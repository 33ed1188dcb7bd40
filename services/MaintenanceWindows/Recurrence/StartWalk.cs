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

    private readonly CivilWalk? civil;
    private readonly ElapsedWalk? elapsed;
    private readonly ZoneMap map;
    private readonly GapPolicy gapPolicy;
    private readonly long last;
    private readonly List<GapEvent>? log;
    private readonly List<(long Unix, long Local)> gathered = [];
    private int nextGathered;
    private long left;

    public StartWalk(CivilWalk civil, ZoneMap map, GapPolicy gapPolicy, StartLimits limits)
        : this(map, gapPolicy, limits) => this.civil = civil;

    public StartWalk(ElapsedWalk elapsed, ZoneMap map, StartLimits limits)
        : this(map, GapPolicy.Shift, limits) => this.elapsed = elapsed;

    private StartWalk() => map = new ZoneMap(ZoneOffsets.Of(DateTimeZone.Utc), OverlapPolicy.First);

    private StartWalk(ZoneMap map, GapPolicy gapPolicy, StartLimits limits)
    {
        this.map = map;
        this.gapPolicy = gapPolicy;
        (last, left, log) = limits;
    }

    /// <summary>The walk over nothing.</summary>
    public static StartWalk Empty { get; } = new();

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long Current { get; private set; }

    public bool MoveNext()
    {
        if (left <= 0 || !Advance() || Current > last)
        {
            left = 0;
            return false;
        }

        left--;
        return true;
    }

    private bool Advance()
    {
        if (elapsed is not null)
        {
            var found = elapsed.MoveNext();
            Current = elapsed.Current;
            return found;
        }

        if (nextGathered < gathered.Count)
            return Take();
        while (civil!.MoveNext())
        {
            if (map.TryMap(civil.Current, out var unix))
            {
                Current = unix;
                return true;
            }

            if (gapPolicy == GapPolicy.Shift)
                return Gather(civil, unix);
            LeaveOut(civil, unix);
        }

        return nextGathered < gathered.Count && Take();
    }

    private void LeaveOut(CivilWalk walk, long unix)
    {
        if (log is null || log.Count >= MostLogged)
            walk.Seek(map.GapEnd);
        else
            log.Add(new GapEvent(GapOutcome.Skipped, walk.Current, unix));
    }

    // A shifted start may pass others, or meet them, that stand after the gap: the two stretches are put in order together.
    private bool Gather(CivilWalk walk, long unix)
    {
        gathered.Clear();
        nextGathered = 0;
        gathered.Add((unix, walk.Current));
        var until = map.GapEnd + map.GapLength;
        while (walk.MoveNext())
        {
            var exists = map.TryMap(walk.Current, out var mapped);
            gathered.Add((mapped, walk.Current));
            if (exists && walk.Current >= until)
                break;
        }

        gathered.Sort();
        return Take();
    }

    private bool Take()
    {
        Current = gathered[nextGathered].Unix;
        var merged = false;
        for (; nextGathered < gathered.Count && gathered[nextGathered].Unix == Current; nextGathered++)
        {
            Report(gathered[nextGathered], merged);
            merged = true;
        }

        return true;
    }

    private void Report((long Unix, long Local) start, bool merged)
    {
        if (log is not null && !map.TryMap(start.Local, out _))
            log.Add(new GapEvent(GapOutcome.Shifted, start.Local, start.Unix));
        if (log is not null && merged)
            log.Add(new GapEvent(GapOutcome.Merged, start.Local, start.Unix));
    }
}
