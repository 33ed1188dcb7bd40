using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Demands;

/// <summary>What open remediations of one component, environment and severity ask of the calendar. It reserves nothing.</summary>
internal sealed class SlotDemand : Aggregate
{
    private SlotDemand()
    {
    }

    public override string Name => $"slotDemands/{Id}";

    public string Component { get; private set; } = "";

    public string Environment { get; private set; } = "";

    public Severity Severity { get; private set; }

    public Duration Duration { get; private set; }

    public Instant EarliestDue { get; private set; }

    public static SlotDemand Create(DemandKey key, Duration duration, Instant earliestDue, Instant now)
    {
        var demand = new SlotDemand { Id = key.Id, Component = key.Component, Environment = key.Environment, Severity = key.Severity };
        demand.Ask(duration, earliestDue, now);
        return demand;
    }

    /// <returns>Whether it asks for something else than before.</returns>
    public bool Ask(Duration duration, Instant earliestDue, Instant now)
    {
        if (Duration == duration && EarliestDue == earliestDue) return false;
        (Duration, EarliestDue) = (duration, earliestDue);
        Changed(Version == 0 ? "CREATED" : "UPDATED", now);
        return true;
    }

    protected override IMessage ToEvent() => new Proto.SlotDemandChanged
    {
        Demand = new Proto.SlotDemand
        {
            Name = Name,
            Component = Component,
            Environment = Environment,
            Kind = ChangeKind.Patch,
            Severity = Severity,
            Duration = Duration.ToProto(),
            EarliestDue = EarliestDue.ToTimestamp(),
        },
    };
}

/// <summary>What one demand is for.</summary>
internal readonly record struct DemandKey(string Component, string Environment, Severity Severity)
{
    /// <summary>Always the same for the same key, and short.</summary>
    public string Id => Digests.Of($"{Component}\n{Environment}\nPATCH\n{(int)Severity}")[..32];
}

/// <summary>The calendar's last answer to a demand.</summary>
internal sealed class SlotSupplyRow
{
    public required string DemandId { get; set; }

    public long Epoch { get; set; }

    public long Version { get; set; }

    /// <summary>The SlotSupply message; empty when there is none any more.</summary>
    public required byte[] Supply { get; set; }
}

internal sealed class SlotDemandConfiguration : IEntityTypeConfiguration<SlotDemand>
{
    public void Configure(EntityTypeBuilder<SlotDemand> builder)
    {
        builder.ToTable("SlotDemands");
        builder.Property(demand => demand.Component).HasMaxLength(220);
        builder.Property(demand => demand.Environment).HasMaxLength(63);
    }
}

internal sealed class SlotSupplyConfiguration : IEntityTypeConfiguration<SlotSupplyRow>
{
    public void Configure(EntityTypeBuilder<SlotSupplyRow> builder)
    {
        builder.ToTable("SlotSupplies").HasKey(row => row.DemandId);
        builder.Property(row => row.DemandId).HasMaxLength(64);
    }
}
