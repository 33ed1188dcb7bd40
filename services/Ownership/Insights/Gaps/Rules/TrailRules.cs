using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>Whether the trail still ends for the areas for which somebody asked.</summary>
internal static class TrailRules
{
    public static IEnumerable<Finding> At(ComponentCase facts, ComponentState state, Instant at)
    {
        foreach (var area in facts.Asked)
        {
            if (End(facts, state, area, at) is { } end)
            {
                yield return new Finding(Kind.TrailEnded, $"Asked who answers for areas/{area}: {end} (at {at}).") { Area = area };
            }
        }
    }

    private static string? End(ComponentCase facts, ComponentState state, string area, Instant at)
    {
        var doers = facts.DoersOf(area, state, at);
        if (doers.Count == 0) return "nobody has a duty for it, and the component has no owner";
        var able = doers.Where(party => WhyNot(facts, party, at) is null).ToList();
        if (able.Count == 0) return WhyNot(facts, doers[^1], at);
        return CoverRules.FirstWithout(facts, able, at) is { } hours
            ? $"nobody of {string.Join(" or ", able)} is on duty from {hours.Start} until {hours.End}"
            : null;
    }

    private static string? WhyNot(ComponentCase facts, string name, Instant at)
    {
        var party = facts.Party(name);
        if (party.At(at) is not { } state) return $"{name} does not exist";
        var lapsed = state.Kind == PartyKind.Vendor && party.Contracts.Count > 0
            && !party.Contracts.Any(contract => contract.At(at) is { } terms && terms.IsInForce(at) && terms.Covers(facts.Name));
        return lapsed ? $"no contract with {name} is in force" : null;
    }
}
