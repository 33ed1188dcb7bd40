using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ChangePolicies;

/// <summary>What components ask of a change. Of several that cover one, the strictest wins, field by field.</summary>
internal sealed class ChangePolicy : Aggregate, ICalendarPart
{
    /// <summary>There from the start: it can be changed and not be deleted.</summary>
    public const string DefaultId = "default";

    private ChangePolicy()
    {
    }

    public override string Name => $"changePolicies/{Id}";

    public ChangePolicyTerms Terms { get; private set; } = null!;

    public static ChangePolicy Create(string id, ChangePolicyTerms terms, Instant now)
    {
        var policy = new ChangePolicy { Id = id, Terms = terms };
        policy.Changed("CREATED", now);
        return policy;
    }

    public void Revise(ChangePolicyTerms terms, Instant now)
    {
        Terms = terms;
        Changed("UPDATED", now);
    }

    public void DemandDeletable()
    {
        if (Id == DefaultId)
        {
            throw new RuleViolation(
                "DEFAULT_POLICY",
                $"{Name} holds where no other policy does and cannot be deleted; change it instead.",
                ("changePolicy", Name));
        }
    }

    public Proto.ChangePolicy ToProto() => new()
    {
        Name = Name,
        DisplayName = Terms.DisplayName,
        Scope = Terms.Scope.Clone(),
        WindowRequired = Terms.WindowRequired,
        ApprovalsNeeded = Terms.ApprovalsNeeded,
        Kinds = { Terms.Kinds },
        Etag = Etag,
        CreateTime = CreateTime.ToMessage(),
        UpdateTime = UpdateTime.ToMessage(),
    };

    protected override IMessage? ToEvent() => null;

    protected override IMessage State() => ToProto();
}

/// <summary>What people decide about a change policy.</summary>
internal sealed record ChangePolicyTerms
{
    /// <summary>Tier 1 and 2 in production ask for a window.</summary>
    public static ChangePolicyTerms Default => new()
    {
        DisplayName = "House default: tier 1 and 2 in production change in windows",
        Scope = new Scope { Environments = { "production" }, Tiers = { 1, 2 } },
        WindowRequired = true,
    };

    public string DisplayName { get; init; } = "";

    public Scope Scope { get; init; } = new();

    public bool WindowRequired { get; init; }

    /// <summary>Of a NORMAL change.</summary>
    public int ApprovalsNeeded { get; init; }

    /// <summary>Empty: all.</summary>
    public ImmutableArray<ChangeKind> Kinds { get; init; } = [];
}
