using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Parties;

/// <summary>A team or a vendor.</summary>
internal sealed class Party : DatedAggregate<Proto.Party>
{
    private Party()
    {
    }

    public override string Name => $"parties/{Id}";

    public Proto.Party.Types.Kind Kind { get; private set; }

    public Target Target => new(Party: Name);

    public static Party Create(string id, Proto.Party terms, string source, Instant now)
    {
        var party = new Party { Id = id, Source = source };
        party.Put(terms, now, "CREATED", now);
        return party;
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("PARTY_DELETED", $"{Name} is deleted already.", ("party", Name));
        MarkDeleted(reason, now);
    }

    protected override void Index(Proto.Party terms) => Kind = terms.Kind;

    protected override IMessage ToEvent()
    {
        var message = Terms.Clone();
        message.Name = Name;
        return new Proto.PartyChanged { Party = message };
    }
}

internal sealed class PartyConfiguration : IEntityTypeConfiguration<Party>
{
    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.ToTable("Parties");
        builder.Property(party => party.Source).HasMaxLength(200);
        builder.Ignore(party => party.Terms).Ignore(party => party.Target);
        builder.HasIndex(party => party.Source);
    }
}
