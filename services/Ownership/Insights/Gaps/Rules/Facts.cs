using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>What the rules look at of a component.</summary>
/// <param name="Tier">0 to 4; 0 counts as 1.</param>
/// <param name="Owner">`parties/…`, or empty.</param>
/// <param name="IsRetired">Nobody has to answer for it any more.</param>
/// <param name="Policy">Its own `escalationPolicies/…`, or empty.</param>
/// <param name="DependsOn">`components/…`.</param>
internal sealed record ComponentState(int Tier, string Owner, bool IsRetired, string Policy, IReadOnlyList<string> DependsOn)
{
    public bool IsTier1 => Tier <= 1;
}

/// <summary>An assignment. One that was deleted ended then.</summary>
/// <param name="Name">`responsibilities/…`.</param>
/// <param name="Area">The area's id.</param>
/// <param name="Party">`parties/…`.</param>
/// <param name="Duty">ACCOUNTABLE or RESPONSIBLE.</param>
/// <param name="From">Inclusive; null: always.</param>
/// <param name="Until">Exclusive; null: no end.</param>
internal sealed record HeldDuty(string Name, string Area, string Party, Duty Duty, Instant? From, Instant? Until)
{
    public bool IsInForce(Instant at) => !(From > at) && !(Until <= at);
}

/// <summary>An area that components of some tiers must have somebody accountable for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="RequiredTiers">One digit a tier.</param>
/// <param name="Since">From when that is known; null: always.</param>
internal sealed record AreaFact(string Id, string RequiredTiers, Instant? Since)
{
    public bool IsRequiredAt(int tier, Instant at) => !(Since > at) && RequiredTiers.Contains((char)('0' + Math.Max(tier, 1)));
}

/// <summary>What the rules look at of a party.</summary>
/// <param name="Kind">Team or vendor.</param>
/// <param name="Contacts">Whose contacts it has: `users/…`, or empty for the party's as a whole.</param>
/// <param name="Policy">Its `escalationPolicies/…`, or empty.</param>
internal sealed record PartyState(PartyKind Kind, IReadOnlyList<string> Contacts, string Policy);

/// <summary>When nobody of a party is on duty, by its present terms.</summary>
/// <param name="Since">From when these terms hold.</param>
/// <param name="From">From when on the spans are known; before, it is taken to have been as it was then.</param>
/// <param name="Spans">In order, apart from each other.</param>
internal sealed record OffDuty(Instant Since, Instant From, IReadOnlyList<Interval> Spans);

/// <summary>A party with its contracts.</summary>
/// <param name="Name">`parties/…`.</param>
/// <param name="States">Null: nobody has entered it.</param>
internal sealed record PartyFact(string Name, Timeline<PartyState>? States)
{
    /// <summary>Those that name it; read only for vendors, and where they matter.</summary>
    public IReadOnlyList<ContractFact> Contracts { get; init; } = [];

    /// <summary>Null: not known, and not judged.</summary>
    public OffDuty? OffDuty { get; init; }

    public static PartyFact Missing(string name) => new(name, States: null);

    public PartyState? At(Instant at) => States?.At(at);

    public IEnumerable<Instant> Edges => (States?.Edges ?? [])
        .Concat(Contracts.SelectMany(contract => contract.States.Edges))
        .Concat(Contracts.SelectMany(contract => contract.States.Values).SelectMany(state => state.Edges));
}

/// <summary>Who is told first, of a policy's chains.</summary>
/// <param name="Targets">Of the first levels of all chains.</param>
internal sealed record PolicyState(IReadOnlyList<TargetFact> Targets);

/// <summary>Whom a level reaches: a party, whoever of it is on call, a person, or those with a duty.</summary>
/// <param name="Party">`parties/…`, or empty.</param>
/// <param name="Person">`users/…`, or empty.</param>
/// <param name="Duty">Whose duty, where neither is named.</param>
internal sealed record TargetFact(string Party, string Person, Duty Duty);
