using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Reevaluation;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Freezes: create, change, lift.</summary>
internal sealed class FreezesService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, Calendar calendar)
    : Proto.Freezes.FreezesBase
{
    public override Task<Proto.Freeze> CreateFreeze(CreateFreezeRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Freeze, "freeze");
        var id = faults.NewId(request.FreezeId, "freeze_id");
        var terms = faults.Freeze(request.Freeze ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            var freeze = Freeze.Create(id, terms, unit.Now);
            await unit.AddAsync(freeze, ct);
            unit.Because(terms.Reason);
            return await AnswerAsync(freeze, unit, ct);
        });
    }

    public override async Task<Proto.Freeze> GetFreeze(GetFreezeRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var freeze = await FreezeReads.FindAsync(db, request.Name, "name", context, ct);
        return await WithUnknownAsync(freeze.ToProto(), db, ct);
    }

    public override async Task<ListFreezesResponse> ListFreezes(ListFreezesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var passes = await ScopeFilter.ReadAsync(context, db, request.Component, request.Environment, ct);
        var freezes = await NamedPage.ListAsync(
            db.Freezes.AsNoTracking().Where(freeze => request.ShowLifted || freeze.DeleteTime == null),
            page,
            freeze => passes(freeze.Terms.Scope),
            ct);
        return new ListFreezesResponse
        {
            Freezes = { freezes.Items.Select(freeze => freeze.ToProto()) },
            NextPageToken = freezes.NextPageToken,
        };
    }

    public override Task<Proto.Freeze> UpdateFreeze(UpdateFreezeRequest request, ServerCallContext context)
    {
        if (request.Freeze is null) throw FieldFaults.Single("freeze", "Is required.", "REQUIRED");
        return ChangeFreeze(request, request.Freeze.Name, request.Freeze.Etag, context, async (freeze, unit, ct) =>
        {
            var faults = new FieldFaults();
            var terms = faults.Freeze(faults.Masked(freeze.ToProto(), request.Freeze, request.UpdateMask));
            faults.ThrowIfAny();
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            unit.Because(terms.Reason);
            freeze.Revise(terms, unit.Now);
        });
    }

    public override Task<Proto.Freeze> DeleteFreeze(DeleteFreezeRequest request, ServerCallContext context) =>
        ChangeFreeze(request, request.Name, request.Etag, context, (freeze, unit, _) =>
        {
            freeze.Lift(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    private Task<Proto.Freeze> ChangeFreeze(
        Google.Protobuf.IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<Freeze, WriteUnit<WindowsDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "freezes");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var freeze = await FreezeReads.FindAsync(unit.Db, name, "name", context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, freeze.Terms.Scope, ct);
            unit.CheckEtag(freeze, etag);
            await change(freeze, unit, ct);
            return await AnswerAsync(freeze, unit, ct);
        });
    }

    private async Task<Proto.Freeze> AnswerAsync(Freeze freeze, WriteUnit<WindowsDb> unit, CancellationToken ct)
    {
        var answer = await WithUnknownAsync(freeze.ToProto(), unit.Db, ct);
        answer.DisplacedBookings.AddRange(await new Forecast(calendar, unit).OfAsync(freeze, ct));
        return answer;
    }

    private static async Task<Proto.Freeze> WithUnknownAsync(Proto.Freeze message, WindowsDb db, CancellationToken ct)
    {
        message.UnknownComponents.AddRange(await ScopeGuard.UnknownAsync(db, message.Scope, ct));
        return message;
    }
}
