using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Deadlines;

/// <summary>A policy as it is kept; one is in force.</summary>
internal sealed class Policy : Aggregate
{
    /// <summary>They ship with the service. The first is in force until another is activated.</summary>
    public static readonly IReadOnlyList<string> PresetIds = ["house-default", "bod-26-04", "essential-eight", "pci-dss-6-3-3"];

    private Policy()
    {
    }

    public override string Name => $"policies/{Id}";

    public DeadlinePolicy Terms { get; private set; } = null!;

    public bool IsActive { get; private set; }

    /// <summary>The write that last changed what it decides. Never the same twice, also for a policy that was created again.</summary>
    public long Revision { get; private set; }

    /// <summary>What remediations keep of the policy that assessed them.</summary>
    public string Stamp => StampOf(Id, Revision);

    public bool IsPreset => PresetIds.Contains(Id);

    public static string StampOf(string id, long revision) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{id}@{revision}");

    public static Policy Create(DeadlinePolicy terms, bool isActive, long revision, Instant now)
    {
        var policy = new Policy { Id = terms.Id, Terms = terms, IsActive = isActive, Revision = revision };
        policy.Changed("CREATED", now);
        return policy;
    }

    public void Revise(DeadlinePolicy terms, long revision, Instant now)
    {
        (Terms, Revision) = (terms, revision);
        Changed("UPDATED", now);
    }

    /// <summary>A calendar that it counts by has changed.</summary>
    public void Recount(long revision, Instant now)
    {
        Revision = revision;
        Changed("UPDATED", now);
    }

    public void Activate(Instant now)
    {
        IsActive = true;
        Changed("ACTIVATED", now);
    }

    public void Deactivate(Instant now)
    {
        IsActive = false;
        Changed("DEACTIVATED", now);
    }

    public void DemandDeletable()
    {
        if (IsActive) throw new RuleViolation("POLICY_IN_FORCE", $"{Name} is in force: put another in force first.", ("policy", Name));
        if (IsPreset) throw new RuleViolation("POLICY_IS_PRESET", $"{Name} ships with the service and stays.", ("policy", Name));
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
