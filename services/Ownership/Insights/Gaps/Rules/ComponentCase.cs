using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Insights.Gaps.Rules;

/// <summary>All that decides on the gaps of one component.</summary>
/// <param name="Name">`components/…`.</param>
/// <param name="States">Null: it does not exist.</param>
/// <param name="Duties">Accountable and responsible, past and future, deleted ones too.</param>
internal sealed record ComponentCase(string Name, Timeline<ComponentState>? States, IReadOnlyList<HeldDuty> Duties)
{
    /// <summary>Those that some tier requires.</summary>
    public IReadOnlyList<AreaFact> Areas { get; init; } = [];

    /// <summary>Every party that the component or its policies name.</summary>
    public IReadOnlyDictionary<string, PartyFact> Parties { get; init; } = new Dictionary<string, PartyFact>();

    /// <summary>Those that it depends on and that exist or did.</summary>
    public IReadOnlyDictionary<string, ComponentCase> Dependencies { get; init; } = new Dictionary<string, ComponentCase>();

    /// <summary>Every escalation policy that it or its parties name, and the default one.</summary>
    public IReadOnlyDictionary<string, Timeline<PolicyState>> Policies { get; init; } = new Dictionary<string, Timeline<PolicyState>>();

    /// <summary>Ids of the areas for which somebody asked and the trail ended.</summary>
    public IReadOnlyCollection<string> Asked { get; init; } = [];

    public PartyFact Party(string name) => Parties.GetValueOrDefault(name) ?? PartyFact.Missing(name);

    public IEnumerable<HeldDuty> InForce(Instant at) => Duties.Where(duty => duty.IsInForce(at));

    /// <summary>Who is accountable: by assignment, else the owner.</summary>
    public IEnumerable<string> AccountableFor(string area, ComponentState state, Instant at)
    {
        var assigned =
            InForce(at).Where(duty => duty.Area == area && duty.Duty == Duty.Accountable).Select(duty => duty.Party).Distinct().ToList();
        return assigned.Count > 0 ? assigned : state.Owner.Length > 0 ? [state.Owner] : [];
    }

    /// <summary>Who is to do it: the responsible, else the accountable.</summary>
    public IReadOnlyList<string> DoersOf(string area, ComponentState state, Instant at)
    {
        var responsible =
            InForce(at).Where(duty => duty.Area == area && duty.Duty == Duty.Responsible).Select(duty => duty.Party).Distinct().ToList();
        return responsible.Count > 0 ? responsible : [.. AccountableFor(area, state, at)];
    }

    /// <summary>Nobody at all: no owner, and nobody accountable for any area.</summary>
    public bool IsUnowned(ComponentState state, Instant at) =>
        state.Owner.Length == 0 && !InForce(at).Any(duty => duty.Duty == Duty.Accountable);
}
