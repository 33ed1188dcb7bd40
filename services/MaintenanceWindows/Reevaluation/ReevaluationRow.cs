using NodaTime;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>A change of the calendar after which bookings are to be looked at again; removed when that is done.</summary>
internal sealed class ReevaluationRow
{
    /// <summary>The write's commit sequence.</summary>
    public long Sequence { get; set; }

    /// <summary>What changed, <c>freezes/peak-season</c>.</summary>
    public required string Cause { get; set; }

    public Instant CommitTime { get; set; }
}
