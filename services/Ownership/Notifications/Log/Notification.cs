using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using Proto = Governance.Ownership.V1;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Notifications.Log;

/// <summary>One message to one recipient by one channel: the outbox of deliveries, and their log.</summary>
internal sealed class Notification
{
    /// <summary>Why what ended meanwhile is not sent.</summary>
    public const string Over = "It was over before it was sent.";

    /// <summary>Follows from occasion, subject, time and address: the same cannot be there twice.</summary>
    public required string Id { get; init; }

    public required string Rule { get; init; }

    public required Occasion Occasion { get; init; }

    public required string Subject { get; init; }

    /// <summary>Of the situation; with occasion and subject it names what is told.</summary>
    public required string Key { get; init; }

    public string Component { get; init; } = "";

    public string Party { get; init; } = "";

    public bool OnDuty { get; init; }

    public Channel Channel { get; private set; }

    /// <summary>An e-mail address, or `webhookEndpoints/…`. Empty when there was none.</summary>
    public string Address { get; private set; } = "";

    public Severity Severity { get; init; }

    public string Title { get; init; } = "";

    public string Text { get; init; } = "";

    public Instant? Due { get; init; }

    /// <summary>From when it is not worth sending any more, exclusive; by the business clock.</summary>
    public Instant? Expires { get; init; }

    public State State { get; private set; }

    public string Reason { get; private set; } = "";

    public int Attempts { get; private set; }

    public string LastError { get; private set; } = "";

    /// <summary>
    /// When it is tried next, or again if whoever sends it now does not come back; by the system's clock. Set exactly while it is pending.
    /// </summary>
    public Instant? NextAttempt { get; private set; }

    public Instant CreateTime { get; init; }

    public Instant? SendTime { get; private set; }

    public Instant? AcknowledgeTime { get; private set; }

    public string Acknowledger { get; private set; } = "";

    public string Name => $"notifications/{Id}";

    public static Notification Of(Rule rule, Situation situation, Addressee to, Instant now)
    {
        var notification = new Notification
        {
            Id = IdOf(situation, to),
            Rule = rule.Name,
            Occasion = situation.Occasion,
            Subject = situation.Subject,
            Key = situation.Key,
            Component = situation.ComponentNames.FirstOrDefault() ?? "",
            Party = to.Party,
            OnDuty = to.OnDuty,
            Severity = situation.Severity,
            Title = situation.Title,
            Text = situation.Text,
            Due = situation.Due,
            Expires = situation.End,
            CreateTime = now,
        };
        if (to.Fault.Length > 0) notification.Keep(to);
        else notification.Send(to);
        return notification;
    }

    public static string IdOf(Situation situation, Addressee to) => Digests.Of(
        $"{situation.Occasion}\n{situation.Subject}\n{situation.Key}\n{to.Channel}\n{(to.Address.Length > 0 ? to.Address : $"{to.Party} {to.OnDuty}")}")[
            ..32];

    /// <summary>From now on, to that address.</summary>
    public void Send(Addressee to)
    {
        (Channel, Address) = (to.Channel, to.Address);
        (State, Reason, Attempts, LastError, NextAttempt) = (State.Pending, "", 0, "", SystemNow);
    }

    /// <summary>It cannot be sent there.</summary>
    public void Keep(Addressee to)
    {
        (Channel, Address) = (to.Channel, to.Address);
        Suppress(to.Fault);
    }

    /// <summary>It is not sent (any more).</summary>
    public void Suppress(string reason) => (State, Reason, NextAttempt) = (State.Suppressed, reason, null);

    /// <summary>An attempt begins; when nothing is heard of it by then, another does.</summary>
    public void Begin(Instant givenUp) => (Attempts, NextAttempt) = (Attempts + 1, givenUp);

    public void Delivered(Instant now)
    {
        (SendTime, LastError, NextAttempt) = (now, "", null);
        if (State == State.Pending) State = State.Sent;
    }

    /// <summary>An attempt failed.</summary>
    /// <param name="error">Why.</param>
    /// <param name="next">When it is tried again; null: not any more.</param>
    public void Failed(string error, Instant? next)
    {
        LastError = error.Length <= 1000 ? error : error[..1000];
        if (State != State.Pending) return;
        NextAttempt = next;
        if (next is null) State = State.Failed;
    }

