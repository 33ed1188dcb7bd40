using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Imports.Intake;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports;

/// <summary>Catalogues of other tools, taken over.</summary>
internal sealed class CatalogsService(
    Writes<OwnershipDb> writes, Imports<OwnershipDb> imports, IDbContextFactory<OwnershipDb> databases)
    : V1.Catalogs.CatalogsBase
{
    public override async Task<ImportCatalogResponse> ImportCatalog(
        IAsyncStreamReader<ImportCatalogRequest> requestStream, ServerCallContext context)
    {
        await using var upload =
            await ImportUpload<ImportCatalogRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        return await new CatalogImport(upload.Parameters, context, imports, writes, databases).RunAsync(upload, context.CancellationToken);
    }
}
