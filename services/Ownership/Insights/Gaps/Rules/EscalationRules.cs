using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>Whether those who are told first can be told.</summary>
internal static class EscalationRules
{
    /// <summary>The policy that serves where nothing else is named.</summary>
    public const string Default = "escalationPolicies/default";

    /// <summary>Whose duty escalation goes by.</summary>
    private const string Area = "incident-response";

    public static IEnumerable<Finding> At(ComponentCase facts, ComponentState state, Instant at)
    {
        if (InUse(facts, state, at) is not { } used) yield break;
        foreach (var target in used.Policy.Targets)
        {
            if (Reaches(facts, state, target, at)) continue;
            var whom = target.Party.Length > 0 ? target.Party : target.Person.Length > 0
                ? target.Person
                : target.Duty == Duty.Responsible
                ? "RESPONSIBLE"
                : "ACCOUNTABLE";
            yield return new Finding(Kind.LevelUnreachable, $"The first level of {used.Name} tells {whom}, who has no contact at {at}.")
            {
                Party = target.Party,
                Related = target.Party.Length > 0 ? used.Name : whom,
            };
        }
    }

    /// <summary>
    /// The component's own, else the accountable's, else a responsible's, else the default one; what does not exist is passed over.
    /// </summary>
    private static (string Name, PolicyState Policy)? InUse(ComponentCase facts, ComponentState state, Instant at)
    {
        var parties = facts.AccountableFor(Area, state, at).Concat(facts.DoersOf(Area, state, at));
        foreach (var name in parties.Select(party => facts.Party(party).At(at)?.Policy ?? "").Prepend(state.Policy).Append(Default))
        {
            if (name.Length > 0 && facts.Policies.GetValueOrDefault(name)?.At(at) is { } policy) return (name, policy);
        }
        return null;
    }

    private static bool Reaches(ComponentCase facts, ComponentState state, TargetFact target, Instant at)
    {
        if (target.Person.Length > 0) return facts.Parties.Values.Any(party => party.At(at)?.Contacts.Contains(target.Person) == true);
        if (target.Party.Length > 0) return HasContact(facts, target.Party, at);
        var holders = target.Duty == Duty.Responsible ? facts.DoersOf(Area, state, at) : facts.AccountableFor(Area, state, at);
        return holders.Any(party => HasContact(facts, party, at));
    }

    private static bool HasContact(ComponentCase facts, string party, Instant at) => facts.Party(party).At(at)?.Contacts.Count > 0;
}
