namespace Governance.Patching.Rollouts;

/// <content>Carrying the stages out, one after another.</content>
internal sealed partial record Rollout
{
    /// <summary>Asks for the start of the stage whose turn it is; the calendar decides (<see cref="Start"/>).</summary>
    public Rollout RequestStart(string stageId)
    {
        Require(IsRunning, "ROLLOUT_NOT_RUNNING", "Only a rollout that was approved, is not held and is not over can start a stage.");
        var stage = RequireTurn(stageId);
        Require(
            stage.State == StageState.Scheduled,
            "STAGE_NOT_SCHEDULED",
            $"Stage '{stageId}' has no slot to start in: it is {stage.State}.",
            ("stage", stageId),
            ("stageState", stage.State.ToString()));
        return With((stage with { State = StageState.Starting }).Raise()).Settle();
    }

    /// <summary>The calendar let it start. A hold that came after the start was asked for does not undo that.</summary>
    public Rollout Start(string stageId, DateTimeOffset at)
    {
        var stage = RequireTurn(stageId);
        Require(
            stage.State == StageState.Starting,
            "STAGE_NOT_STARTING",
            $"Stage '{stageId}' is {stage.State}: its start was not asked for.",
            ("stage", stageId));
        return With(stage with { State = StageState.InProgress, Started = at }).Settle();
    }

    /// <summary>The calendar did not let it start; its slot stands.</summary>
    public Rollout RefuseStart(string stageId, string reason)
    {
        var stage = Stage(stageId);
        return stage.State != StageState.Starting
            ? this
            : With(stage with { State = StageState.Scheduled, Booking = stage.Booking with { Reason = reason } }).Settle();
    }

    /// <summary>The work of a stage is over; if it went well, it is now watched.</summary>
    public Rollout End(string stageId, StageOutcome outcome, DateTimeOffset at)
    {
        var stage = Stage(stageId);
        Require(
            stage.State == StageState.InProgress,
            "STAGE_NOT_IN_PROGRESS",
            $"Stage '{stageId}' is {stage.State}: it is not under way.",
            ("stage", stageId));
        var ended = (stage with { Ended = at, Outcome = outcome }).Raise();
        return outcome switch
        {
            StageOutcome.BackedOut =>
                (With(ended with { State = StageState.BackedOut }) with { Reason = $"Stage '{stageId}' was backed out." })
                    .DueForReview()
                    .Settle(),
            StageOutcome.Unsuccessful =>
                (With(ended with { State = StageState.Failed }) with { Reason = $"Stage '{stageId}' did not take effect." })
                    .DueForReview()
                    .Settle(),
            _ => With(ended with { State = StageState.Soaking, SoakUntil = at + stage.Plan.Soak }).DueForReview().Settle().Elapse(at),
        };
    }

    /// <summary>Lets time pass: soaks that are over end, gates that are satisfied open, a review that is due is missed.</summary>
    public Rollout Elapse(DateTimeOffset now)
    {
        var rollout = MissReview(now);
        if (IsOver)
        {
            return rollout;
        }
        var soaked = Stages.Where(stage => stage.State == StageState.Soaking && stage.SoakUntil <= now).ToList();
        foreach (var stage in soaked)
        {
            rollout = rollout.With(stage with { State = IsGateOpen(stage) ? StageState.Completed : StageState.AwaitingVerification });
        }
        return soaked.Count == 0 ? rollout : rollout.Settle();
    }

    /// <summary>
    /// Evidence that a stage works, or does not. It can be given as soon as the work ended; the stage is done when its
    /// soak is over too. A failure halts the rollout; a later pass lets it be resumed.
    /// </summary>
    /// <param name="stageId">The stage.</param>
    /// <param name="verification">The evidence.</param>
    /// <param name="isApprover">Whether the verifier may approve rollouts: an APPROVAL gate asks for that.</param>
    public Rollout Verify(string stageId, StageVerification verification, bool isApprover)
    {
        var stage = Stage(stageId);
        Require(!IsOver, "ROLLOUT_OVER", "It is over.");
        Require(
            stage.State is StageState.Soaking or StageState.AwaitingVerification
                || (stage.State == StageState.Failed && stage.Verification is not null),
            "STAGE_NOT_ENDED", $"Stage '{stageId}' is {stage.State}: there is nothing to verify.", ("stage", stageId));
        if (stage.Plan.Gate == StageGate.Approval)
        {
            RequireApprover(stageId, verification.Verifier, isApprover);
        }
        var verified = stage with { Verification = verification };
        if (!verification.Passed)
        {
            return (With(verified with { State = StageState.Failed }) with { Reason = $"Stage '{stageId}' failed verification." }).Settle();
        }
        var soaking = verified with { State = StageState.Soaking };
        return With(soaking).Settle().Elapse(verification.At);
    }

    private static bool IsGateOpen(RolloutStage stage) => stage.Plan.Gate == StageGate.Automatic || stage.Verification is { Passed: true };

    private void RequireApprover(string stageId, string verifier, bool isApprover)
    {
        Require(isApprover, "APPROVER_REQUIRED", $"Stage '{stageId}' waits for an approver.", ("stage", stageId));
        if (ApprovalRule.Involvement(this, verifier) is { } involvement)
        {
            Require(
                false,
                "SELF_APPROVAL",
                $"{verifier} {involvement} it and so cannot let it pass.",
                ("person", verifier),
                ("duty", involvement));
        }
    }

    /// <summary>No stage begins before all stages before it are done: staging verified, every soak over.</summary>
    private RolloutStage RequireTurn(string stageId)
    {
        var stage = Stage(stageId);
        var waitsFor = Stages.TakeWhile(before => before != stage).FirstOrDefault(before => !before.IsDone);
        Require(
            waitsFor is null, waitsFor?.Plan.Kind == StageKind.Staging && stage.Plan.Kind == StageKind.Production
                ? "STAGING_NOT_VERIFIED"
                : "EARLIER_STAGE_NOT_DONE",
            $"Stage '{stageId}' waits for '{waitsFor?.Plan.Id}', which is {waitsFor?.State}.", (
                "stage", stageId), ("waitsFor", waitsFor?.Plan.Id ?? ""));
        return stage;
    }

    /// <summary>The overall state that follows from the stages'. A halt stays until it is resumed.</summary>
    private Rollout Settle()
    {
        if (Stages.Any(stage => stage.State is StageState.BackingOut or StageState.BackedOut))
        {
            return SettleBackOut();
        }
        if (Stages.All(stage => stage.IsDone))
        {
            return this with { State = RolloutState.Completed, Reason = "" };
        }
        if (State == RolloutState.Halted || Stages.Any(stage => stage.State == StageState.Failed))
        {
            return this with { State = RolloutState.Halted };
        }
        if (Stages.Any(stage => stage.State is StageState.Starting or StageState.InProgress))
        {
            return this with { State = RolloutState.InProgress };
        }
        return this with
        {
            State = Stages.Any(stage => stage.State is StageState.Soaking or StageState.AwaitingVerification)
                ? RolloutState.Soaking
                : RolloutState.Scheduled,
        };
    }
}
