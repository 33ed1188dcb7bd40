using NodaTime;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>A zone, and what is done where its clocks change.</summary>
internal sealed record ZoneRules(DateTimeZone Zone, GapPolicy Gap, OverlapPolicy Overlap)
{
    /// <summary>The zone's clock changes.</summary>
    public ZoneOffsets Offsets { get; } = ZoneOffsets.Of(Zone);

    /// <summary>A map of civil to unix seconds, for one walk.</summary>
    public ZoneMap Map() => new(Offsets, Overlap);
}
