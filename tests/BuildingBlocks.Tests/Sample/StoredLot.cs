using System.Globalization;
using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Sample.V1;
using NodaTime;

namespace Governance.BuildingBlocks.Tests.Sample;

internal sealed class StoredLot : Aggregate, IApprovable, ILot
{
    private StoredLot()
    {
    }

    public override string Name => $"lots/{Id}";

    public string DisplayName { get; private set; } = "";

    public int Capacity { get; private set; }

    public int Reserved { get; private set; }

    public string Component { get; private set; } = "";

    public string Requester { get; private set; } = "";

    /// <summary>Comma-separated.</summary>
    public string ApprovedBy { get; private set; } = "";

    public IEnumerable<string> Approvers => ApprovedBy.Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static StoredLot Create(string id, Lot lot, Caller caller, Instant now)
    {
        var stored = new StoredLot { Id = id, Component = lot.Component, Requester = caller.Person };
        (stored.DisplayName, stored.Capacity) = (lot.DisplayName, lot.Capacity);
        stored.Changed("CREATED", now);
        return stored;
    }

    public void Update(Lot lot, Instant now)
    {
        (DisplayName, Capacity, ApprovedBy) = (lot.DisplayName, lot.Capacity, "");
        Changed("UPDATED", now);
    }

    public void Reserve(Instant now)
    {
        if (Reserved >= Capacity)
        {
            throw new RuleViolation(
                "LOT_FULL",
                $"{Name} has room for {Capacity}.",
                ("lot", Name),
                ("capacity", Capacity.ToString(CultureInfo.InvariantCulture)));
        }

        Reserved++;
        Changed("RESERVED", now);
    }

    public void Approve(Caller caller, string permission, Instant now)
    {
        SeparationOfDuties.DemandMayApprove(caller, permission, ToApprovalRecord());
        ApprovedBy = string.Join(',', Approvers.Append(caller.Person));
        Changed("APPROVED", now);
    }

    public void Delete(string reason, Instant now) => MarkDeleted(reason, now);

    public void ForgetToSay() => DisplayName += "!";

    public ApprovalRecord ToApprovalRecord() => new()
    {
        Resource = Name,
        Requester = Requester,
        Approvals = { Approvers.Select(approver => new Approval { Approver = approver }) },
    };

    public Lot ToProto() => new()
    {
        Name = Name,
        DisplayName = DisplayName,
        Capacity = Capacity,
        Reserved = Reserved,
        Component = Component,
        Etag = Etag,
        Requester = Requester,
        Approvals = { Approvers.Select(approver => new Approval { Approver = approver }) },
    };

    protected override IMessage ToEvent() => new LotChanged { Lot = ToProto() };
}
