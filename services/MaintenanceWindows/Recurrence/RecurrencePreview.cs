using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>Expands a recurrence for people: occurrences with local times, and everything about them that may surprise.</summary>
internal sealed class RecurrencePreview
{
    private readonly RecurrenceSet set;
    private readonly PreviewRange range;
    private readonly List<GapEvent> gaps = [];
    private readonly List<PreviewedOccurrence> occurrences = [];
    private bool truncated;

    private RecurrencePreview(RecurrenceSet set, PreviewRange range) => (this.set, this.range) = (set, range);

    /// <summary>The occurrences of a set in a range, and its findings.</summary>
    public static Preview Of(RecurrenceSet set, PreviewRange range)
    {
        var preview = new RecurrencePreview(set, range);
        preview.Walk();
        return new Preview(preview.occurrences, [.. preview.Findings()], preview.truncated, RecurrenceSet.TzdbVersion);
    }

    private void Walk()
    {
        var earliest = range.From is { } from ? set.EarliestStartOfWhatEndsAfter(from) : -CalendarMath.LastSecond;
        var latest = range.Until is { } until ? until.CeilingSeconds() - 1 : CalendarMath.LastSecond;
        var walk = set.Between(earliest, latest, gaps);
        var lint = new OccurrenceLint(set, gaps);
        while (walk.MoveNext())
        {
            var occurrence = walk.Current;
            if (range.From is { } first && occurrence.Start < first && occurrence.End <= first)
                continue;
            truncated = occurrences.Count == range.MaxOccurrences;
            if (truncated)
                break;
            occurrences.Add(lint.Describe(occurrence));
        }

        lint.MarkOverlaps(occurrences);
    }

    private IEnumerable<Finding> Findings() =>
        [
            .. RuleLint.Check(set, range),
            .. Nothing(),
            .. LeftOut(),
            .. OccurrenceLint.Summarise(set, occurrences),
        ];

    private IEnumerable<Finding> Nothing()
    {
        if (occurrences.Count > 0 || range.MaxOccurrences == 0 || set.RuleStarts is { FirstHeld: null })
            yield break;
        var next = range.Until is { } until ? set.NextAtOrAfter(until) : null;
        var before = range.From is { } from ? set.LastStartingAtOrBefore(from) : null;
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
            var found = gaps.Where(gap => gap.Outcome == outcome && IsInRange(gap.Unix)).ToList();
            if (found.Count == 0)
                continue;
            var at = Instant.FromUnixTimeSeconds(found[0].Unix);
            yield return new Finding(code, $"{Texts.Of(Moments.ToLocal(found[0].Local))} in {set.Rules.Zone.Id}: clocks change there, and this start {what}.", at, found.Count);
        }
    }

    private bool IsInRange(long unix)
    {
        var at = Instant.FromUnixTimeSeconds(unix);
        return (range.From is not { } from || at >= from) && (range.Until is not { } until || at < until)
            && (!truncated || occurrences.Count == 0 || at <= occurrences[^1].Start);
    }
}
