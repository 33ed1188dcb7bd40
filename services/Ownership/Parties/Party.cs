using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
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
    /// <summary>The label of the party that comes last where nobody else answers.</summary>
    public const string DefaultLabel = "default";

    private Party()
    {
    }

    public override string Name => $"parties/{Id}";

    public Proto.Party.Types.Kind Kind { get; private set; }

    /// <summary>Whether it comes last where nobody else answers.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>`holidayCalendars/…`; empty: none.</summary>
    public string HolidayCalendar { get; private set; } = "";

    public override Target Target => new(Party: Name);

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

    /// <summary>It is back: an import lists it again.</summary>
    public void Restore(Proto.Party terms, Instant now)
    {
        Revive();
        Put(terms, now, "RESTORED", now);
    }

    public Proto.Party ToProto() => ToProto(Terms, EffectiveFrom);

    /// <summary>As it was or will be.</summary>
    public Proto.Party ToProto(Proto.Party terms, Instant effective)
    {
        var message = Known(terms);
        (message.EffectiveTime, message.CreateTime, message.UpdateTime) =
            (effective.ToTimestamp(), CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        (message.DeleteTime, message.Etag) = (DeleteTime?.ToTimestamp(), Etag);
        return message;
    }

    protected override void Index(Proto.Party terms) =>
        (Kind, IsDefault, HolidayCalendar) =
            (terms.Kind, terms.Labels.ContainsKey(DefaultLabel), terms.SupportHours?.HolidayCalendar ?? "");

    /// <summary>A schedule with all its shifts can be larger than an event may be, and no neighbour asks who is on call.</summary>
    protected override IMessage ToEvent()
    {
        var message = Known(Terms);
        message.Schedule = null;
        return new Proto.PartyChanged { Party = message };
    }

    protected override IMessage State() => Known(Terms);

    private Proto.Party Known(Proto.Party terms)
    {
        var message = terms.Clone();
        (message.Name, message.Source) = (Name, Source);
        return message;
    }
}

internal sealed class PartyConfiguration : IEntityTypeConfiguration<Party>
{
    public void Configure(EntityTypeBuilder<Party> builder)
    {
        builder.ToTable("Parties");
        builder.Property(party => party.Source).HasMaxLength(200);
        builder.Property(party => party.HolidayCalendar).HasMaxLength(220);
        builder.Ignore(party => party.Terms).Ignore(party => party.Target);
        builder.HasIndex(party => party.Source);
        builder.HasIndex(party => party.HolidayCalendar);
        builder.HasIndex(party => party.IsDefault);
    }
}
