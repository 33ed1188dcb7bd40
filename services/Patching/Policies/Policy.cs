using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Policies;

/// <summary>A policy as it is kept; one is in force.</summary>
internal sealed class Policy : Aggregate
{
    private Policy()
    {
    }

    public override string Name => $"policies/{Id}";

    public DeadlinePolicy Terms { get; private set; } = null!;

    public bool IsActive { get; private set; }

    public static Policy Create(DeadlinePolicy terms, bool isActive, Instant now)
    {
        var policy = new Policy { Id = terms.Id, Terms = terms, IsActive = isActive };
        policy.Changed("CREATED", now);
        return policy;
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => this.ToProto();
}

internal sealed class PolicyConfiguration : IEntityTypeConfiguration<Policy>
{
    public void Configure(EntityTypeBuilder<Policy> builder)
    {
        builder.ToTable("Policies");
        builder.Property(policy => policy.Terms).AsJson();
    }
}
