using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>Whether somebody is on duty around the clock where the tier requires somebody at all.</summary>
internal static class CoverRules
{
    /// <summary>How far ahead is looked.</summary>
    public static readonly Duration Ahead = Duration.FromDays(7);

    /// <summary>New hours come into view every day.</summary>
    public static readonly Duration LookAgain = Duration.FromDays(1);

    public static bool Matters(ComponentCase facts, Instant now) =>
        facts.States?.At(now) is { IsRetired: false } state
        && facts.Areas.Select(area => area.Id)
            .Concat(facts.Asked)
            .Any(area => facts.DoersOf(area, state, now).Any(party => facts.Party(party).OffDuty is not null));

    /// <summary>An hour without cover begins to count 7 days before, and no longer once it is over.</summary>
    public static IEnumerable<Instant> Edges(ComponentCase facts) =>
        from known in facts.Parties.Values.Select(party => party.OffDuty).OfType<OffDuty>()
        from span in known.Spans
        from edge in new[] { span.Start - Ahead, span.End }
        where edge > known.From
        select edge;

    public static IEnumerable<Finding> At(ComponentCase facts, ComponentState state, Instant at)
    {
        foreach (var area in facts.Areas.Where(area => area.IsRequiredAt(state.Tier, at)))
        {
            var doers = facts.DoersOf(area.Id, state, at);
            if (FirstWithout(facts, doers, at) is not { } hours) continue;
            yield return new Finding(Kind.HoursWithoutCover, $"Nobody of {string.Join(" or ", doers)} is on duty for areas/{area.Id} "
                + $"from {hours.Start} until {hours.End}.")
            { Area = area.Id };
        }
    }

    /// <summary>The first time within 7 days in which nobody of any of the parties is on duty; null: none, or not known.</summary>
    public static Interval? FirstWithout(ComponentCase facts, IReadOnlyList<string> doers, Instant at)
    {
        var covers = doers.Select(facts.Party).Where(party => party.At(at) is not null).Select(party => party.OffDuty).ToList();
        if (covers.Count == 0 || covers.Any(cover => cover is null || cover.Since > at)) return null;
        var from = covers.Aggregate(at, (latest, cover) => Instant.Max(latest, cover!.From));
        List<Interval> without = [new Interval(from, from + Ahead + Duration.FromTicks(1))];
        foreach (var cover in covers) without = Both(without, cover!.Spans);
        return without.Count > 0 ? without[0] : null;
    }

    private static List<Interval> Both(List<Interval> some, IReadOnlyList<Interval> others) =>
    [
        .. from one in some
           from other in others
           let start = Instant.Max(one.Start, other.Start)
           let end = Instant.Min(one.End, other.End)
           where start < end
           orderby start
           select new Interval(start, end),
    ];
}
