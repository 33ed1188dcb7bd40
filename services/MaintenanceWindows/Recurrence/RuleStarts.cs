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
    public const int MostCounted = 5_000_000;

    private const long Unknown = long.MinValue;
    private readonly DateTimeZone zone;
    private readonly GapPolicy gapPolicy;
    private readonly OverlapPolicy overlapPolicy;
    private readonly RuleFacts facts;
    private readonly ElapsedPlan? elapsed;
    private readonly PeriodShapes? shapes;
    private readonly long startLocal;
    private readonly int startDay;
    private readonly long until;
    private readonly int timesInDay;
    private long last = Unknown;

    public RuleStarts(RecurrenceRule rule, CivilTime start, ZoneRules rules)
    {
        (zone, gapPolicy, overlapPolicy) = rules;
        Rule = rule;
        startLocal = start.Seconds;
        startDay = (int)CalendarMath.FloorDiv(startLocal, CalendarMath.SecondsPerDay);
        facts = new RuleFacts(rule, start.Value.Date);
        until = rule.Until is { } bound ? Resolve(bound) : CalendarMath.LastSecond;
        First = Resolve(start);
        if (rule.IsSubDaily)
        {
            elapsed = new ElapsedPlan(rule, facts, startLocal, First);
        }
        else
        {
            var times = start.Form == CivilForm.Date ? [0] : TimesOfDay(rule, start.Value.TimeOfDay);
            shapes = new PeriodShapes(facts, times);
            timesInDay = times.Length;
        }
    }

    public RecurrenceRule Rule { get; }

    /// <summary>Unix second of the start, held or not.</summary>
    public long First { get; }

    /// <summary>Whether the last start of COUNT is too far to be counted out.</summary>
    public bool CountIsTooGreat => Rule.Count > MostCounted && (elapsed is { IsUnfiltered: false } || timesInDay > 1);

    /// <summary>The last unix second at which the rule may start anything: UNTIL, or the last start of COUNT.</summary>
    public long Last => last != Unknown ? last : last = Rule.Count is { } count ? LastOf(count) : until;

    /// <summary>Whether COUNT starts lie before the year 10000; true without COUNT.</summary>
    public bool ReachesCount
    {
        get
        {
            if (Rule.Count is not { } count)
                return true;
            if (elapsed is { IsUnfiltered: true })
                return LastByArithmetic(count) <= CalendarMath.LastSecond;
            var walk = Enter(First, new StartLimits(until, count));
            var held = 0;
            while (walk.MoveNext())
                held++;
            return held == count;
        }
    }

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

    /// <summary>A walk that finds every start at or after a unix second; the first few may lie before it.</summary>
    public StartWalk From(long unix, List<GapEvent>? log = null) => unix <= First
        ? Enter(First, new StartLimits(until, Rule.Count ?? long.MaxValue, log))
        : Enter(unix, new StartLimits(Last, long.MaxValue, log));

    private StartWalk Enter(long unix, StartLimits limits)
    {
        var map = new ZoneMap(zone, overlapPolicy);
        if (elapsed is not null)
        {
            var steps = new ElapsedWalk(elapsed, zone);
            steps.Seek(unix);
            return new StartWalk(steps, map, limits);
        }

        var civil = new CivilWalk(Periods.Create(facts, shapes!, startDay), startLocal);
        civil.Seek(unix <= First ? startLocal : LocalBefore(unix));
        return new StartWalk(civil, map, gapPolicy, limits);
    }

    // Near a clock change a civil time may lie on the far side of the instant that it maps to: begin at the earlier.
    private long LocalBefore(long unix)
    {
        long OffsetAt(long second) => zone.GetUtcOffset(Instant.FromUnixTimeSeconds(Math.Min(second, CalendarMath.LastSecond))).Seconds;
        var around = Math.Min(OffsetAt(unix - CalendarMath.SecondsPerDay), OffsetAt(unix + CalendarMath.SecondsPerDay));
        return unix + Math.Min(around, OffsetAt(unix));
    }

    private long LastOf(int count)
    {
        if (elapsed is { IsUnfiltered: true })
            return (long)Int128.Min(until, LastByArithmetic(count));
        var walk = Enter(First, new StartLimits(until, count));
        var found = First - 1;
        for (var counted = 0; counted < count && walk.MoveNext(); counted++)
            found = walk.Current;
        return found;
    }

    private Int128 LastByArithmetic(int count) => First + ((Int128)elapsed!.Stride * (count - 1));

    private long Resolve(CivilTime time)
    {
        if (time.Form == CivilForm.Utc)
            return time.Seconds;
        new ZoneMap(zone, overlapPolicy).TryMap(time.Seconds, out var unix);
        return unix;
    }

    private static int[] TimesOfDay(RecurrenceRule rule, LocalTime start)
    {
        static ImmutableArray<int> Or(ImmutableArray<int> listed, int implied) => listed.IsEmpty ? [implied] : listed;
        var (minutes, seconds) = (Or(rule.ByMinute, start.Minute), Or(rule.BySecond, start.Second));
        return [.. from hour in Or(rule.ByHour, start.Hour) from minute in minutes from second in seconds select (hour * 3600) + (minute * 60) + second];
    }
}
