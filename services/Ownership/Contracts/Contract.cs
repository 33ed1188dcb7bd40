using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.History;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Contracts;

/// <summary>What a vendor owes us and until when.</summary>
internal sealed class Contract : DatedAggregate<Proto.Contract>
{
    private Contract()
    {
    }

    public override string Name => $"contracts/{Id}";

    /// <summary>The vendor, `parties/…`.</summary>
    public string Party { get; private set; } = "";

    public override Target Target => new(Party: Party);

    public static Contract Create(string id, Proto.Contract terms, Instant now)
    {
        var contract = new Contract { Id = id };
        contract.Put(terms, now, "CREATED", now);
        return contract;
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("CONTRACT_DELETED", $"{Name} is deleted already.", ("contract", Name));
        MarkDeleted(reason, now);
    }

    public Proto.Contract ToProto() => ToProto(Terms, EffectiveFrom);

    /// <summary>As it was or will be.</summary>
    public Proto.Contract ToProto(Proto.Contract terms, Instant effective)
    {
        var message = terms.Clone();
        (message.Name, message.Etag) = (Name, Etag);
        (message.EffectiveTime, message.CreateTime, message.UpdateTime) =
            (effective.ToTimestamp(), CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        message.DeleteTime = DeleteTime?.ToTimestamp();
        return message;
    }

    /// <summary>As it is, with where it stands at an instant.</summary>
    public Proto.Contract Shown(Instant at) => Shown(Terms, at);

    /// <summary>As it was or will be, with where it stands at an instant.</summary>
    public Proto.Contract Shown(Proto.Contract terms, Instant at)
    {
        var message = ToProto(terms, EffectiveFrom);
        (message.State, message.Term, message.FinalDate) =
            (terms.StateAt(at), terms.TermAt(at)?.ToProto(), Contracts.Terms.Text(terms.FinalDate()));
        return message;
    }

    protected override void Index(Proto.Contract terms) => Party = terms.Party;

    protected override IMessage ToEvent()
    {
        var message = Terms.Clone();
        message.Name = Name;
        return new Proto.ContractChanged { Contract = message };
    }
}

internal sealed class ContractConfiguration : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> builder)
    {
        builder.ToTable("Contracts");
        builder.Property(contract => contract.Party).HasMaxLength(220);
        builder.Property(contract => contract.Source).HasMaxLength(200);
        builder.Ignore(contract => contract.Terms).Ignore(contract => contract.Target);
        builder.HasIndex(contract => contract.Party);
    }
}
