using Google.Protobuf.WellKnownTypes;
using Governance.Patching.Deadlines;
using Governance.Patching.Fields;
using Governance.Patching.Neighbours;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>What becomes of one remediation's deadline when it is looked at: the same for what happens and for what is simulated.</summary>
/// <param name="Facts">What the policy was asked about.</param>
/// <param name="Decision">What the policy decides now; null where no rule applies.</param>
/// <param name="IsTaken">Whether the decision sets the deadline; otherwise the one so far stays, with its rule.</param>
/// <param name="Reason">Why, for the history.</param>
internal sealed record DueAssessment(RemediationFacts Facts, DeadlineDecision? Decision, bool IsTaken, string Reason)
{
    public string Rule => Decision?.Rule ?? "";

    /// <summary>What the decision says; null: no due instant.</summary>
    public Timestamp? Due => Decision?.Due.ToTimestamp();

    /// <param name="before">The remediation as it was.</param>
    /// <param name="assessedBy">The stamp of the policy that assessed it last.</param>
    /// <param name="advisory">The advisory as it is.</param>
    /// <param name="component">The component as it is.</param>
    /// <param name="policy">The policy that decides.</param>
    public static DueAssessment Of(
        Proto.Remediation before, string assessedBy, AdvisoryFacts advisory, ComponentFacts component, PolicyInForce policy)
    {
        var facts = FactsOf(before, advisory, component);
        var decision = policy.Decide(facts);
        if (before.Tier == 0) return new DueAssessment(facts, decision, true, $"First seen: {DueReasons.RuleOf(decision)}");
        var (causes, words) = DueReasons.Between(before, facts, assessedBy, policy);
        var isTaken = policy.Terms.Recalculation.Takes(before.Due?.ToDateTimeOffset(), decision?.Due, causes);
        return new DueAssessment(facts, decision, isTaken, string.Join(' ', [.. words, DueReasons.RuleOf(decision)]));
    }

    /// <summary>What the policy is asked about a remediation.</summary>
    public static RemediationFacts FactsOf(Proto.Remediation remediation, AdvisoryFacts advisory, ComponentFacts component) =>
        advisory.For(component, remediation.Environment, remediation.Opened.ToDateTimeOffset()) with
        {
            ClockRestarted = remediation.ClockRestarted?.ToDateTimeOffset(),
        };
}
