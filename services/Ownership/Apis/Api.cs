using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Apis;

/// <summary>What a catalogue says of an API.</summary>
internal sealed record ApiTerms(
    string DisplayName, string Description, string Type, Proto.Component.Types.Lifecycle Lifecycle, string Owner, string System);

/// <summary>An interface that components provide and consume. Audited; no neighbour asks for it.</summary>
internal sealed class Api : Aggregate
{
    private Api()
    {
    }

    public override string Name => $"apis/{Id}";

    public string DisplayName { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Type { get; private set; } = "";

    public Proto.Component.Types.Lifecycle Lifecycle { get; private set; }

    public string Owner { get; private set; } = "";

    public string System { get; private set; } = "";

    /// <summary>The import source that brought it.</summary>
    public string Source { get; private set; } = "";

    public Target Target => new(System: System, Party: Owner);

    public static Api Create(string id, ApiTerms terms, string source, Instant now)
    {
        var api = new Api { Id = id, Source = source };
        api.Set(terms, "CREATED", now);
        return api;
    }

    /// <returns>Whether anything is different.</returns>
    public bool Revise(ApiTerms terms, Instant now)
    {
        if (terms == new ApiTerms(DisplayName, Description, Type, Lifecycle, Owner, System)) return false;
        Set(terms, "UPDATED", now);
        return true;
    }

    /// <summary>It was deleted and is back: the import source lists it.</summary>
    public void Restore(ApiTerms terms, string source, Instant now)
    {
        Revive();
        Source = source;
        Set(terms, "RESTORED", now);
    }

    public void Delete(string reason, Instant now) => MarkDeleted(reason, now);

    public Proto.Api ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Description = Description,
        Type = Type,
        Lifecycle = Lifecycle,
        Owner = Owner,
        System = System,
        Source = Source,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        DeleteTime = DeleteTime?.ToTimestamp(),
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(ApiTerms terms, string verb, Instant now)
    {
        (DisplayName, Description, Type, Lifecycle, Owner, System) = terms;
        Changed(verb, now);
    }
}

internal sealed class ApiConfiguration : IEntityTypeConfiguration<Api>
{
    public void Configure(EntityTypeBuilder<Api> builder)
    {
        builder.ToTable("Apis");
        builder.Property(api => api.DisplayName).HasMaxLength(200);
        builder.Property(api => api.Description).HasMaxLength(2000);
        builder.Property(api => api.Type).HasMaxLength(200);
        builder.Property(api => api.Owner).HasMaxLength(300);
        builder.Property(api => api.System).HasMaxLength(300);
        builder.Property(api => api.Source).HasMaxLength(200);
        builder.Ignore(api => api.Target);
        builder.HasIndex(api => api.Source);
    }
}
