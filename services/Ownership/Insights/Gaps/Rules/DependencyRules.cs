using NodaTime;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>Whether what a tier-1 component needs is kept as well as itself.</summary>
internal static class DependencyRules
{
    public static IEnumerable<Instant> Edges(ComponentCase dependency) =>
        (dependency.States?.Edges ?? []).Concat(dependency.Duties.SelectMany(duty => new[] { duty.From, duty.Until }).OfType<Instant>());

    public static IEnumerable<Finding> At(ComponentCase facts, ComponentState state, Instant at)
    {
        if (!state.IsTier1) yield break;
        foreach (var name in state.DependsOn)
        {
            var dependency = facts.Dependencies.GetValueOrDefault(name);
            var there = dependency?.States?.At(at);
            if (there is null)
            {
                yield return Orphan(facts, name, dependency is null ? "was never entered" : $"does not exist at {at}");
            }
            else if (dependency!.IsUnowned(there, at))
            {
                yield return Orphan(facts, name, $"has no owner at {at}");
            }
            if (there is { IsTier1: false })
            {
                yield return new Finding(
                    Kind.Tier1DependsOnLower,
                    $"{facts.Name} is of tier 1 and depends on {name}, which is of tier {there.Tier} at {at}.")
                { Related = name };
            }
        }
    }

    private static Finding Orphan(ComponentCase facts, string name, string why) =>
        new(Kind.Tier1DependsOnOrphan, $"{facts.Name} is of tier 1 and depends on {name}, which {why}.") { Related = name };
}
