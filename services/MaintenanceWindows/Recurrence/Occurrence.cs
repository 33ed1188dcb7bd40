using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>One occurrence: <see cref="Start"/> inclusive, <see cref="End"/> exclusive; equal when there is no duration.</summary>
internal readonly record struct Occurrence(Instant Start, Instant End);
