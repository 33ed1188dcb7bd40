using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A zone, and what is done where its clocks change.</summary>
internal sealed record ZoneRules(DateTimeZone Zone, GapPolicy Gap, OverlapPolicy Overlap);
