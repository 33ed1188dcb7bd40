using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Inventory;

/// <summary>What components have installed.</summary>
internal sealed class InventoryService(
    Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases, IInventoryReaction reaction) : V1.Inventory.InventoryBase
{
    private static readonly Keyset<InventoryRow> ByPlaceAndPackage = new Keyset<InventoryRow>()
        .By(row => row.Component).By(row => row.Environment).By(row => row.Package).By(row => row.Version);

    public override async Task<ImportInventoryResponse> ImportInventory(
        IAsyncStreamReader<ImportInventoryRequest> requestStream, ServerCallContext context)
    {
        await using var upload =
            await ImportUpload<ImportInventoryRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var parameters = upload.Parameters;
        var faults = new FieldFaults();
        faults.Name(parameters.Parent, "components", "parent");
        faults.Check(
            parameters.Format is InventoryFormat.Cyclonedx or InventoryFormat.Spdx, "format", "CYCLONEDX or SPDX is required.", "REQUIRED");
        faults.Required(parameters.Environment, "environment").Length(parameters.Environment, 63, "environment");
        faults.ThrowIfAny();
        await using (var db = await databases.CreateDbContextAsync(context.CancellationToken))
        {
            await db.DemandAsync(context, [parameters.Parent], context.CancellationToken);
        }
        var (document, wrong) = parameters.Format == InventoryFormat.Spdx
            ? await SpdxReader.ReadAsync(upload, context.CancellationToken)
            : await CycloneDxReader.ReadAsync(upload, context.CancellationToken);
        if (document is null)
        {
            throw new InvalidRequest([.. wrong.Select(fault =>
                new FieldFault(fault.Path.Length == 0 ? "document" : $"document.{fault.Path}", fault.Reason, "INVALID_DOCUMENT"))]);
        }
        return await writes.RunAsync(parameters, context, (unit, ct) => TakeAsync(unit, parameters, document, ct));
    }

    public override async Task<ListInventoryResponse> ListInventory(ListInventoryRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var query = db.Inventory.AsNoTracking();
        if (await db.SightAsync(context, ct) is { } sight) query = query.Where(row => sight.Contains(row.Component));
        if (NameFields.InFull(request.Component, "components") is { Length: > 0 } component)
        {
            query = query.Where(row => row.Component == component);
        }
        if (request.Environment is { Length: > 0 } environment) query = query.Where(row => row.Environment == environment);
        if (request.Package.Length > 0)
        {
            if (!PackageUrl.TryParse(request.Package, out var purl, out var fault))
            {
                throw FieldFaults.Single("package", fault, "INVALID_PURL");
            }
            var package = purl.Package.ToString();
            query = query.Where(row => row.Package == package);
        }

        var rows = await ByPlaceAndPackage.ListAsync(query, page, ct);
        var components = rows.Items.Select(row => row.Component).Distinct().ToArray();
        var documents = await db.InventoryDocuments.AsNoTracking().Where(row => components.Contains(row.Component))
            .ToDictionaryAsync(row => (row.Component, row.Environment), ct);
        return new ListInventoryResponse
        {
            Items = { rows.Items.Select(row => row.ToProto(documents[(row.Component, row.Environment)])) },
            NextPageToken = rows.NextPageToken,
        };
    }

    private async Task<ImportInventoryResponse> TakeAsync(
        WriteUnit<PatchingDb> unit, ImportInventoryRequest parameters, SoftwareBill document, CancellationToken ct)
    {
        var rows = InventoryIntake.Rows(document, parameters.Parent, parameters.Environment);
        var response = await InventoryIntake.ReplaceAsync(unit, parameters.Parent, parameters.Environment, rows, ct);
        response.Ignored = document.Ignored;
        var source = InventoryIntake.SourceOf(document);
        await InventoryIntake.RememberAsync(unit, parameters.Parent, parameters.Environment, source, ct);
        (response.RemediationsOpened, response.RemediationsClosed) =
            await reaction.ReplacedAsync(unit, parameters.Parent, parameters.Environment, rows, source, ct);
        return response;
    }
}
