namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>What happens to a civil start that its day does not have, because clocks went forward over it.</summary>
internal enum GapPolicy
{
    /// <summary>It is read with the offset before the gap, so it happens later by the clock (RFC 5545 §3.3.5). It counts.</summary>
    Shift,

    /// <summary>It is not held and does not count (RFC 5545 §3.3.10).</summary>
    Skip,
}

/// <summary>Which of two equal civil times is meant, when clocks went back.</summary>
internal enum OverlapPolicy
{
    First,
    Second,
}

/// <summary>What a duration means when clocks change during an occurrence.</summary>
internal enum DurationPolicy
{
    /// <summary>Elapsed time.</summary>
    Exact,

    /// <summary>By the clock on the wall: the occurrence ends at its local start plus the duration.</summary>
    WallClock,
}