    /// <returns>Whether it was not acknowledged before.</returns>
    public bool Acknowledge(string person, Instant now)
    {
        if (State == State.Acknowledged) return false;
        (State, AcknowledgeTime, Acknowledger, NextAttempt) = (State.Acknowledged, now, person, null);
        return true;
    }

    public Proto.Notification ToProto() => new()
    {
        Name = Name,
        Rule = Rule,
        Occasion = Occasion,
        Subject = Subject,
        Component = Component,
        Party = Party,
        OnDuty = OnDuty,
        Channel = Channel,
        Address = Addresses.Masked(Address),
        Severity = Severity,
        Title = Title,
        Text = Text,
        DueTime = Due?.ToTimestamp(),
        State = State,
        Reason = Reason,
        Attempts = Attempts,
        LastError = LastError,
        NextAttemptTime = NextAttempt?.ToTimestamp(),
        CreateTime = CreateTime.ToTimestamp(),
        SendTime = SendTime?.ToTimestamp(),
        AcknowledgeTime = AcknowledgeTime?.ToTimestamp(),
        Acknowledger = Acknowledger,
    };

    /// <summary>Deliveries keep to the system's clock: receivers compare it with theirs.</summary>
    private static Instant SystemNow => SystemClock.Instance.GetCurrentInstant();
}

/// <summary>Somebody to tell, by one channel.</summary>
/// <param name="Party">`parties/…`; empty for an address or endpoint that a rule names.</param>
/// <param name="OnDuty">Only whoever is on duty.</param>
/// <param name="Channel">How.</param>
/// <param name="Address">Where to; empty when there is none.</param>
/// <param name="Fault">Why it cannot be sent; empty when it can.</param>
internal sealed record Addressee(string Party, bool OnDuty, Channel Channel, string Address, string Fault = "");

/// <summary>Somebody was told and has not acknowledged: the next is told at an instant.</summary>
internal sealed class PendingEscalation
{
    /// <summary>The rule's id.</summary>
    public required string Rule { get; init; }

    public required string Subject { get; init; }

    public required Occasion Occasion { get; init; }

    public required string Key { get; init; }

    /// <summary>Whose situation it is, with <see cref="Aspect"/>.</summary>
    public required string Source { get; init; }

    public required string Aspect { get; init; }

    /// <summary>Which of the rule's recipients is next.</summary>
    public int Step { get; set; }

    /// <summary>When.</summary>
    public Instant At { get; set; }
}

internal sealed class NotificationConfiguration : IEntityTypeConfiguration<Notification>, IEntityTypeConfiguration<PendingEscalation>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications").HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(64);
        builder.Property(row => row.Rule).HasMaxLength(300);
        builder.Property(row => row.Subject).HasMaxLength(300);
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Property(row => row.Component).HasMaxLength(300);
        builder.Property(row => row.Party).HasMaxLength(300);
        builder.Property(row => row.Address).HasMaxLength(300);
        builder.Property(row => row.Acknowledger).HasMaxLength(300);
        builder.Property(row => row.LastError).HasMaxLength(1000);
        builder.Ignore(row => row.Name);
        builder.HasIndex(row => row.NextAttempt).HasFilter("[NextAttempt] IS NOT NULL");
        builder.HasIndex(row => new { row.Subject, row.Occasion });
        builder.HasIndex(row => new { row.CreateTime, row.Id });
        builder.HasIndex(row => new { row.Party, row.CreateTime });
    }

    public void Configure(EntityTypeBuilder<PendingEscalation> builder)
    {
        builder.ToTable("Escalations").HasKey(row => new { row.Rule, row.Occasion, row.Subject, row.Key }).IsClustered(false);
        builder.Property(row => row.Rule).HasMaxLength(200);
        builder.Property(row => row.Subject).HasMaxLength(300);
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Property(row => row.Source).HasMaxLength(300);
        builder.Property(row => row.Aspect).HasMaxLength(100);
        builder.HasIndex(row => row.At);
    }
}
