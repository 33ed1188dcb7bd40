using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Responsibilities;

/// <summary>What callers decide about an area.</summary>
/// <param name="DisplayName">For people.</param>
/// <param name="Description">What belongs to it.</param>
/// <param name="RequiredTiers">The tiers, one digit each, whose components must have somebody accountable for it.</param>
internal sealed record AreaTerms(string DisplayName, string Description, string RequiredTiers)
{
    public static AreaTerms Read(FieldFaults faults, Proto.Area given)
    {
        faults.Required(given.DisplayName, "area.display_name").Length(given.DisplayName, 200, "area.display_name");
        faults.Length(given.Description, 2000, "area.description");
        foreach (var tier in given.RequiredTiers)
        {
            faults.Check(tier is >= 1 and <= 4, "area.required_tiers", $"{tier} is none of 1, 2, 3 and 4.", "OUT_OF_RANGE");
        }
        return new AreaTerms(given.DisplayName, given.Description, string.Concat(given.RequiredTiers.Distinct().Order()));
    }
}

/// <summary>A field of work for which a component needs somebody. Audited; no neighbour asks for it.</summary>
internal sealed class Area : Aggregate
{
    private Area()
    {
    }

    public override string Name => $"areas/{Id}";

    public string DisplayName { get; private set; } = "";

    public string Description { get; private set; } = "";

    /// <summary>One digit a tier.</summary>
    public string RequiredTiers { get; private set; } = "";

    public bool IsPreset => AreaPresets.All.ContainsKey(Id);

    public static Area Create(string id, AreaTerms terms, Instant now)
    {
        var area = new Area { Id = id };
        area.Set(terms, "CREATED", now);
        return area;
    }

    public void Revise(AreaTerms terms, Instant now) => Set(terms, "UPDATED", now);

    /// <summary>Whether a component of that tier must have somebody accountable for it; tier 0 counts as 1.</summary>
    public bool IsRequiredAt(int tier) => RequiredTiers.Contains((char)('0' + Math.Max(tier, 1)));

    public void DemandDeletable(string? user)
    {
        if (IsPreset) throw new RuleViolation("AREA_IS_PRESET", $"{Name} ships with the service and cannot be deleted.", ("area", Name));
        if (user is not null)
        {
            throw new RuleViolation("AREA_IN_USE", $"{Name} is named by {user}.", ("area", Name), ("responsibility", user));
        }
    }

    public Proto.Area ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Description = Description,
        RequiredTiers = { RequiredTiers.Select(digit => digit - '0') },
        Preset = IsPreset,
        Etag = Etag,
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();

    private void Set(AreaTerms terms, string verb, Instant now)
    {
        (DisplayName, Description, RequiredTiers) = (terms.DisplayName, terms.Description, terms.RequiredTiers);
        Changed(verb, now);
    }
}

/// <summary>
/// The areas that ship with the service. Those that somebody must answer for at night are required of what carries orders.
/// </summary>
internal static class AreaPresets
{
    public static ImmutableDictionary<string, AreaTerms> All { get; } = new Dictionary<string, AreaTerms>
    {
        ["custom-workflows"] = new("Custom workflows", "Order, return and approval flows built for this business.", ""),
        ["oms-rules"] = new("OMS rules", "Sourcing, routing, allocation and pricing rules of order management.", ""),
        ["apis"] = new("APIs", "Interfaces offered to others: contracts, versions, keys.", ""),
        ["middleware"] = new("Middleware", "Queues, buses and what transforms messages on their way.", ""),
        ["integrations"] = new("Integrations", "Connections to payment, tax, shipping, ERP and market places.", ""),
        ["performance"] = new("Performance", "Response times, capacity, load tests, caching.", ""),
        ["hosting"] = new("Hosting", "Machines, clusters, networks, certificates, backups.", ""),
        ["security-patching"] = new("Security patching", "Fixing known vulnerabilities before their deadline.", "12"),
        ["upgrades"] = new("Upgrades", "New versions of platforms, runtimes and libraries.", ""),
        ["data"] = new("Data", "Schemas, quality, retention, personal data.", ""),
        ["incident-response"] = new("Incident response", "Being reached, restoring service, telling those concerned.", "12"),
        ["vendor-management"] = new("Vendor management", "Contracts, service levels, escalation at vendors.", ""),
    }.ToImmutableDictionary();
}

internal sealed class AreaConfiguration : IEntityTypeConfiguration<Area>
{
    public void Configure(EntityTypeBuilder<Area> builder)
    {
        builder.ToTable("Areas");
        builder.Property(area => area.DisplayName).HasMaxLength(200);
        builder.Property(area => area.RequiredTiers).HasMaxLength(4);
        builder.Ignore(area => area.IsPreset);
    }
}
