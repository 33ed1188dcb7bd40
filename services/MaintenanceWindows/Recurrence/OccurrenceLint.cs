using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>What is special about single occurrences: their notes, and one finding for each kind of note.</summary>
internal sealed class OccurrenceLint(RecurrenceSet set, List<GapEvent> gaps)
{
    private readonly DateTimeZone _zone = set.Rules.Zone;
    private readonly bool _isElapsed = set.RuleStarts?.Rule.IsSubDaily == true;
    private readonly HashSet<long> _shifted = [];
    private int _gapsSeen;

    /// <summary>An occurrence with its local times and notes.</summary>
    public PreviewedOccurrence Describe(Occurrence occurrence)
    {
        for (; _gapsSeen < gaps.Count; _gapsSeen++)
        {
            if (gaps[_gapsSeen].Outcome == GapOutcome.Shifted)
            {
                _shifted.Add(gaps[_gapsSeen].Unix);
            }
        }

        var start = occurrence.Start.InZone(_zone).LocalDateTime;
        var end = occurrence.End.InZone(_zone).LocalDateTime;
        return new PreviewedOccurrence(occurrence.Start, occurrence.End, start, end, Notes(occurrence, start, end));
    }

    /// <summary>Notes the occurrences that the next one begins before they end.</summary>
    public void MarkOverlaps(List<PreviewedOccurrence> occurrences)
    {
        if (set.Length.Seconds == 0)
        {
            return;
        }
        for (var i = 0; i < occurrences.Count; i++)
        {
            var next = i + 1 < occurrences.Count ? occurrences[i + 1].Start : set.NextAfter(occurrences[i].Start)?.Start;
            if (next < occurrences[i].End)
            {
                occurrences[i] = occurrences[i] with { Notes = [.. occurrences[i].Notes, FindingCodes.OverlapsItself] };
            }
        }
    }

    /// <summary>One finding for each code that is among the notes, told by its first occurrence.</summary>
    public static IEnumerable<Finding> Summarise(RecurrenceSet set, IReadOnlyList<PreviewedOccurrence> occurrences) =>
        from occurrence in occurrences
        from note in occurrence.Notes
        group occurrence by note into kind
        let first = kind.First()
        select new Finding(kind.Key, Explain(kind.Key, first, set), first.Start, kind.Count());

    private List<string> Notes(Occurrence occurrence, LocalDateTime start, LocalDateTime end)
    {
        var notes = new List<string>();
        if (_shifted.Contains(occurrence.Start.ToUnixTimeSeconds()))
        {
            notes.Add(FindingCodes.ShiftedOutOfGap);
        }
        if (_zone.MapLocal(start).Count == 2)
        {
            notes.Add(_isElapsed ? FindingCodes.RepeatedLocalTime : FindingCodes.AmbiguousLocalTime);
        }
        var elapsed = occurrence.End - occurrence.Start;
        if (elapsed < set.Length.Duration)
        {
            notes.Add(FindingCodes.Shortened);
        }
        if (elapsed > set.Length.Duration)
        {
            notes.Add(FindingCodes.Lengthened);
        }
        if (set.Length.Policy == DurationPolicy.Exact && start.PlusSeconds(set.Length.Seconds) != end)
        {
            notes.Add(FindingCodes.EndsAtAnotherLocalTime);
        }
        // An end at midnight is still the same day's; whole days cross it by what they are.
        if (set.Start.Form != CivilForm.Date && end > start.Date.PlusDays(1).AtMidnight())
        {
            notes.Add(FindingCodes.CrossesMidnight);
        }
        return notes;
    }

    private static string Explain(string code, PreviewedOccurrence first, RecurrenceSet set)
    {
        var (start, end, zone) = (Texts.Of(first.LocalStart), Texts.Of(first.LocalEnd), set.Rules.Zone.Id);
        var (wanted, elapsed) = (Texts.Of(set.Length.Duration), Texts.Of(first.End - first.Start));
        return code switch
        {
            FindingCodes.ShiftedOutOfGap => $"The start falls in an hour that clocks leave out in {zone}; it is held at {start} instead.",
            FindingCodes.AmbiguousLocalTime =>
                $"{start} is there twice in {zone}; the {(set.Rules.Overlap == OverlapPolicy.First ? "first" : "second")} is meant.",
            FindingCodes.RepeatedLocalTime => $"{start} is there twice in {zone}; a rule of elapsed time holds what falls on either.",
            FindingCodes.Shortened => $"{start} to {end} lasts {elapsed} instead of {wanted}: clocks go forward in {zone}.",
            FindingCodes.Lengthened => $"{start} to {end} lasts {elapsed} instead of {wanted}: clocks go back in {zone}.",
            FindingCodes.EndsAtAnotherLocalTime =>
                $"{start} plus {wanted} of elapsed time ends at {end}: clocks change in {zone} meanwhile.",
            FindingCodes.CrossesMidnight => $"Crosses midnight: from {start} to {end}.",
            FindingCodes.OverlapsItself => $"The occurrence of {start} lasts until {end}, when the next one has already begun.",
            _ => throw new ArgumentOutOfRangeException(nameof(code), code, "is no note of an occurrence"),
        };
    }
}
