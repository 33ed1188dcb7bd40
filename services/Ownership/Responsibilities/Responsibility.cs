using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Responsibilities;

/// <summary>What callers decide about a responsibility, besides component and area, which never change.</summary>
internal sealed record ResponsibilityTerms(string Party, Duty Duty, Instant? From, Instant? Until, string Note)
{
    public static ResponsibilityTerms Read(FieldFaults faults, Proto.Responsibility given)
    {
        const string field = "responsibility";
        var party = NameFields.InFull(given.Party, "parties");
        faults.Name(party, "parties", $"{field}.party");
        faults.Check(given.Duty != Duty.Unspecified
            && Enum.IsDefined(given.Duty), $"{field}.duty", "Is none of ACCOUNTABLE, RESPONSIBLE, CONSULTED and INFORMED.", "REQUIRED");
        faults.Length(given.Note, 1000, $"{field}.note");
        var (from, until) = (faults.Moment(given.From, $"{field}.from"), faults.Moment(given.Until, $"{field}.until"));
        faults.Check(from is null || until is null || from < until, $"{field}.until", "Is not after from.", "ENDS_BEFORE_START");
        return new ResponsibilityTerms(party, given.Duty, from, until, given.Note);
    }
}

/// <summary>A party's duty for one area of one component, with its dates.</summary>
internal sealed class Responsibility : Aggregate
{
    private Responsibility()
    {
    }

    public override string Name => $"responsibilities/{Id}";

    /// <summary>`components/…`.</summary>
    public string Component { get; private set; } = "";

    /// <summary>The area's id.</summary>
    public string Area { get; private set; } = "";

    /// <summary>`parties/…`.</summary>
    public string Party { get; private set; } = "";

    public Duty Duty { get; private set; }

    /// <summary>Inclusive; null: always.</summary>
    public Instant? From { get; private set; }

    /// <summary>Exclusive; null: no end.</summary>
    public Instant? Until { get; private set; }

    public string Note { get; private set; } = "";

    /// <summary>The import source that brought it; empty when it was entered here.</summary>
    public string Source { get; private set; } = "";

    public static Responsibility Create(string id, string component, string area, ResponsibilityTerms terms, string source, Instant now)
    {
        var responsibility = new Responsibility { Id = id, Component = component, Area = area, Source = source };
        responsibility.Set(terms, "CREATED", now);
        return responsibility;
    }

    /// <returns>Whether anything is different.</returns>
    public bool Revise(ResponsibilityTerms terms, Instant now)
    {
        if (!IsDeleted && terms == new ResponsibilityTerms(Party, Duty, From, Until, Note)) return false;
        if (IsDeleted) Revive();
        Set(terms, "UPDATED", now);
        return true;
    }

    /// <summary>Another takes over at that instant.</summary>
    public void End(Instant until, Instant now)
    {
        if (From >= until)
        {
            throw new RuleViolation(
                "TWO_ACCOUNTABLES",
                $"{Name} begins at {From}, not before {until}: it cannot end then.",
                ("responsibility", Name),
                ("party", Party));
        }
        Until = until;
        Changed("ENDED", now);
    }

    public void Delete(string reason, Instant now)
    {
        if (IsDeleted) throw new RuleViolation("RESPONSIBILITY_DELETED", $"{Name} is deleted already.", ("responsibility", Name));
        MarkDeleted(reason, now);
    }

    public Proto.Responsibility ToProto()
    {
        var message = Known();
        (message.CreateTime, message.UpdateTime, message.DeleteTime, message.Etag) =
            (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp(), DeleteTime?.ToTimestamp(), Etag);
        return message;
    }

    protected override IMessage ToEvent() => new Proto.ResponsibilityChanged { Responsibility = Known() };

    private Proto.Responsibility Known() => new()
    {
        Name = Name,
        Component = Component,
        Area = Area,
        Party = Party,
        Duty = Duty,
        From = From?.ToTimestamp(),
        Until = Until?.ToTimestamp(),
        Note = Note,
        Source = Source,
    };

    private void Set(ResponsibilityTerms terms, string verb, Instant now)
    {
        (Party, Duty, From, Until, Note) = (terms.Party, terms.Duty, terms.From, terms.Until, terms.Note);
        Changed(verb, now);
    }
}

internal sealed class ResponsibilityConfiguration : IEntityTypeConfiguration<Responsibility>
{
    public void Configure(EntityTypeBuilder<Responsibility> builder)
    {
        builder.ToTable("Responsibilities");
        builder.Property(one => one.Component).HasMaxLength(220);
        builder.Property(one => one.Area).HasMaxLength(200);
        builder.Property(one => one.Party).HasMaxLength(220);
        builder.Property(one => one.Note).HasMaxLength(1000);
        builder.Property(one => one.Source).HasMaxLength(200);
        builder.HasIndex(one => new { one.Component, one.Area });
        builder.HasIndex(one => one.Party);
        builder.HasIndex(one => one.Source);
    }
}
