using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// The occurrences of a <see cref="RecurrenceSet"/> by start, each once: the rule's and the RDATEs', without the EXDATEs. For one reader.
/// </summary>
internal sealed class OccurrenceWalk
{
    private readonly StartWalk? _rule;
    private readonly IReadOnlyList<long> _rdates;
    private readonly IReadOnlyList<long> _exdates;
    private readonly OccurrenceLength _length;
    private readonly ZoneMap _ends;
    private readonly ZoneOffsets _zone;
    private readonly long _last;
    private readonly bool _isPlain;
    private bool _ruleHasNext;
    private bool _isUnderWay;
    private int _rdate;
    private int _exdate;

    public OccurrenceWalk(
        StartWalk? rule,
        (IReadOnlyList<long> RDates, IReadOnlyList<long> ExDates) dates,
        ZoneRules rules,
        OccurrenceLength length,
        (long From, long To) range)
    {
        _rule = rule;
        (_rdates, _exdates) = dates;
        _length = length;
        _zone = rules.Offsets;
        _ends = rules.Map();
        _last = Math.Min(range.To, CalendarMath.LastSecond - length.Longest);
        var from = range.From;
        _rdate = FirstAtOrAfter(_rdates, from);
        _exdate = FirstAtOrAfter(_exdates, from);
        _isPlain = rule is not null && _rdate == _rdates.Count && _exdate == _exdates.Count;
        do
        {
            _ruleHasNext = rule?.MoveNext() ?? false;
        }
        while (_ruleHasNext && rule!.Current < from);
    }

    /// <summary>The instant of <see cref="StartSeconds"/>.</summary>
    public Instant Start => Instant.FromUnixTimeSeconds(StartSeconds);

    /// <summary>The start that the last <see cref="MoveNext"/> found, in unix seconds.</summary>
    public long StartSeconds { get; private set; }

    /// <summary>The occurrence that the last <see cref="MoveNext"/> found.</summary>
    public Occurrence Current => new(Start, Instant.FromUnixTimeSeconds(EndSeconds));

    /// <summary>When the current occurrence ends, in unix seconds.</summary>
    public long EndSeconds => _length.Policy == DurationPolicy.Exact ? StartSeconds + _length.Seconds : EndByTheClock();

    public bool MoveNext()
    {
        if (_isPlain)
        {
            return MoveNextPlain();
        }
        while (TakeNext())
        {
            while (_exdate < _exdates.Count && _exdates[_exdate] < StartSeconds)
            {
                _exdate++;
            }
            if (_exdate == _exdates.Count || _exdates[_exdate] != StartSeconds)
            {
                return StartSeconds <= _last;
            }
        }

        return false;
    }

    // Without other dates the rule's own walk is the answer; it is never asked further than the caller asks.
    private bool MoveNextPlain()
    {
        if (_isUnderWay)
        {
            _ruleHasNext = _rule!.MoveNext();
        }
        _isUnderWay = true;
        StartSeconds = _rule!.Current;
        return _ruleHasNext && StartSeconds <= _last;
    }

    private bool TakeNext()
    {
        if (_rdate < _rdates.Count && (!_ruleHasNext || _rdates[_rdate] <= _rule!.Current))
        {
            StartSeconds = _rdates[_rdate++];
            if (_ruleHasNext && _rule!.Current == StartSeconds)
            {
                _ruleHasNext = _rule.MoveNext();
            }
            return true;
        }

        if (!_ruleHasNext)
        {
            return false;
        }
        StartSeconds = _rule!.Current;
        _ruleHasNext = _rule.MoveNext();
        return true;
    }

    private long EndByTheClock()
    {
        var local = StartSeconds + _zone.At(StartSeconds).Offset;
        _ends.TryMap(local + _length.Seconds, out var end);
        // Both ends may lie in the hour that is there twice: the occurrence still ends after its start.
        return end >= StartSeconds ? end : StartSeconds + _length.Seconds;
    }

    private static int FirstAtOrAfter(IReadOnlyList<long> sorted, long from)
    {
        var (low, high) = (0, sorted.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < from)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
