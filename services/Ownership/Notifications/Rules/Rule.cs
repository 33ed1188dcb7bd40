using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.Ownership.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>Who is told of what, and how. Audited; no neighbour asks for it.</summary>
internal sealed class Rule : Aggregate
{
    private Proto.NotificationRule? _terms;

    private Rule()
    {
    }

    public override string Name => $"notificationRules/{Id}";

    public Occasion Occasion { get; private set; }

    public bool Enabled { get; private set; }

    /// <summary>What callers decide, in one spelling.</summary>
    public byte[] Content { get; private set; } = [];

    public Proto.NotificationRule Terms => _terms ??= RevisionLog.Parse<Proto.NotificationRule>(Content);

    public bool IsPreset => RulePresets.All.ContainsKey(Id);

    /// <summary>How long before the instant that a situation is about it tells of it.</summary>
    public Duration LeadTime => Terms.LeadTime?.ToDuration() ?? Occasions.LeadTime(Occasion);

    /// <summary>How long it waits for somebody to acknowledge before it tells the next; null: it tells all at once.</summary>
    public Duration? EscalateAfter => Terms.EscalateAfter?.ToDuration();

    public static Rule Create(string id, Proto.NotificationRule terms, Instant now)
    {
        var rule = new Rule { Id = id, Occasion = terms.Occasion };
        rule.Set(terms, "CREATED", now);
        return rule;
    }

    /// <returns>Whether anything is different.</returns>
    public bool Revise(Proto.NotificationRule terms, Instant now)
    {
        if (Content.AsSpan().SequenceEqual(terms.ToByteArray())) return false;
        Set(terms, "UPDATED", now);
        return true;
    }

    public void DemandDeletable()
    {
        if (IsPreset) throw new RuleViolation("RULE_IS_PRESET", $"{Name} ships with the service: turn it off instead.", ("rule", Name));
    }

    public Proto.NotificationRule ToProto()
    {
        var message = Terms.Clone();
        (message.Name, message.Preset, message.Etag) = (Name, IsPreset, Etag);
        (message.CreateTime, message.UpdateTime) = (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        return message;
    }

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(Proto.NotificationRule terms, string verb, Instant now)
    {
        (_terms, Content, Enabled) = (terms, terms.ToByteArray(), terms.Enabled);
        Changed(verb, now);
    }
}

internal sealed class RuleConfiguration : IEntityTypeConfiguration<Rule>
{
    public void Configure(EntityTypeBuilder<Rule> builder)
    {
        builder.ToTable("NotificationRules");
        builder.Ignore(rule => rule.Terms).Ignore(rule => rule.IsPreset).Ignore(rule => rule.LeadTime).Ignore(rule => rule.EscalateAfter);
        builder.HasIndex(rule => new { rule.Occasion, rule.Enabled });
    }
}
