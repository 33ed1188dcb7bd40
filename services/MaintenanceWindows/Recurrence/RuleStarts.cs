using System.Collections.Immutable;
using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// A rule worked out for one start in one zone. Immutable for its users; walks over it are entered anywhere without
/// passing what lies before. COUNT is the exception: its last start is counted out once, at the first need, and kept.
/// </summary>
internal sealed class RuleStarts
{
    /// <summary>The greatest COUNT whose end is found by counting; it takes some hundredths of a second.</summary>
    public const int MostCounted = 500_000;

    private const long SlackSeconds = 2 * CalendarMath.SecondsPerDay;
    private const long Unknown = long.MinValue;
    private readonly ZoneRules _rules;
    private readonly RuleFacts _facts;
    private readonly ElapsedPlan? _elapsed;
    private readonly PeriodShapes? _shapes;
    private readonly long _startLocal;
    private readonly int _startDay;
    private readonly long _until;
    private long _last = Unknown;
    private long _firstHeld = Unknown;

    public RuleStarts(RecurrenceRule rule, CivilTime start, ZoneRules rules)
    {
        _rules = rules;
        Rule = rule;
        _startLocal = start.Seconds;
        _startDay = (int)CalendarMath.FloorDiv(_startLocal, CalendarMath.SecondsPerDay);
        _facts = new RuleFacts(rule, start.Value.Date);
        _until = rule.Until is { } bound ? Resolve(bound) : CalendarMath.LastSecond;
        First = Resolve(start);
        if (rule.IsSubDaily)
        {
            _elapsed = new ElapsedPlan(rule, _facts, _startLocal, First);
        }
        else
        {
            var times = start.Form == CivilForm.Date ? [0] : TimesOfDay(rule, start.Value.TimeOfDay);
            _shapes = new PeriodShapes(_facts, times);
        }
    }

    public RecurrenceRule Rule { get; }

    /// <summary>Unix second of the start, held or not.</summary>
    public long First { get; }

    /// <summary>Unix second of the first start that the rule holds; null when it holds none.</summary>
    public long? FirstHeld
    {
        get
        {
            if (_firstHeld == Unknown)
            {
                _firstHeld = Enter(First, new StartLimits(_until, 1)) is var walk && walk.MoveNext() ? walk.Current : long.MaxValue;
            }
            return _firstHeld == long.MaxValue ? null : _firstHeld;
        }
    }

    /// <summary>Whether the last start of COUNT is too far to be counted out.</summary>
    public bool CountIsTooGreat =>
        Rule.Count is > MostCounted and var count && _elapsed is not { IsUnfiltered: true } && count <= MostPossible;

    /// <summary>Whether COUNT starts lie before the year 10000; true without COUNT.</summary>
    public bool ReachesCount => Rule.Count is null || Last != NeverReached(_until);

    /// <summary>The last unix second at which the rule may start anything: UNTIL, or the last start of COUNT.</summary>
    public long Last => _last != Unknown ? _last : _last = Rule.Count is { } count ? LastOf(count) : _until;

    /// <summary>Seconds within which a rule that holds something holds it in most cases: where to look first.</summary>
    public long TypicalGap => Rule.Interval * (Rule.Frequency switch
    {
        Frequency.Secondly => 60L,
        Frequency.Minutely => 3600,
        Frequency.Hourly => CalendarMath.SecondsPerDay,
        Frequency.Daily => CalendarMath.SecondsPerDay,
        Frequency.Weekly => 7 * CalendarMath.SecondsPerDay,
        Frequency.Monthly => 31 * CalendarMath.SecondsPerDay,
        Frequency.Yearly => 366 * CalendarMath.SecondsPerDay,
        _ => throw new InvalidOperationException($"No such frequency: {Rule.Frequency}."),
    });

    /// <summary>A walk that finds every start from one unix second to another; the first few may lie before.</summary>
    public StartWalk Between(long from, long to, List<GapEvent>? log = null)
    {
        if (to < First || (log is null && (FirstHeld is not { } held || to < held)))
        {
            return StartWalk.Empty;
        }
        return from <= First
            ? Enter(First, new StartLimits(Math.Min(to, _until), Rule.Count ?? long.MaxValue, log))
            : Enter(from, new StartLimits(Math.Min(to, Last), long.MaxValue, log));
    }

    private StartWalk Enter(long unix, StartLimits limits)
    {
        var map = _rules.Map();
        if (_elapsed is not null)
        {
            var steps = new ElapsedWalk(_elapsed, _rules.Offsets, limits.Last);
            steps.Seek(unix);
            return new StartWalk(steps, map, limits);
        }

        // No zone is further from UTC than a day, and no gap is longer.
        var lastLocal = Math.Min(limits.Last + SlackSeconds, CalendarMath.LastSecond);
        var periods = Periods.Create(_facts, _shapes!, _startDay, (int)CalendarMath.FloorDiv(lastLocal, CalendarMath.SecondsPerDay));
        var civil = new CivilWalk(periods, _startLocal, lastLocal);
        civil.Seek(unix <= First ? _startLocal : LocalBefore(unix));
        return new StartWalk(civil, map, _rules.Gap, limits);
    }

    // Near a clock change a civil time may lie on the far side of the instant that it maps to: begin at the earlier.
    private long LocalBefore(long unix)
    {
        var here = _rules.Offsets.At(unix);
        var offset = here.Offset;
        if (unix - here.Start < CalendarMath.SecondsPerDay)
        {
            offset = Math.Min(offset, _rules.Offsets.At(here.Start - 1).Offset);
        }
        if (here.End - unix <= CalendarMath.SecondsPerDay)
        {
            offset = Math.Min(offset, _rules.Offsets.At(here.End).Offset);
        }
        return unix + offset;
    }

    private long LastOf(int count)
    {
        if (_elapsed is { IsUnfiltered: true })
        {
            return First + ((Int128)_elapsed.Stride * (count - 1)) is var end && end <= _until ? (long)end : NeverReached(_until);
        }
        if (count > MostPossible)
        {
            return NeverReached(_until);
        }
        var walk = Enter(First, new StartLimits(_until, count));
        var held = 0;
        for (; held < count && walk.MoveNext(); held++)
        {
            _firstHeld = held == 0 ? walk.Current : _firstHeld;
        }
        return held == count ? walk.Current : NeverReached(_until);
    }

    // COUNT forbids UNTIL, so that this bound is the end of the calendar, one second on to tell it from a start there.
    private static long NeverReached(long until) => until + 1;

    private long MostPossible => _elapsed is null
        ? (CalendarMath.LastSecond - _startLocal + CalendarMath.SecondsPerDay) / CalendarMath.SecondsPerDay * _shapes!.TimesInDay
        : long.MaxValue;

    private long Resolve(CivilTime time)
    {
        if (time.Form == CivilForm.Utc)
        {
            return time.Seconds;
        }
        _rules.Map().TryMap(time.Seconds, out var unix);
        return unix;
    }

    private static int[] TimesOfDay(RecurrenceRule rule, LocalTime start)
    {
        static ImmutableArray<int> Or(ImmutableArray<int> listed, int implied) => listed.IsEmpty ? [implied] : listed;
        var (minutes, seconds) = (Or(rule.ByMinute, start.Minute), Or(rule.BySecond, start.Second));
        return [.. from hour in Or(
            rule.ByHour, start.Hour) from minute in minutes from second in seconds select (hour * 3600) + (minute * 60) + second];
    }
}
