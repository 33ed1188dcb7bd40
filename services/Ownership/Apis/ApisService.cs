using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Apis;

/// <summary>What components provide to each other; the catalogue's import brings them.</summary>
internal sealed class ApisService(IDbContextFactory<OwnershipDb> databases) : V1.Apis.ApisBase
{
    private static readonly Keyset<Api> ByName = new Keyset<Api>().By(api => api.Id);

    public override async Task<Proto.Api> GetApi(GetApiRequest request, ServerCallContext context)
    {
        var id = NameFields.Id(request.Name, "apis");
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var api = await db.Apis.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, context.CancellationToken);
        return api is not null && context.Reach().Covers(api.Target) ? api.ToProto() : throw new Missing(request.Name);
    }

    public override async Task<ListApisResponse> ListApis(ListApisRequest request, ServerCallContext context)
    {
        var (page, reach) = (PageToken.Read(request), context.Reach());
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var living = db.Apis.AsNoTracking().Where(one => one.DeleteTime == null);
        var (systems, parties) = (reach.Systems.ToArray(), reach.Parties.ToArray());
        if (!reach.Everything) living = living.Where(one => systems.Contains(one.System) || parties.Contains(one.Owner));
        var apis = await ByName.ListAsync(living, page, context.CancellationToken);
        return new ListApisResponse { Apis = { apis.Items.Select(one => one.ToProto()) }, NextPageToken = apis.NextPageToken };
    }
}
