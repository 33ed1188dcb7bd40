using Governance.BuildingBlocks.Errors;
using NodaTime;
using ClosedBy = Governance.Patching.V1.Remediation.Types.ClosedBy;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using Proto = Governance.Patching.V1;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <content>What people decide about it. A rollout lets go of what they closed.</content>
internal sealed partial class Remediation
{
    /// <summary>It does not apply here. That says nothing of its deadline, unless that is past.</summary>
    public void MarkNotAffected(Proto.Assessment assessment, Instant now)
    {
        DemandPending();
        Edit("NOT_AFFECTED", now, body =>
        {
            if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
            Close(body, Stand.NotAffected, ClosedBy.Assessment, assessment.Evidence, now);
            (body.Assessment, body.Rollout) = (assessment, "");
        });
    }

    /// <summary>A patch that changes no version fixes it.</summary>
    public void Resolve(Proto.IsolatedPatch patch, Instant now)
    {
        DemandPending();
        Remediate(ClosedBy.IsolatedPatch, $"{patch.Patch}: {patch.Evidence}", now);
        Edit("REMEDIATED", now, body => (body.Patch, body.Rollout) = (patch, ""));
    }

    /// <exception cref="RuleViolation">Nobody closed it by hand.</exception>
    public void DemandClosedByHand()
    {
        if (Body.ClosedBy is ClosedBy.Assessment or ClosedBy.IsolatedPatch) return;
        throw new RuleViolation(
            "NOT_CLOSED_BY_HAND",
            $"{Name} is {Word(Status)}: only what a person closed can be opened again by hand.",
            ("remediation", Name),
            ("state", Word(Status)));
    }

    private static string Word(Stand state) => state switch
    {
        Stand.InProgress => "IN_PROGRESS",
        Stand.NotAffected => "NOT_AFFECTED",
        _ => state.ToString().ToUpperInvariant(),
    };

    private void DemandPending()
    {
        if (!IsPending)
        {
            throw new RuleViolation(
            "REMEDIATION_CLOSED", $"{Name} is {Word(Status)} already.", ("remediation", Name), ("state", Word(Status)));
        }
    }
}
