using Governance.BuildingBlocks.Requests;
using Governance.Ownership.Imports.Intake;
using Governance.Ownership.V1;
using Grpc.Core;

namespace Governance.Ownership;

internal sealed partial class OwnershipCalls
{
    public override async Task<ImportCatalogResponse> ImportCatalog(IAsyncStreamReader<ImportCatalogRequest> requestStream, ServerCallContext context)
    {
        await using var upload = await ImportUpload<ImportCatalogRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        return await new CatalogImport(upload.Parameters, context, imports, writes, databases).RunAsync(upload, context.CancellationToken);
    }
}
