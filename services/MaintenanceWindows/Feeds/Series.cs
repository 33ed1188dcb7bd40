using System.Collections.Immutable;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>
/// Something that is held again and again, as components that every reader takes for the same instants: a rule where
/// rules are read alike, and the times themselves, in UTC, where they are not. Local times that a day lacks or has twice,
/// and occurrences during which clocks change, are read differently by different programs, and so are written in UTC.
/// </summary>
/// <param name="Set">When, before anything is taken away.</param>
/// <param name="Rule">Its rule; null when there is none.</param>
/// <param name="Held">The occurrences that are held within the feed's span, by start.</param>
/// <param name="Last">No occurrence starts later; null: endless.</param>
internal sealed record Series(RecurrenceSet Set, RecurrenceRule? Rule, IReadOnlyList<Occurrence> Held, Instant? Last)
{
    private const int MostSingles = 60;

    private DateTimeZone Zone => Set.Rules.Zone;

    public IEnumerable<FeedEvent> Events(FeedEntry entry, Instant horizon)
    {
        if (Held.Count == 0) return [];
        if (Rule is { } rule && PlainRule.IsReadAlike(rule, Set.Start.Value) && ByRule(entry, rule, horizon) is { } events) return events;
        return Listed(entry, Held);
    }

    /// <summary>Null when so little follows the rule that a list says it better.</summary>
    private IEnumerable<FeedEvent>? ByRule(FeedEntry entry, RecurrenceRule rule, Instant horizon)
    {
        var ends = Last is { } last && last < horizon ? last : horizon;
        var civil = Civil(rule, Held[0].Start, ends);
        var inRule = Held.Where(held => IsPlain(held) && civil.Contains(LocalStart(held))).ToList();
        if (inRule.Count < 3) return null;

        var first = LocalStart(inRule[0]);
        var taken = inRule.Select(LocalStart).ToHashSet();
        var exdates = civil.Where(time => time >= first && !taken.Contains(time)).Order().ToImmutableArray();
        if (exdates.Length > inRule.Count) return null;

        var main = new FeedEvent(entry, "", inRule[0].Start, inRule[0].End)
        {
            Zone = Zone,
            Rule = Unbounded(rule, Last).ToString(),
            Exdates = exdates,
        };
        return Listed(entry, [.. Held.Except(inRule)]).Prepend(main);
    }

    /// <summary>The rule's civil times, whatever the zone makes of them, near the span.</summary>
    private HashSet<LocalDateTime> Civil(RecurrenceRule rule, Instant from, Instant until)
    {
        var floating = RecurrenceSet.TryCreate(
            new RecurrenceInput
            {
                Recurrence = Unbounded(rule, null).ToString(),
                Start = Set.Start.Value.ToString(
                "uuuu-MM-dd'T'HH:mm:ss", null)
            },
            out _);
        var begin = from.InZone(Zone).LocalDateTime.InUtc().ToInstant() - Duration.FromDays(1);
        var end = until.InZone(Zone).LocalDateTime.InUtc().ToInstant() + Duration.FromDays(1);
        return [.. floating!.OccurrencesBetween(begin, end).Select(occurrence => occurrence.Start.InUtc().LocalDateTime)];
    }

    private static RecurrenceRule Unbounded(RecurrenceRule rule, Instant? last) => rule with
    {
        Count = null,
        Until = last is { } until ? new CivilTime(until.InUtc().LocalDateTime, CivilForm.Utc) : null,
    };

    private bool IsPlain(Occurrence held) =>
        Zone.MapLocal(LocalStart(held)).Count == 1
        && Zone.MapLocal(held.End.InZone(Zone).LocalDateTime).Count == 1
        && Zone.GetUtcOffset(held.Start) == Zone.GetUtcOffset(held.End)
        && held.End - held.Start == Set.Length.Duration;

    private LocalDateTime LocalStart(Occurrence held) => held.Start.InZone(Zone).LocalDateTime;

    private static IEnumerable<FeedEvent> Listed(FeedEntry entry, IReadOnlyList<Occurrence> held)
    {
        if (held.Count <= MostSingles)
        {
            return held.Select(one => new FeedEvent(entry, ContentLines.Utc(one.Start), one.Start, one.End));
        }
        return held.GroupBy(one => one.End - one.Start).Select(alike =>
        {
            var first = alike.First();
            return new FeedEvent(entry, $"{(long)alike.Key.TotalSeconds}s", first.Start, first.End)
            {
                // The first stands in both places: some programs hold only the RDATEs to be occurrences.
                Rdates = [.. alike.Select(one => one.Start)],
            };
        });
    }
}
