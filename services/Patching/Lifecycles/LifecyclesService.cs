using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Governance.Patching.Lifecycles;

/// <summary>How long products are supported.</summary>
internal sealed class LifecyclesService(IDbContextFactory<PatchingDb> databases, LifecycleImporter imports) : V1.Lifecycles.LifecyclesBase
{
    private static readonly Keyset<LifecycleRow> ByProductNewestCycle =
        new Keyset<LifecycleRow>().By(row => row.Product).By(row => row.Place).By(row => row.Cycle);

    public override async Task<ImportLifecyclesResponse> ImportLifecycles(
        IAsyncStreamReader<ImportLifecyclesRequest> requestStream, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var upload =
            await ImportUpload<ImportLifecyclesRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var product = LifecycleNames.ProductId(upload.Parameters.Product);
        new FieldFaults()
            .Check(product.Length == 0 || LifecycleNames.IsId(product), "product", $"'{product}' is no product's id.", "INVALID_NAME")
            .ThrowIfAny();
        return await imports.RunAsync(upload.Parameters, upload, context);
    }

    public override async Task<Lifecycle> GetLifecycle(GetLifecycleRequest request, ServerCallContext context)
    {
        var (product, cycle) = LifecycleNames.Parse(request.Name)
            ?? throw FieldFaults.Single("name", $"'{request.Name}' is no name such as products/…/cycles/….", "INVALID_NAME");
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var row = await db.Lifecycles.AsNoTracking().SingleOrDefaultAsync(
            one => one.Product == product && one.Cycle == cycle, context.CancellationToken)
            ?? throw new Missing(request.Name);
        return row.ToProto(await db.Products.AsNoTracking().SingleAsync(one => one.Id == product, context.CancellationToken));
    }

    public override async Task<ListLifecyclesResponse> ListLifecycles(ListLifecyclesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = Filter(db.Lifecycles.AsNoTracking(), request);
        var rows = await ByProductNewestCycle.ListAsync(query, page, ct);
        var ids = rows.Items.Select(row => row.Product).Distinct().ToArray();
        var products =
            await db.Products.AsNoTracking().Where(row => EF.Parameter(ids).Contains(row.Id)).ToDictionaryAsync(row => row.Id, ct);
        return new ListLifecyclesResponse
        {
            Lifecycles = { rows.Items.Select(row => row.ToProto(products[row.Product])) },
            NextPageToken = rows.NextPageToken,
            TotalSize = await query.CountAsync(ct),
        };
    }

    private static IQueryable<LifecycleRow> Filter(IQueryable<LifecycleRow> query, ListLifecyclesRequest request)
    {
        var faults = new FieldFaults();
        if (LifecycleNames.ProductId(request.Product) is { Length: > 0 } product) query = query.Where(row => row.Product == product);
        if (request.EndBefore.Length > 0)
        {
            var day = LocalDatePattern.Iso.Parse(request.EndBefore);
            if (!day.Success) faults.Add("end_before", $"'{request.EndBefore}' is not a day as YYYY-MM-DD.", "INVALID_DAY");
            else query = Ending(query, day.Value);
        }

        if (request.Text.Trim().ToLowerInvariant() is { Length: > 0 } text) query = query.Where(row => row.SearchText.Contains(text));
        faults.ThrowIfAny();
        return query;
    }

    private static IQueryable<LifecycleRow> Ending(IQueryable<LifecycleRow> query, NodaTime.LocalDate day) =>
        query.Where(row => row.HasEnded || row.LastDay < day);
}
