namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// Where a walk ends: the last unix second at which something may start, and how many starts at most; and where to write what gaps did.
/// </summary>
internal readonly record struct StartLimits(long Last, long Count, List<GapEvent>? Log = null);
