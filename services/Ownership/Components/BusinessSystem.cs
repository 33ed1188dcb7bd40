using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>What callers decide about a system.</summary>
internal sealed record SystemTerms(string DisplayName, string Description, string Owner, string Domain)
{
    public static SystemTerms Read(FieldFaults faults, Proto.System given)
    {
        faults.Required(given.DisplayName, "system.display_name").Length(given.DisplayName, 200, "system.display_name");
        faults.Length(given.Description, 2000, "system.description").Length(given.Domain, 200, "system.domain");
        var owner = NameFields.InFull(given.Owner, "parties");
        faults.OptionalName(owner, "parties", "system.owner");
        return new SystemTerms(given.DisplayName, given.Description, owner, given.Domain);
    }
}

/// <summary>Components that together do one thing for the business. Audited; no neighbour asks for it.</summary>
internal sealed class BusinessSystem : Aggregate
{
    private BusinessSystem()
    {
    }

    public override string Name => $"systems/{Id}";

    public string DisplayName { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Owner { get; private set; } = "";

    public string Domain { get; private set; } = "";

    /// <summary>The import source that brought it; empty when it was entered here.</summary>
    public string Source { get; private set; } = "";

    public Target Target => new(System: Name, Party: Owner);

    public static BusinessSystem Create(string id, SystemTerms terms, string source, Instant now)
    {
        var system = new BusinessSystem { Id = id, Source = source };
        system.Set(terms, "CREATED", now);
        return system;
    }

    /// <returns>Whether anything is different.</returns>
    public bool Revise(SystemTerms terms, Instant now)
    {
        if (!IsDeleted && terms == new SystemTerms(DisplayName, Description, Owner, Domain)) return false;
        if (IsDeleted) Revive();
        Set(terms, "UPDATED", now);
        return true;
    }

    /// <summary>It was deleted and is back: the import source lists it.</summary>
    public void Restore(SystemTerms terms, string source, Instant now)
    {
        Source = source;
        Revise(terms, now);
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("SYSTEM_DELETED", $"{Name} is deleted already.", ("system", Name));
        MarkDeleted(reason, now);
    }

    public Proto.System ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Description = Description,
        Owner = Owner,
        Domain = Domain,
        Source = Source,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        DeleteTime = DeleteTime?.ToTimestamp(),
        Etag = Etag,
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(SystemTerms terms, string verb, Instant now)
    {
        (DisplayName, Description, Owner, Domain) = (terms.DisplayName, terms.Description, terms.Owner, terms.Domain);
        Changed(verb, now);
    }
}

internal sealed class BusinessSystemConfiguration : IEntityTypeConfiguration<BusinessSystem>
{
    public void Configure(EntityTypeBuilder<BusinessSystem> builder)
    {
        builder.ToTable("Systems");
        builder.Property(system => system.DisplayName).HasMaxLength(200);
        builder.Property(system => system.Owner).HasMaxLength(300);
        builder.Property(system => system.Domain).HasMaxLength(200);
        builder.Property(system => system.Source).HasMaxLength(200);
        builder.Ignore(system => system.Target);
        builder.HasIndex(system => system.Source);
    }
}
