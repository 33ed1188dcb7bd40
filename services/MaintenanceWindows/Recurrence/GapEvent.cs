namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>What became of a civil start that a clock change affected.</summary>
internal enum GapOutcome
{
    /// <summary>Held, later by the clock.</summary>
    Shifted,

    /// <summary>Not held.</summary>
    Skipped,

    /// <summary>Fell on the same instant as another start, with which it is one.</summary>
    Merged,
}

/// <summary>A start in a gap: the civil second that does not exist, and the unix second that it was moved to or would have been.</summary>
internal readonly record struct GapEvent(GapOutcome Outcome, long Local, long Unix);
