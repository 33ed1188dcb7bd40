using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Expands a recurrence for people: occurrences with local times, and everything about them that may surprise.</summary>
internal sealed class RecurrencePreview
{
    private readonly RecurrenceSet _set;
    private readonly PreviewRange _range;
    private readonly List<GapEvent> _gaps = [];
    private readonly List<PreviewedOccurrence> _occurrences = [];
    private bool _truncated;

    private RecurrencePreview(RecurrenceSet set, PreviewRange range) => (_set, _range) = (set, range);

    /// <summary>The occurrences of a set in a range, and its findings.</summary>
    public static Preview Of(RecurrenceSet set, PreviewRange range)
    {
        var preview = new RecurrencePreview(set, range);
        preview.Walk();
        return new Preview(preview._occurrences, [.. preview.Findings()], preview._truncated, RecurrenceSet.TzdbVersion);
    }

    private void Walk()
    {
        var earliest = _range.From is { } from ? _set.EarliestStartOfWhatEndsAfter(from) : -CalendarMath.LastSecond;
        var latest = _range.Until is { } until ? until.CeilingSeconds() - 1 : CalendarMath.LastSecond;
        var walk = _set.Between(earliest, latest, _gaps);
        var lint = new OccurrenceLint(_set, _gaps);
        while (walk.MoveNext())
        {
            var occurrence = walk.Current;
            if (_range.From is { } first && occurrence.Start < first && occurrence.End <= first)
            {
                continue;
            }
            _truncated = _occurrences.Count == _range.MaxOccurrences;
            if (_truncated)
            {
                break;
            }
            _occurrences.Add(lint.Describe(occurrence));
        }

        lint.MarkOverlaps(_occurrences);
    }

    private IEnumerable<Finding> Findings() =>
        [
            .. RuleLint.Check(_set, _range),
            .. Nothing(),
            .. LeftOut(),
            .. OccurrenceLint.Summarise(_set, _occurrences),
        ];

    private IEnumerable<Finding> Nothing()
    {
        if (_occurrences.Count > 0 || _range.MaxOccurrences == 0 || _set.RuleStarts is { FirstHeld: null })
        {
            yield break;
        }
        var next = _range.Until is { } until ? _set.NextAtOrAfter(until) : null;
        var before = _range.From is { } from ? _set.LastStartingAtOrBefore(from) : null;
        var outside = (before, next) switch
        {
            ({ } last, { } first) => $"the last before it starts at {last.Start}, the next after it at {first.Start}",
            ({ } last, null) => $"the last one starts at {last.Start}",
            (null, { } first) => $"the next one starts at {first.Start}",
            _ => "its dates are all excepted",
        };
        yield return new Finding(FindingCodes.NoOccurrences, $"Nothing is held in this period: {outside}.");
    }

    private IEnumerable<Finding> LeftOut()
    {
        foreach (var (outcome, code, what) in new[]
        {
            (GapOutcome.Skipped, FindingCodes.SkippedInGap, "is not held"),
            (GapOutcome.Merged, FindingCodes.MergedInGap, "falls on the same instant as another start and is one with it"),
        })
        {
            var found = _gaps.Where(gap => gap.Outcome == outcome && IsInRange(gap.Unix)).ToList();
            if (found.Count == 0)
            {
                continue;
            }
            var at = Instant.FromUnixTimeSeconds(found[0].Unix);
            yield return new Finding(
                code,
                $"{Texts.Of(Moments.ToLocal(found[0].Local))} in {_set.Rules.Zone.Id}: clocks change there, and this start {what}.",
                at,
                found.Count);
        }
    }

    private bool IsInRange(long unix)
    {
        var at = Instant.FromUnixTimeSeconds(unix);
        return (_range.From is not { } from || at >= from) && (_range.Until is not { } until || at < until)
            && (!_truncated || _occurrences.Count == 0 || at <= _occurrences[^1].Start);
    }
}
