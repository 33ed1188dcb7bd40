using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Suite.Ownership;

/// <summary>A component as it was last published.</summary>
internal sealed class ComponentRow : Aggregate
{
    private ComponentRow()
    {
    }

    public override string Name => $"components/{Id}";

    public byte[] Content { get; private set; } = [];

    public static ComponentRow Create(string id) => new() { Id = id };

    /// <returns>Whether anything is different.</returns>
    public bool Take(Component component, Instant now)
    {
        var content = component.ToByteArray();
        if (Version > 0 && Content.AsSpan().SequenceEqual(content))
        {
            return false;
        }

        Content = content;
        Changed(Version == 0 ? "CREATED" : "UPDATED", now);
        return true;
    }

    protected override IMessage ToEvent() => new ComponentChanged { Component = Component.Parser.ParseFrom(Content) };

    internal sealed class Configuration : IEntityTypeConfiguration<ComponentRow>
    {
        public void Configure(EntityTypeBuilder<ComponentRow> builder) => builder.ToTable("Components");
    }
}

/// <summary>A party as it was last published.</summary>
internal sealed class PartyRow : Aggregate
{
    private PartyRow()
    {
    }

    public override string Name => $"parties/{Id}";

    public byte[] Content { get; private set; } = [];

    public static PartyRow Create(string id) => new() { Id = id };

    /// <returns>Whether anything is different.</returns>
    public bool Take(Party party, Instant now)
    {
        var content = party.ToByteArray();
        if (Version > 0 && Content.AsSpan().SequenceEqual(content))
        {
            return false;
        }

        Content = content;
        Changed(Version == 0 ? "CREATED" : "UPDATED", now);
        return true;
    }

    protected override IMessage ToEvent() => new PartyChanged { Party = Party.Parser.ParseFrom(Content) };

    internal sealed class Configuration : IEntityTypeConfiguration<PartyRow>
    {
        public void Configure(EntityTypeBuilder<PartyRow> builder) => builder.ToTable("Parties");
    }
}
