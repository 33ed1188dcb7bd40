using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Escalation;

/// <summary>Who is told, and after how long the next. Audited; no neighbour asks for it.</summary>
internal sealed class EscalationPolicy : DatedAggregate<Proto.EscalationPolicy>
{
    /// <summary>The id of the one that serves where nothing else is named.</summary>
    public const string DefaultId = "default";

    private EscalationPolicy()
    {
    }

    public override string Name => $"escalationPolicies/{Id}";

    public override Target Target => new(Party: Name);

    public override bool IsSetting => true;

    public static EscalationPolicy Create(string id, Proto.EscalationPolicy terms, Instant now)
    {
        var policy = new EscalationPolicy { Id = id };
        policy.Put(terms, now, "CREATED", now);
        return policy;
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("POLICY_DELETED", $"{Name} is deleted already.", ("escalationPolicy", Name));
        MarkDeleted(reason, now);
    }

    public Proto.EscalationPolicy ToProto() => ToProto(Terms, EffectiveFrom);

    /// <summary>As it was or will be.</summary>
    public Proto.EscalationPolicy ToProto(Proto.EscalationPolicy terms, Instant effective)
    {
        var message = terms.Clone();
        (message.Name, message.Etag, message.EffectiveTime) = (Name, Etag, effective.ToTimestamp());
        (message.CreateTime, message.UpdateTime, message.DeleteTime) =
            (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp(), DeleteTime?.ToTimestamp());
        return message;
    }

    protected override void Index(Proto.EscalationPolicy terms)
    {
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();
}

internal sealed class EscalationPolicyConfiguration : IEntityTypeConfiguration<EscalationPolicy>
{
    public void Configure(EntityTypeBuilder<EscalationPolicy> builder)
    {
        builder.ToTable("EscalationPolicies");
        builder.Property(policy => policy.Source).HasMaxLength(200);
        builder.Ignore(policy => policy.Terms).Ignore(policy => policy.Target);
    }
}
