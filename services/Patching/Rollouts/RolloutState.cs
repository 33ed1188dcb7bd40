namespace Governance.Patching.Rollouts;

internal enum RolloutState
{
    /// <summary>Being written.</summary>
    Draft,

    AwaitingApproval,

    /// <summary>Approved; its next stage is booked or being booked.</summary>
    Scheduled,

    /// <summary>A stage is under way.</summary>
    InProgress,

    /// <summary>The last stage to end is being watched, or waits for its gate.</summary>
    Soaking,

    Completed,
    BackedOut,

    /// <summary>Stopped; waits for a person.</summary>
    Halted,

    Cancelled,

    /// <summary>A stage is being undone.</summary>
    BackingOut,
}

internal enum StageState
{
    /// <summary>Not asked for yet.</summary>
    Pending,

    /// <summary>Its slot is asked for.</summary>
    Booking,

    /// <summary>It has its slot.</summary>
    Scheduled,

    /// <summary>It has no slot; its booking says why.</summary>
    Unscheduled,

    /// <summary>Its start is asked for.</summary>
    Starting,

    InProgress,

    /// <summary>Ended and being watched.</summary>
    Soaking,

    /// <summary>Watched long enough; waits for its gate.</summary>
    AwaitingVerification,

    Completed,

    /// <summary>Failed verification, or ended badly.</summary>
    Failed,

    BackedOut,
    Cancelled,

    /// <summary>Being undone.</summary>
    BackingOut,
}

/// <summary>How the work of a stage ended.</summary>
internal enum StageOutcome
{
    Successful,

    /// <summary>Stayed in place, but with incidents or rework.</summary>
    SuccessfulWithIssues,

    /// <summary>Did not take effect.</summary>
    Unsuccessful,

    /// <summary>Was undone.</summary>
    BackedOut,
}
