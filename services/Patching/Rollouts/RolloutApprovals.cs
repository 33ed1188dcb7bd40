using Governance.BuildingBlocks.Security;

namespace Governance.Patching.Rollouts;

/// <content>Submitting, approving and stopping.</content>
internal sealed partial record Rollout
{
    public Rollout Submit()
    {
        Require(State == RolloutState.Draft, "ROLLOUT_NOT_DRAFT", "Only a draft can be submitted.");
        Require(Plan.ChangeType != RolloutPlan.Standard, "TEMPLATE_REQUIRED", "A STANDARD rollout is approved by its template alone.");
        return this with { State = RolloutState.AwaitingApproval, Reason = "" };
    }

    /// <summary>A template approved it before; its first slot is then to be asked for.</summary>
    /// <param name="templateDigest">What was approved.</param>
    public Rollout SubmitPreApproved(string templateDigest)
    {
        Require(State == RolloutState.Draft, "ROLLOUT_NOT_DRAFT", "Only a draft can be submitted.");
        Require(Plan.ChangeType == RolloutPlan.Standard, "NOT_STANDARD", "Only a STANDARD rollout is approved by a template.");
        return this with { State = RolloutState.Scheduled, TemplateDigest = templateDigest, Reason = "" };
    }

    /// <summary>One approval. The last that is needed schedules the rollout; its first slot is then to be asked for.</summary>
    /// <param name="approver">The person.</param>
    /// <param name="comment">In words; may be empty.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="approvalsNeeded">How many it needs now: a component's tier may have changed since it was submitted.</param>
    public Rollout Approve(string approver, string comment, DateTimeOffset now, int approvalsNeeded)
    {
        Require(State == RolloutState.AwaitingApproval
            && Plan.ChangeType != RolloutPlan.Standard, "ROLLOUT_NOT_AWAITING_APPROVAL", "It does not await approval.");
        if (ApprovalRule.Involvement(this, approver) is { } involvement)
        {
            Require(
                false,
                "SELF_APPROVAL",
                $"{approver} {involvement} it and so cannot approve it.",
                ("person", approver),
                ("duty", involvement));
        }
        Require(
            !Approvals.Any(approval => SeparationOfDuties.IsSame(approval.Approver, approver)),
            "ALREADY_APPROVED",
            $"{approver} approved it already.",
            ("person", approver));
        var approved = this with
        {
            Approvals = [.. Approvals, new RolloutApproval(approver, now, Digest, comment)],
            ApprovalsNeeded = approvalsNeeded,
        };
        return approved.Approvals.Count(approval => approval.Digest == Digest) < approvalsNeeded
            ? approved
            : approved with { State = RolloutState.Scheduled, OverrideUntil = now + Plan.Emergency?.OverrideFor };
    }

    /// <summary>Back to the draft; approvals are void.</summary>
    public Rollout Reject(string reason)
    {
        Require(State == RolloutState.AwaitingApproval, "ROLLOUT_NOT_AWAITING_APPROVAL", "It does not await approval.");
        return this with { State = RolloutState.Draft, Approvals = [], Reason = reason };
    }

    /// <summary>Stops it before its next stage; a stage that is under way can still end.</summary>
    public Rollout Hold(string reason)
    {
        Require(IsRunning, "ROLLOUT_NOT_RUNNING", "Only a rollout that was approved and is not over can be held.");
        return this with { State = RolloutState.Halted, Reason = reason };
    }

    /// <summary>Goes on after a hold. What failed stays failed: back it out, or cancel the rollout.</summary>
    public Rollout Resume()
    {
        Require(State == RolloutState.Halted, "ROLLOUT_NOT_HALTED", "It is not halted.");
        var undone = Stages.FirstOrDefault(stage => stage.State == StageState.BackedOut);
        Require(
            undone is null,
            "STAGE_BACKED_OUT",
            $"Stage '{undone?.Plan.Id}' was undone: roll back what else has begun, or cancel the rollout.",
            ("stage", undone?.Plan.Id ?? ""));
        var failed = Stages.FirstOrDefault(stage => stage.State == StageState.Failed);
        Require(
            failed is null,
            "STAGE_FAILED",
            $"Stage '{failed?.Plan.Id}' failed: it must pass verification, be backed out, or the rollout be cancelled.",
            ("stage", failed?.Plan.Id ?? ""));
        return (this with { State = RolloutState.Scheduled, Reason = "" }).Settle();
    }

    /// <summary>Takes it back. What is under way must end first.</summary>
    public Rollout Cancel(string reason)
    {
        Require(!IsOver, "ROLLOUT_OVER", "It is over.");
        var underWay = Stages.FirstOrDefault(stage => stage.State is StageState.Starting or StageState.InProgress or StageState.BackingOut);
        Require(
            underWay is null,
            "STAGE_UNDER_WAY",
            $"Stage '{underWay?.Plan.Id}' is under way: end it first.",
            ("stage", underWay?.Plan.Id ?? ""));
        return this with
        {
            State = RolloutState.Cancelled,
            Reason = reason,
            Stages = [.. Stages.Select(stage => stage.HasBegun ? stage : stage.Cancel())],
        };
    }
}
