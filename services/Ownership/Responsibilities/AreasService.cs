using Google.Protobuf.WellKnownTypes;
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

namespace Governance.Ownership.Responsibilities;

/// <summary>What somebody can be responsible for.</summary>
internal sealed class AreasService(Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases) : V1.Areas.AreasBase
{
    private static readonly Keyset<Area> ByName = new Keyset<Area>().By(area => area.Id);

    public override Task<Proto.Area> CreateArea(CreateAreaRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.Area, "area");
        var id = faults.NewId(request.AreaId, "area_id");
        var terms = AreaTerms.Read(faults, request.Area ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var area = Area.Create(id, terms, unit.Now);
            await unit.AddAsync(area, ct);
            return area;
        }, area => area.ToProto());
    }

    public override async Task<Proto.Area> GetArea(GetAreaRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context.CancellationToken)).ToProto();
    }

    public override async Task<ListAreasResponse> ListAreas(ListAreasRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var areas = await ByName.ListAsync(db.Areas.AsNoTracking(), page, context.CancellationToken);
        return new ListAreasResponse { Areas = { areas.Items.Select(one => one.ToProto()) }, NextPageToken = areas.NextPageToken };
    }

    public override Task<Proto.Area> UpdateArea(UpdateAreaRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.Area is null) throw FieldFaults.Single("area", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var area = await FindAsync(unit.Db, request.Area.Name, ct);
            unit.CheckEtag(area, request.Area.Etag);
            var faults = new FieldFaults();
            var terms = AreaTerms.Read(faults, faults.Masked(area.ToProto(), request.Area, request.UpdateMask));
            faults.ThrowIfAny();
            area.Revise(terms, unit.Now);
            return area;
        }, area => area.ToProto());
    }

    public override Task<Empty> DeleteArea(DeleteAreaRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var area = await FindAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(area, request.Etag);
            var user = await unit.Db.Responsibilities.Where(one => one.Area == area.Id && one.DeleteTime == null)
                .Select(one => one.Id)
                .FirstOrDefaultAsync(ct);
            area.DemandDeletable(user is null ? null : $"responsibilities/{user}");
            unit.Db.Remove(area);
            return area;
        }, _ => new Empty());
    }

    private static async Task<Area> FindAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "areas");
        return await db.Areas.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }
}
