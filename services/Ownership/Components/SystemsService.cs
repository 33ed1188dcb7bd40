using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Components;

/// <summary>Systems: what components are grouped by.</summary>
internal sealed class SystemsService(Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases) : V1.Systems.SystemsBase
{
    private static readonly Keyset<BusinessSystem> ByName = new Keyset<BusinessSystem>().By(system => system.Id);

    public override Task<Proto.System> CreateSystem(CreateSystemRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.System, "system");
        var id = faults.NewId(request.SystemId, "system_id");
        var terms = SystemTerms.Read(faults, request.System ?? new());
        faults.ThrowIfAny();
        context.Demand(new Target(System: $"systems/{id}", Party: terms.Owner));
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var system = BusinessSystem.Create(id, terms, "", unit.Now);
            await unit.AddAsync(system, ct);
            return system;
        }, system => system.ToProto());
    }

    public override async Task<Proto.System> GetSystem(GetSystemRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context, context.CancellationToken)).ToProto();
    }

    public override async Task<ListSystemsResponse> ListSystems(ListSystemsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var living = Seen(db, context.Reach()).AsNoTracking().Where(one => one.DeleteTime == null);
        var systems = await ByName.ListAsync(living, page, ct);
        return new ListSystemsResponse { Systems = { systems.Items.Select(one => one.ToProto()) }, NextPageToken = systems.NextPageToken };
    }

    public override Task<Proto.System> UpdateSystem(UpdateSystemRequest request, ServerCallContext context)
    {
        if (request.System is null) throw FieldFaults.Single("system", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var system = await LivingAsync(unit, request.System.Name, request.System.Etag, context, ct);
            var faults = new FieldFaults();
            var terms = SystemTerms.Read(faults, faults.Masked(system.ToProto(), request.System, request.UpdateMask));
            faults.ThrowIfAny();
            context.Demand(new Target(System: system.Name, Party: terms.Owner));
            system.Revise(terms, unit.Now);
            return system;
        }, system => system.ToProto());
    }

    public override Task<Proto.System> DeleteSystem(DeleteSystemRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var system = await LivingAsync(unit, request.Name, request.Etag, context, ct);
            system.Delete(request.Reason, unit.Now);
            return system;
        }, system => system.ToProto());
    }

    private static async Task<BusinessSystem> LivingAsync(
        WriteUnit<OwnershipDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var system = await FindAsync(unit.Db, name, context, ct);
        context.Demand(system.Target);
        if (system.IsDeleted) throw new Missing(name);
        unit.CheckEtag(system, etag);
        return system;
    }

    private static async Task<BusinessSystem> FindAsync(OwnershipDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "systems");
        return await Seen(db, context.Reach()).AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }

    private static IQueryable<BusinessSystem> Seen(OwnershipDb db, Reach reach)
    {
        if (reach.Everything) return db.Systems;
        var (ids, parties) = (reach.Systems.Select(name => name["systems/".Length..]).ToArray(), reach.Parties.ToArray());
        return db.Systems.Where(one => ids.Contains(one.Id) || parties.Contains(one.Owner));
    }
}
