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

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>What callers decide about an endpoint.</summary>
internal sealed record EndpointTerms(string DisplayName, string Party, string Url, bool Enabled)
{
    public static EndpointTerms Read(FieldFaults faults, Proto.WebhookEndpoint given, WebhookAddress addresses)
    {
        const string field = "webhook_endpoint";
        faults.Required(given.DisplayName, $"{field}.display_name").Length(given.DisplayName, 200, $"{field}.display_name");
        var party = NameFields.InFull(given.Party, "parties");
        faults.OptionalName(party, "parties", $"{field}.party");
        if (string.IsNullOrWhiteSpace(given.Url)) faults.Required(given.Url, $"{field}.url");
        else if (addresses.FaultOf(given.Url) is { } fault) faults.Add($"{field}.url", fault, "NOT_ALLOWED");
        return new EndpointTerms(given.DisplayName, party, given.Url, !given.HasEnabled || given.Enabled);
    }
}

/// <summary>Where a party receives notifications by HTTP. Audited, without its secrets; no neighbour asks for it.</summary>
internal sealed class Webhook : Aggregate
{
    private Webhook()
    {
    }

    public override string Name => $"webhookEndpoints/{Id}";

    public string DisplayName { get; private set; } = "";

    public string Party { get; private set; } = "";

    public string Url { get; private set; } = "";

    public bool Enabled { get; private set; }

    /// <summary>Encrypted.</summary>
    public byte[] Secret { get; private set; } = [];

    /// <summary>The one before, encrypted; null: none.</summary>
    public byte[]? PreviousSecret { get; private set; }

    /// <summary>Until when that one is used too, exclusive; by the system's clock.</summary>
    public Instant? PreviousUntil { get; private set; }

    public Target Target => new(Party: Party);

    public static Webhook Create(string id, EndpointTerms terms, Instant now)
    {
        var endpoint = new Webhook { Id = id };
        endpoint.Set(terms);
        endpoint.Changed("CREATED", now);
        return endpoint;
    }

    public void Revise(EndpointTerms terms, Instant now)
    {
        if (terms == new EndpointTerms(DisplayName, Party, Url, Enabled)) return;
        Set(terms);
        Changed("UPDATED", now);
    }

    /// <summary>Takes its first secret.</summary>
    public void Arm(byte[] key, SecretBox box) => Secret = box.Seal(key, Name);

    /// <summary>Takes a new secret; the one before stays in use until an instant.</summary>
    public void Rotate(byte[] key, SecretBox box, Instant? previousUntil, Instant now)
    {
        (PreviousSecret, PreviousUntil) = previousUntil is null ? (null, null) : (Secret, previousUntil);
        Arm(key, box);
        Changed("SECRET_ROTATED", now);
    }

    /// <summary>The secrets in use at an instant, encrypted, the present one first.</summary>
    public IReadOnlyList<byte[]> SecretsAt(Instant now) =>
        PreviousSecret is { } previous && now < PreviousUntil ? [Secret, previous] : [Secret];

    public Proto.WebhookEndpoint ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Party = Party,
        Url = Url,
        Enabled = Enabled,
        PreviousSecretUntil = PreviousUntil?.ToTimestamp(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        Etag = Etag,
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(EndpointTerms terms) =>
        (DisplayName, Party, Url, Enabled) = (terms.DisplayName, terms.Party, terms.Url, terms.Enabled);
}

internal sealed class WebhookConfiguration : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("WebhookEndpoints");
        builder.Property(one => one.DisplayName).HasMaxLength(200);
        builder.Property(one => one.Party).HasMaxLength(300);
        builder.Property(one => one.Url).HasMaxLength(WebhookAddress.Longest);
        builder.Ignore(one => one.Target);
        builder.HasIndex(one => one.Party);
    }
}
