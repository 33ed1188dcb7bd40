namespace Governance.Patching.Rollouts;

/// <content>Asking MaintenanceWindows for slots, and what its answers do.</content>
internal sealed partial record Rollout
{
    /// <summary>
    /// Raises the attempts that are due: of each stage that has none, and of each that would now begin before the stage
    /// ahead of it is over; down to the first stage without a slot, since what comes after it cannot be planned yet.
    /// </summary>
    /// <param name="now">No slot is asked for in the past.</param>
    public Rollout RequestSlots(DateTimeOffset now)
    {
        if (!IsRunning)
        {
            return this;
        }
        var rollout = this;
        DateTimeOffset? earliest = DateTimeOffset.MinValue;
        foreach (var stage in Stages)
        {
            if (earliest is null)
            {
                break;
            }
            var asked = stage.HasBegun ? stage : Ask(stage, earliest.Value, now);
            rollout = rollout.With(asked);
            earliest = EarliestAfter(asked);
        }

        return rollout;
    }

    /// <summary>Asks again for a stage that has no slot, because something changed.</summary>
    public Rollout RequestAgain(string stageId)
    {
        var stage = Stage(stageId);
        Require(IsRunning
            && stage.State is StageState.Unscheduled, "STAGE_NOT_UNSCHEDULED", $"Stage '{stageId}' is {stage.State}.", ("stage", stageId));
        return With(Raise(stage, stage.Booking.NotBefore!.Value));
    }

    /// <summary>A slot that MaintenanceWindows gave, or moved. An answer to an older attempt changes nothing.</summary>
    public Rollout Book(string stageId, int attempt, StageBooking answer)
    {
        var stage = Stage(stageId);
        if (!IsAwaited(stage, attempt))
        {
            return this;
        }
        var booking = Answered(stage, attempt, answer);
        return With(stage with { Booking = booking, State = stage.HasBegun ? stage.State : StageState.Scheduled });
    }

    /// <summary>MaintenanceWindows has no slot, or took it away. An answer to an older attempt changes nothing.</summary>
    public Rollout Unschedule(string stageId, int attempt, StageBooking answer)
    {
        var stage = Stage(stageId);
        if (!IsAwaited(stage, attempt) || stage.Started is not null)
        {
            return this;
        }
        var booking = Answered(stage, attempt, answer) with { PlannedStart = null, PlannedEnd = null };
        return With(stage with { Booking = booking, State = StageState.Unscheduled }).SettleIfRunning();
    }

    /// <summary>What became of a booking whose work has begun or is over: it is shown, and decides nothing.</summary>
    public Rollout Show(string stageId, int attempt, StageBooking answer)
    {
        var stage = Stage(stageId);
        return attempt > 0 && attempt == stage.Booking.RequestedAttempt
            ? With(stage with { Booking = Answered(stage, attempt, answer) })
            : this;
    }

    /// <summary>How long after the stage's end the rollout still needs at least: soaks, later stages and their reserves.</summary>
    public TimeSpan TailAfter(string stageId)
    {
        var later = Stages.SkipWhile(stage => stage.Plan.Id != stageId).ToList();
        var soaks = later.SkipLast(1).Aggregate(TimeSpan.Zero, (sum, stage) => sum + stage.Plan.Soak);
        return later.Skip(1).Aggregate(soaks, (sum, stage) => sum + stage.Plan.Duration + Plan.BackOut.Duration);
    }

    private static RolloutStage Ask(RolloutStage stage, DateTimeOffset earliest, DateTimeOffset now)
    {
        var isFirst = stage.Booking.RequestedAttempt == 0;
        var isTooEarly = (stage.Booking.PlannedStart ?? stage.Booking.NotBefore) < earliest;
        return isFirst || isTooEarly ? Raise(stage, earliest > now ? earliest : now) : stage;
    }

    private static RolloutStage Raise(RolloutStage stage, DateTimeOffset notBefore) => stage with
    {
        State = StageState.Booking,
        Booking = stage.Booking with
        {
            RequestedAttempt = stage.Booking.RequestedAttempt
            + 1,
            NotBefore = notBefore,
            PlannedStart = null,
            PlannedEnd = null
        },
    };

    /// <summary>A held rollout keeps its slots, so it still hears what becomes of them.</summary>
    private bool IsAwaited(RolloutStage stage, int attempt) =>
        (IsRunning || State == RolloutState.Halted)
            && stage.State != StageState.Cancelled
            && attempt > 0
            && attempt == stage.Booking.RequestedAttempt;

    private static StageBooking Answered(RolloutStage stage, int attempt, StageBooking answer) => answer with
    {
        RequestedAttempt = stage.Booking.RequestedAttempt,
        AnsweredAttempt = attempt,
        NotBefore = stage.Booking.NotBefore,
    };

    /// <summary>When the stage after this one may start at the earliest; null while this one has no slot.</summary>
    private static DateTimeOffset? EarliestAfter(RolloutStage stage)
    {
        if (stage.IsDone)
        {
            return DateTimeOffset.MinValue;
        }
        if (stage.SoakUntil is { } watched)
        {
            return watched;
        }
        var hasSlot = stage.State is StageState.Scheduled or StageState.Starting or StageState.InProgress;
        return hasSlot ? stage.Booking.PlannedEnd + stage.Plan.Soak : null;
    }

    private Rollout SettleIfRunning() => IsRunning ? Settle() : this;
}
