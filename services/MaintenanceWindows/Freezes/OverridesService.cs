using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Overrides of freezes: ask, approve, revoke.</summary>
internal sealed class OverridesService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, BusinessClock clock)
    : Proto.Overrides.OverridesBase
{
    private const string OverridePattern = "freezes/*/overrides/*";

    private static readonly Keyset<Override> NewestOverride = new Keyset<Override>()
        .By(asked => asked.CreateTime, descending: true)
        .By(asked => asked.Id, descending: true);

    public override Task<Proto.Override> CreateOverride(CreateOverrideRequest request, ServerCallContext context)
    {
        NameFields.Id(request.Parent, "freezes", "parent");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var faults = new FieldFaults().Required(request.Override, "override");
            var id = faults.NewId(request.OverrideId, "override_id");
            var terms = faults.Override(request.Override ?? new(), unit.Now);
            faults.ThrowIfAny();
            var freeze = await FreezeReads.FindAsync(unit.Db, request.Parent, "parent", context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, new Scope { Components = { terms.Components } }, ct);
            OverrideRules.DemandMayRequest(freeze, terms, unit.Caller);
            var asked = Override.Request(freeze, id, terms, unit.Caller, unit.Now);
            await unit.AddAsync(asked, ct);
            unit.Because(terms.Reason);
            unit.Record(asked.Name, Duty.Requested);
            return asked.ToProto(unit.Now);
        });
    }

    public override async Task<Proto.Override> GetOverride(GetOverrideRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await FindOverrideAsync(db, request.Name, context, ct)).Asked.ToProto(clock.Now);
    }

    public override async Task<ListOverridesResponse> ListOverrides(ListOverridesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var freeze = await FreezeReads.FindAsync(db, request.Parent, "parent", context, ct);
        var asked = await NewestOverride.ListAsync(db.Overrides.AsNoTracking().Where(one => one.FreezeId == freeze.Id), page, ct);
        return new ListOverridesResponse
        {
            Overrides = { asked.Items.Select(one => one.ToProto(clock.Now)) },
            NextPageToken = asked.NextPageToken,
        };
    }

    public override Task<Proto.Override> ApproveOverride(ApproveOverrideRequest request, ServerCallContext context) =>
        ChangeOverride(request, request.Name, request.Etag, context, (freeze, asked, unit) =>
        {
            freeze.DemandNotLifted();
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), asked.ToApprovalRecord());
            new FieldFaults().Length(request.Comment, 1000, "comment").ThrowIfAny();
            unit.Because(request.Comment);
            unit.Record(asked.Name, Duty.Approved);
            asked.Approve(Approvals.Here(unit, context, request.Comment), OverrideRules.ApprovalsNeeded(freeze), unit.Now);
        });

    public override Task<Proto.Override> RevokeOverride(RevokeOverrideRequest request, ServerCallContext context) =>
        ChangeOverride(request, request.Name, request.Etag, context, (_, asked, unit) =>
        {
            new FieldFaults().Required(request.Reason, "reason").Length(request.Reason, 1000, "reason").ThrowIfAny();
            asked.Revoke(unit.Now);
        });

    private Task<Proto.Override> ChangeOverride(
        Google.Protobuf.IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Action<Freeze, Override, WriteUnit> change)
    {
        NameFields.Ids(name, OverridePattern);
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var (freeze, asked) = await FindOverrideAsync(unit.Db, name, context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, new Scope { Components = { asked.Terms.Components } }, ct);
            unit.CheckEtag(asked, etag);
            change(freeze, asked, unit);
            return asked.ToProto(unit.Now);
        });
    }

    private static async Task<(Freeze Freeze, Override Asked)> FindOverrideAsync(
        WindowsDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var ids = NameFields.Ids(name, OverridePattern);
        var freeze = await FreezeReads.FindAsync(db, $"freezes/{ids[0]}", "name", context, ct);
        var key = Override.IdOf(ids[0], ids[1]);
        var asked = await db.Overrides.AsTracking().SingleOrDefaultAsync(one => one.Id == key, ct) ?? throw new Missing(name);
        return (freeze, asked);
    }
}
