using System.Collections.Immutable;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>A named, limited way through a freeze. It never changes what it lets pass; it expires by the clock.</summary>
internal sealed class Override : Aggregate, ICalendarPart, IApprovable
{
    private Override()
    {
    }

    public override string Name => $"freezes/{FreezeId}/overrides/{OverrideId}";

    public string FreezeId { get; private set; } = "";

    public string OverrideId { get; private set; } = "";

    public OverrideTerms Terms { get; private set; } = null!;

    /// <summary>The person who asked, <c>users/…</c>.</summary>
    public string Requester { get; private set; } = "";

    public ImmutableArray<Approval> Approvals { get; private set; } = [];

    public bool IsApproved { get; private set; }

    public Instant? RevokeTime { get; private set; }

    /// <summary>What an approval binds to.</summary>
    public string Digest { get; private set; } = "";

    public static Override Request(Freeze freeze, string id, OverrideTerms terms, Caller caller, Instant now)
    {
        var asked = new Override
        {
            Id = IdOf(freeze.Id, id),
            FreezeId = freeze.Id,
            OverrideId = id,
            Terms = terms,
            Requester = caller.Person.Length > 0 ? caller.Person : caller.Principal,
        };
        asked.Digest = Digests.Of($"{asked.Name}\n{Digests.Of(terms.ToProto())}");
        asked.Changed("REQUESTED", now);
        return asked;
    }

    /// <summary>
    /// An override that was approved together with an emergency rollout. The freeze's policy says whether that is enough.
    /// </summary>
    public static Override Grant(
        Freeze freeze, string id, OverrideTerms terms, string requester, IReadOnlyCollection<Approval> approvals, Instant now)
    {
        var granted =
            new Override { Id = IdOf(freeze.Id, id), FreezeId = freeze.Id, OverrideId = id, Terms = terms, Requester = requester };
        granted.Digest = Digests.Of($"{granted.Name}\n{Digests.Of(terms.ToProto())}");
        granted.Approvals = [.. approvals];
        granted.IsApproved = approvals.Count >= OverrideRules.ApprovalsNeeded(freeze);
        granted.Changed("GRANTED", now);
        return granted;
    }

    /// <summary>The key of an override: ids are unique within their freeze only.</summary>
    public static string IdOf(string freeze, string id) => $"{freeze}/{id}";

    public Proto.Override.Types.State StateAt(Instant now) =>
        RevokeTime is not null ? Proto.Override.Types.State.Revoked
        : now >= Terms.ExpireTime ? Proto.Override.Types.State.Expired
        : IsApproved ? Proto.Override.Types.State.Approved
        : Proto.Override.Types.State.Pending;

    public void Approve(Approval approval, int needed, Instant now)
    {
        DemandState(Proto.Override.Types.State.Pending, "approve", now);
        approval.Digest = Digest;
        Approvals = Approvals.Add(approval);
        IsApproved = Approvals.Length >= needed;
        Changed("APPROVED", now);
    }

    public void Revoke(Instant now)
    {
        if (StateAt(now) is not Proto.Override.Types.State.Approved) DemandState(Proto.Override.Types.State.Pending, "revoke", now);
        RevokeTime = now;
        Changed("REVOKED", now);
    }

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Resource = Name,
        Requester = Requester,
        Approvals = { Approvals },
    };

    protected override IMessage ToEvent() => new Proto.OverrideChanged { Override = this.ToProto(UpdateTime) };

    private void DemandState(Proto.Override.Types.State wanted, string verb, Instant now)
    {
        var state = StateAt(now);
        if (state == wanted) return;
        var name = state.ToString().ToUpperInvariant();
        throw new RuleViolation(
            $"OVERRIDE_{name}", $"{Name} is {name}; there is nothing to {verb}.", ("override", Name), ("state", name));
    }
}

/// <summary>What exactly may pass, until when, and why.</summary>
internal sealed record OverrideTerms
{
    public required ImmutableArray<string> Components { get; init; }

    /// <summary>Empty: all.</summary>
    public ImmutableArray<string> Environments { get; init; } = [];

    /// <summary>Empty: all.</summary>
    public ImmutableArray<ChangeKind> Kinds { get; init; } = [];

    /// <summary>Only this booking, rollout or outside reference; empty: any.</summary>
    public string Change { get; init; } = "";

    public required Instant ExpireTime { get; init; }

    public required string Reason { get; init; }

    public Proto.Override ToProto() => new()
    {
        Components = { Components },
        Environments = { Environments },
        Kinds = { Kinds },
        Change = Change,
        ExpireTime = ExpireTime.ToMessage(),
        Reason = Reason,
    };
}
