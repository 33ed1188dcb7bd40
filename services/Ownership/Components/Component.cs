using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>A part of the platform that is patched, deployed and owned as one.</summary>
internal sealed class Component : DatedAggregate<Proto.Component>
{
    private Component()
    {
    }

    public override string Name => $"components/{Id}";

    public string DisplayName => Terms.DisplayName;

    /// <summary>1 to 4; 0 where nobody has said.</summary>
    public int Tier { get; private set; }

    public string System { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public override Target Target => new(Name, System, Owner);

    public static Component Create(string id, Proto.Component terms, string source, Instant now)
    {
        var component = new Component { Id = id, Source = source };
        component.Put(terms, now, "CREATED", now);
        return component;
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("COMPONENT_DELETED", $"{Name} is deleted already.", ("component", Name));
        MarkDeleted(reason, now);
    }

    /// <summary>What neighbours and callers read of it.</summary>
    public Proto.Component ToProto() => ToProto(Terms, EffectiveFrom);

    /// <summary>As it was or will be.</summary>
    public Proto.Component ToProto(Proto.Component terms, Instant effective)
    {
        var message = Known(terms);
        (message.EffectiveTime, message.CreateTime, message.UpdateTime) =
            (effective.ToTimestamp(), CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        (message.DeleteTime, message.Etag) = (DeleteTime?.ToTimestamp(), Etag);
        return message;
    }

    protected override void Index(Proto.Component terms) => (Tier, System, Owner) = (terms.Tier, terms.System, terms.Owner);

    protected override IMessage ToEvent() => new Proto.ComponentChanged { Component = Known(Terms) };

    private Proto.Component Known(Proto.Component terms)
    {
        var message = terms.Clone();
        (message.Name, message.Source) = (Name, Source);
        return message;
    }
}

internal sealed class ComponentConfiguration : IEntityTypeConfiguration<Component>
{
    public void Configure(EntityTypeBuilder<Component> builder)
    {
        builder.ToTable("Components");
        builder.Property(component => component.System).HasMaxLength(300);
        builder.Property(component => component.Owner).HasMaxLength(300);
        builder.Property(component => component.Source).HasMaxLength(200);
        builder.Ignore(component => component.Terms).Ignore(component => component.DisplayName).Ignore(component => component.Target);
        builder.HasIndex(component => component.System);
        builder.HasIndex(component => new { component.Tier, component.DeleteTime });
        builder.HasIndex(component => component.Owner);
        builder.HasIndex(component => component.Source);
    }
}
