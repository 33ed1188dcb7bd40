using System.Collections.Immutable;
using Governance.Common.V1;
using Governance.Windows.V1;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Asks for slots.</summary>
/// <param name="Demand">The change.</param>
/// <param name="NotBefore">It starts at or after this instant, and not in the past.</param>
/// <param name="Deadline">It ends at or before this instant; the back-out reserve may lie behind it.</param>
/// <param name="Now">Now.</param>
internal sealed record SlotQuestion(ChangeDemand Demand, Instant NotBefore, Instant Deadline, Instant Now)
{
    public int MaxSlots { get; init; } = 10;

    public Relaxation Relaxation { get; init; }

    /// <summary>The starts that are wanted.</summary>
    public TimeRange Starts => new(NotBefore > Now ? NotBefore : Now, Deadline.Earlier(Demand.Work) + Duration.Epsilon);

    /// <summary>The later starts that an exception or a later deadline would give.</summary>
    public TimeRange LaterStarts => new(Starts.End > Starts.Start ? Starts.End : Starts.Start, Starts.Start.Later(Verdicts.Horizon));
}

/// <summary>A time at which a change fits.</summary>
/// <param name="Start">The earliest start.</param>
/// <param name="LatestStart">The latest start in the same place, inclusive.</param>
/// <param name="Places">The occurrences that it takes a place in; none in free time.</param>
/// <param name="Zone">The first window's zone; UTC in free time.</param>
/// <param name="Remaining">How many more changes fit at once besides this one; null is unlimited.</param>
internal sealed record FoundSlot(
    Instant Start, Instant LatestStart, ImmutableArray<PlaceInWindow> Places, DateTimeZone Zone, int? Remaining)
{
    /// <summary>When the first of its occurrences ends; null in free time.</summary>
    public Instant? OccurrenceEnd { get; init; }

    /// <summary>What should be known: overrides used, approvals still needed.</summary>
    public ImmutableArray<Reason> Notes { get; init; } = [];
}

/// <summary>Slots, best first, and why there are no others.</summary>
/// <param name="Slots">The earliest first; of several windows at once, the one that leaves the most room.</param>
/// <param name="NearMisses">What was nearly a slot, in time order.</param>
/// <param name="Binding">Without a slot: the constraint that binds most often.</param>
/// <param name="Remedies">Without a slot: what would help, cheapest first.</param>
internal sealed record SlotAnswer(
    IReadOnlyList<FoundSlot> Slots, IReadOnlyList<NearMiss> NearMisses, string Binding, IReadOnlyList<Remedy> Remedies);

/// <summary>Finds times at which a change fits before its deadline.</summary>
internal static class SlotFinder
{
    private const int ExaminedAtMost = 50_000;

    public static SlotAnswer Find(CalendarSnapshot calendar, SlotQuestion question)
    {
        var search = new SlotSearch(calendar, question.Demand, question.Now, books: true, question.Relaxation);
        var misses = new NearMisses(calendar, question, search);
        var slots = Collect(search, question, misses);
        if (slots.Count > 0) return new(Noted(calendar, question, slots), misses.InOrder(), "", []);
        misses.Conclude();
        return new([], misses.InOrder(), misses.Binding, Remedies.For(calendar, question));
    }

    private static List<FoundSlot> Collect(SlotSearch search, SlotQuestion question, NearMisses misses)
    {
        var slots = new List<FoundSlot>();
        foreach (var finding in search.Walk(question.Starts).Take(ExaminedAtMost))
        {
            if (slots.Count >= question.MaxSlots && finding.Place.Occurrence.Start > Kept(slots, question)) break;
            slots.AddRange(finding.Free.SelectMany(free => Stretch(search, finding.Place, free)));
            misses.Look(finding);
        }
        return [.. Best(slots).Take(question.MaxSlots)];
    }

    /// <summary>One slot a stretch, unless the windows of other components change within it.</summary>
    private static IEnumerable<FoundSlot> Stretch(SlotSearch search, Place place, TimeRange free)
    {
        for (var rest = free; rest.Start < rest.End;)
        {
            var places = search.PlacesAt(place, rest.Start);
            var end = search.FreeIn(places, rest);
            yield return new(
                rest.Start,
                end - Duration.Epsilon,
                [.. places.Select(one => new PlaceInWindow(one.Window.Name, one.Occurrence.Start))],
                place.Zone,
                search.Remaining(places.Select(one => one.Window), rest.Start))
            {
                OccurrenceEnd = places.Count == 0 ? null : places.Min(one => one.Occurrence.End),
            };
            rest = rest with { Start = end };
        }
    }

    private static Instant Kept(List<FoundSlot> slots, SlotQuestion question) =>
        Best(slots).ElementAt(question.MaxSlots - 1).Start;

    private static IOrderedEnumerable<FoundSlot> Best(List<FoundSlot> slots) =>
        slots.OrderBy(slot => slot.Start)
            .ThenBy(slot => slot.Places.Length)
            .ThenByDescending(slot => slot.Remaining ?? int.MaxValue)
            .ThenBy(slot => slot.Places.IsEmpty ? "" : slot.Places[0].Window, StringComparer.Ordinal);

    private static FoundSlot[] Noted(CalendarSnapshot calendar, SlotQuestion question, List<FoundSlot> slots) =>
        [.. slots.Select(slot => slot with { Notes = Notes(calendar, question, slot.Start) })];

    private static ImmutableArray<Reason> Notes(CalendarSnapshot calendar, SlotQuestion question, Instant start) =>
    [
        .. question.Demand.Components
            .SelectMany(component =>
                VerdictEvidence.NotesOn(calendar, new(question.Demand with { Components = [component] }, start, question.Now)))
            .DistinctBy(reason => (reason.Rule, reason.Resource)),
    ];
}
