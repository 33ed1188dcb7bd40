using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Neighbours;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Governance.Patching.V1;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.MaintenanceWindows.Demands;

/// <summary>Patching's demand for slots, with the answer that was given last. It reserves nothing.</summary>
internal sealed class SlotDemandCopy : Copy<SlotDemandChanged>
{
    public string Component { get; private set; } = "";

    public string Environment { get; private set; } = "";

    public ChangeKind Kind { get; private set; }

    public Severity Severity { get; private set; }

    public Duration Duration { get; private set; }

    public Instant? EarliestDue { get; private set; }

    /// <summary>The last answer, SlotSupply's binary form; null before the first.</summary>
    public byte[]? Supply { get; private set; }

    /// <summary>The version that it was published with.</summary>
    public long SupplyVersion { get; private set; }

    /// <summary>When the offered slot begins, after which another is to be found; null when none was offered.</summary>
    public Instant? OfferedStart { get; private set; }

    public string SupplyName => $"slotSupplies/{Name[(Name.IndexOf('/', StringComparison.Ordinal) + 1)..]}";

    public ChangeDemand Demand => new()
    {
        Components = [Names.Component(Component)],
        Environment = Environment,
        Kind = Kind,
        Severity = Severity,
        Duration = Duration,
    };

    /// <summary>Keeps an answer.</summary>
    /// <returns>Whether it is another than before.</returns>
    public bool Answer(SlotSupply supply, Instant? offered, long version)
    {
        var bytes = Google.Protobuf.MessageExtensions.ToByteArray(supply);
        OfferedStart = offered;
        if (Supply is not null && bytes.AsSpan().SequenceEqual(Supply)) return false;
        (Supply, SupplyVersion) = (bytes, version);
        return true;
    }

    protected override void Take(SlotDemandChanged changed)
    {
        var demand = changed.Demand;
        (Component, Environment, Kind, Severity) = (demand.Component, demand.Environment, demand.Kind, demand.Severity);
        Duration = demand.Duration?.ToDuration() ?? Duration.Zero;
        EarliestDue = demand.EarliestDue?.ToInstant();
    }
}

internal sealed class SlotDemandConfiguration : IEntityTypeConfiguration<SlotDemandCopy>
{
    public void Configure(EntityTypeBuilder<SlotDemandCopy> builder)
    {
        builder.ToTable("SlotDemands");
        builder.HasIndex(demand => demand.OfferedStart);
    }
}
