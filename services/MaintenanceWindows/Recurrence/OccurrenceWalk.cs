using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>The occurrences of a <see cref="RecurrenceSet"/> by start, each once: the rule's and the RDATEs', without the EXDATEs. For one reader.</summary>
internal sealed class OccurrenceWalk
{
    private readonly StartWalk? rule;
    private readonly IReadOnlyList<long> rdates;
    private readonly IReadOnlyList<long> exdates;
    private readonly OccurrenceLength length;
    private readonly ZoneMap ends;
    private readonly ZoneOffsets zone;
    private readonly long last;
    private readonly bool isPlain;
    private bool ruleHasNext;
    private bool isUnderWay;
    private int rdate;
    private int exdate;

    public OccurrenceWalk(StartWalk? rule, (IReadOnlyList<long> RDates, IReadOnlyList<long> ExDates) dates, ZoneRules rules, OccurrenceLength length, (long From, long To) range)
    {
        this.rule = rule;
        (rdates, exdates) = dates;
        this.length = length;
        zone = rules.Offsets;
        ends = rules.Map();
        last = Math.Min(range.To, CalendarMath.LastSecond - length.Longest);
        var from = range.From;
        rdate = FirstAtOrAfter(rdates, from);
        exdate = FirstAtOrAfter(exdates, from);
        isPlain = rule is not null && rdate == rdates.Count && exdate == exdates.Count;
        do
            ruleHasNext = rule?.MoveNext() ?? false;
        while (ruleHasNext && rule!.Current < from);
    }

    /// <summary>The instant of <see cref="StartSeconds"/>.</summary>
    public Instant Start => Instant.FromUnixTimeSeconds(StartSeconds);

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long StartSeconds { get; private set; }

    /// <summary>The occurrence that the last <see cref="MoveNext"/> found.</summary>
    public Occurrence Current => new(Start, Instant.FromUnixTimeSeconds(EndSeconds));

    /// <summary>When the current occurrence ends, in unix seconds.</summary>
    public long EndSeconds => length.Policy == DurationPolicy.Exact ? StartSeconds + length.Seconds : EndByTheClock();

    public bool MoveNext()
    {
        if (isPlain)
            return MoveNextPlain();
        while (TakeNext())
        {
            while (exdate < exdates.Count && exdates[exdate] < StartSeconds)
                exdate++;
            if (exdate == exdates.Count || exdates[exdate] != StartSeconds)
                return StartSeconds <= last;
        }

        return false;
    }

    // Without other dates the rule's own walk is the answer; it is never asked further than the caller asks.
    private bool MoveNextPlain()
    {
        if (isUnderWay)
            ruleHasNext = rule!.MoveNext();
        isUnderWay = true;
        StartSeconds = rule!.Current;
        return ruleHasNext && StartSeconds <= last;
    }

    private bool TakeNext()
    {
        if (rdate < rdates.Count && (!ruleHasNext || rdates[rdate] <= rule!.Current))
        {
            StartSeconds = rdates[rdate++];
            if (ruleHasNext && rule!.Current == StartSeconds)
                ruleHasNext = rule.MoveNext();
            return true;
        }

        if (!ruleHasNext)
            return false;
        StartSeconds = rule!.Current;
        ruleHasNext = rule.MoveNext();
        return true;
    }

    private long EndByTheClock()
    {
        var local = StartSeconds + zone.At(StartSeconds).Offset;
        ends.TryMap(local + length.Seconds, out var end);
        // Both ends may lie in the hour that is there twice: the occurrence still ends after its start.
        return end >= StartSeconds ? end : StartSeconds + length.Seconds;
    }

    private static int FirstAtOrAfter(IReadOnlyList<long> sorted, long from)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < from)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
