namespace Governance.Patching.Rollouts;

/// <content>Undoing what was done.</content>
internal sealed partial record Rollout
{
    /// <summary>Whether a stage that changed the component there is undone, or being undone.</summary>
    public bool IsUndone(string component, string environment) => Stages.Any(stage =>
        stage.State is StageState.BackingOut or StageState.BackedOut
            && stage.Plan.Environment == environment
            && stage.Plan.Components.Contains(component));

    /// <summary>
    /// Undoes stages. Without evidence their back-out begins, in the time of the booking where one is running; with
    /// evidence it is done. What has not begun is taken back: nothing follows a stage that was undone.
    /// </summary>
    /// <param name="stageIds">The stages; none: those being undone, else those that failed or are under way, else the last one that
    /// ended.</param>
    /// <param name="reason">Why; may be empty when a back-out that is under way ends.</param>
    /// <param name="evidence">A link to what shows that it is undone; empty begins.</param>
    /// <param name="person">Who decided it.</param>
    /// <param name="now">The present instant.</param>
    public Rollout RollBack(IReadOnlyList<string> stageIds, string reason, string evidence, string person, DateTimeOffset now)
    {
        Require(State is not (RolloutState.BackedOut or RolloutState.Cancelled), "ROLLOUT_OVER", "It is over.");
        Require(!string.IsNullOrWhiteSpace(Plan.BackOut.Plan), "NO_BACK_OUT_PLAN", "It has no back-out plan to roll back by.");
        var starting = Stages.FirstOrDefault(stage => stage.State == StageState.Starting);
        Require(
            starting is null,
            "STAGE_STARTING",
            $"The start of stage '{starting?.Plan.Id}' is asked for: wait for the calendar's answer.",
            ("stage", starting?.Plan.Id ?? ""));
        var stages = stageIds.Count > 0 ? [.. stageIds.Select(Stage)] : StagesToUndo();
        Require(stages.Count > 0, "NOTHING_TO_BACK_OUT", "Nothing has begun.");
        var rollout = this;
        foreach (var stage in stages)
        {
            RequireUndoable(stage, reason, evidence);
            rollout = rollout.With(evidence.Length > 0 ? Undone(stage, reason, evidence, person, now) : stage with
            {
                State = StageState.BackingOut,
                BackOut = new StageBackOut(reason, person, now, null, ""),
            });
        }

        return (rollout with { Reason = reason.Length > 0 ? reason : Reason }).DueForReview().Settle();
    }

    private static RolloutStage Undone(RolloutStage stage, string reason, string evidence, string person, DateTimeOffset now) => (stage with
    {
        State = StageState.BackedOut,
        Outcome = StageOutcome.BackedOut,
        Ended = stage.Ended ?? now,
        BackOut = (stage.BackOut ?? new StageBackOut(reason, person, now, null, "")) with { Ended = now, Evidence = evidence },
    }).Raise();

    private List<RolloutStage> StagesToUndo()
    {
        var underWay = Stages.Where(stage => stage.State == StageState.BackingOut).ToList();
        if (underWay.Count > 0)
        {
            return underWay;
        }
        var failed = Stages.Where(stage => stage.State is StageState.Failed or StageState.InProgress).ToList();
        return failed.Count > 0 ? failed : [.. Stages.Where(stage => stage.CanBackOut).TakeLast(1)];
    }

    private void RequireUndoable(RolloutStage stage, string reason, string evidence)
    {
        var id = stage.Plan.Id;
        Require(stage.CanBackOut, "STAGE_NOT_BEGUN", $"Stage '{id}' is {stage.State}: there is nothing to undo.", ("stage", id));
        var isUnderWay = stage.State == StageState.BackingOut;
        Require(!isUnderWay
            || evidence.Length > 0, "STAGE_BACKING_OUT", $"Stage '{id}' is being undone already; evidence ends that.", ("stage", id));
        Require(isUnderWay || !string.IsNullOrWhiteSpace(reason), "REASON_REQUIRED", $"Say why stage '{id}' is undone.", ("stage", id));
    }

    /// <summary>Backed out as a whole once nothing of it is in place any more; until then a person has to decide.</summary>
    private Rollout SettleBackOut()
    {
        var begun = Stages.Where(stage => stage.HasBegun).ToList();
        return this with
        {
            State = begun.Any(stage => stage.State == StageState.BackingOut) ? RolloutState.BackingOut
                : begun.All(stage => stage.State == StageState.BackedOut) ? RolloutState.BackedOut
                : RolloutState.Halted,
            Stages = [.. Stages.Select(stage => stage.HasBegun || stage.State == StageState.Cancelled ? stage : stage.Cancel())],
        };
    }
}
