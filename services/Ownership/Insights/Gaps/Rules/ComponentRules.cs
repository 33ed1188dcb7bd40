using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>What can be missing of a component.</summary>
internal static class ComponentRules
{
    public static Evaluation Evaluate(ComponentCase facts, Instant now)
    {
        if (facts.States is null) return new Evaluation([], null, Sweep.Floor);
        var evaluation = Sweep.Over(Edges(facts), now, at => At(facts, at));
        if (!CoverRules.Matters(facts, now)) return evaluation;
        var look = now + CoverRules.LookAgain;
        return evaluation with { Next = evaluation.Next is { } next ? Instant.Min(next, look) : look };
    }

    private static IEnumerable<Instant> Edges(ComponentCase facts) => facts.States!.Edges
        .Concat(facts.Duties.SelectMany(duty => new[] { duty.From, duty.Until }).OfType<Instant>())
        .Concat(facts.Areas.Select(area => area.Since).OfType<Instant>())
        .Concat(facts.Parties.Values.SelectMany(party => party.Edges))
        .Concat(facts.Policies.Values.SelectMany(policy => policy.Edges))
        .Concat(facts.Dependencies.Values.SelectMany(DependencyRules.Edges))
        .Concat(CoverRules.Edges(facts));

    private static IEnumerable<Finding> At(ComponentCase facts, Instant at)
    {
        if (facts.States!.At(at) is not { IsRetired: false } state) return [];
        return Owners(facts, state, at)
            .Concat(Areas(facts, state, at))
            .Concat(Missing(facts, state, at))
            .Concat(DependencyRules.At(facts, state, at))
            .Concat(EscalationRules.At(facts, state, at))
            .Concat(CoverRules.At(facts, state, at))
            .Concat(TrailRules.At(facts, state, at));
    }

    private static IEnumerable<Finding> Owners(ComponentCase facts, ComponentState state, Instant at)
    {
        if (facts.IsUnowned(state, at))
        {
            yield return new Finding(
                Kind.UnownedComponent, $"{facts.Name} has no owner since {at}, and nobody is accountable for any area of it.");
        }
    }

    private static IEnumerable<Finding> Areas(ComponentCase facts, ComponentState state, Instant at)
    {
        foreach (var area in facts.Areas)
        {
            if (area.IsRequiredAt(state.Tier, at) && !facts.AccountableFor(area.Id, state, at).Any())
            {
                yield return new Finding(Kind.UnownedArea, Unowned(facts, area.Id, state, at)) { Area = area.Id };
            }
        }

        foreach (var twice in facts.InForce(at).Where(duty => duty.Duty == Duty.Accountable).GroupBy(duty => duty.Area))
        {
            if (twice.Count() > 1)
            {
                yield return new Finding(
                    Kind.TwoAccountables, $"{string.Join(" and ", twice.Select(duty => $"{duty.Party} ({duty.Name})"))} are accountable "
                        + $"for areas/{twice.Key} since {at}.")
                { Area = twice.Key };
            }
        }
    }

    private static string Unowned(ComponentCase facts, string area, ComponentState state, Instant at)
    {
        var ended = facts.Duties.FirstOrDefault(duty => duty.Area == area && duty.Duty == Duty.Accountable && duty.Until == at);
        return $"Nobody is accountable for areas/{area} since "
            + $"{at}{(ended is null ? "" : $", when {ended.Name} of {ended.Party} ended")}; tier {Math.Max(state.Tier, 1)} requires it.";
    }

    private static IEnumerable<Finding> Missing(ComponentCase facts, ComponentState state, Instant at)
    {
        var named = facts.InForce(at).Select(duty => (duty.Party, As: $"by {duty.Name}")).ToList();
        if (state.Owner.Length > 0) named.Insert(0, (state.Owner, "as owner"));
        foreach (var party in named.GroupBy(one => one.Party))
        {
            if (facts.Party(party.Key) is var fact && fact.At(at) is null)
            {
                yield return new Finding(Kind.OwnerMissing, $"{party.Key}, named {party.First().As}, "
                    + $"{(fact.States is null ? "was never entered" : $"does not exist since {at}")}.")
                { Party = party.Key };
            }
        }
    }
}
