namespace Governance.Patching.Rollouts;

/// <summary>One stage and how far it is.</summary>
internal sealed record RolloutStage(StagePlan Plan)
{
    public StageState State { get; init; } = StageState.Pending;

    /// <summary>What was asked of MaintenanceWindows and what it answered.</summary>
    public StageBooking Booking { get; init; } = new();

    public StageVerification? Verification { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ended { get; init; }

    /// <summary>How its work ended; null before.</summary>
    public StageOutcome? Outcome { get; init; }

    /// <summary>Watched until this instant.</summary>
    public DateTimeOffset? SoakUntil { get; init; }

    /// <summary>How it was undone; null where it was not.</summary>
    public StageBackOut? BackOut { get; init; }

    /// <summary>Why its soak ended before its time; null where it did not.</summary>
    public SoakShortening? SoakShortening { get; init; }

    /// <summary>Whether the next stage may start.</summary>
    public bool IsDone => State == StageState.Completed;

    /// <summary>Whether the work has begun, so that its slot is its own.</summary>
    public bool HasBegun => Started is not null || State == StageState.Starting;

    /// <summary>Whether there is something to undo.</summary>
    public bool CanBackOut => Started is not null && State != StageState.BackedOut;

    /// <summary>A further wish for its booking; none where nothing was ever asked for.</summary>
    public RolloutStage Raise() => Booking.RequestedAttempt == 0
        ? this
        : this with { Booking = Booking with { RequestedAttempt = Booking.RequestedAttempt + 1 } };

    /// <summary>Taken back, with its slot.</summary>
    public RolloutStage Cancel() => (this with { State = StageState.Cancelled }).Raise();
}

/// <summary>The wish for a slot and its answer.</summary>
internal sealed record StageBooking
{
    /// <summary>Raised with every new wish; zero before the first.</summary>
    public int RequestedAttempt { get; init; }

    /// <summary>The wish that was answered last; zero before the first answer.</summary>
    public int AnsweredAttempt { get; init; }

    /// <summary>The slot may not start before this instant.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary><c>bookings/…</c>; empty before the first answer.</summary>
    public string Name { get; init; } = "";

    /// <summary>The booking's state, by the name that MaintenanceWindows gives it.</summary>
    public string State { get; init; } = "";

    public DateTimeOffset? PlannedStart { get; init; }

    public DateTimeOffset? PlannedEnd { get; init; }

    /// <summary><c>windows/…</c>; may be empty.</summary>
    public string Window { get; init; } = "";

    /// <summary>Why it was refused, moved or lost its slot.</summary>
    public string Reason { get; init; } = "";
}

/// <param name="Passed">Whether it works.</param>
/// <param name="Evidence">A link to what shows it.</param>
/// <param name="Comment">In words; may be empty.</param>
/// <param name="Verifier">Who says so.</param>
/// <param name="At">When.</param>
internal sealed record StageVerification(bool Passed, string Evidence, string Comment, string Verifier, DateTimeOffset At);

/// <param name="Reason">Why.</param>
/// <param name="Person">Who decided it.</param>
/// <param name="Begun">When it began.</param>
/// <param name="Ended">When it was done; null while it is under way.</param>
/// <param name="Evidence">A link to what shows that it is undone; empty while it is under way.</param>
internal sealed record StageBackOut(string Reason, string Person, DateTimeOffset Begun, DateTimeOffset? Ended, string Evidence);

/// <param name="Reason">Why.</param>
/// <param name="Person">Who decided it.</param>
/// <param name="At">When.</param>
internal sealed record SoakShortening(string Reason, string Person, DateTimeOffset At);

/// <param name="Approver">The person.</param>
/// <param name="At">When.</param>
/// <param name="Digest">What was approved.</param>
/// <param name="Comment">In words; may be empty.</param>
internal sealed record RolloutApproval(string Approver, DateTimeOffset At, string Digest, string Comment);
