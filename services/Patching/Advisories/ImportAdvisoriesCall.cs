using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Governance.Patching.Advisories;
using Governance.Patching.V1;
using Grpc.Core;

namespace Governance.Patching;

internal sealed partial class PatchingCalls
{
    public override async Task<ImportAdvisoriesResponse> ImportAdvisories(
        IAsyncStreamReader<ImportAdvisoriesRequest> requestStream, ServerCallContext context)
    {
        context.Demand(new Target());
        await using var upload = await ImportUpload<ImportAdvisoriesRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        var import = new AdvisoryImport(upload.Parameters, context);
        await advisoryImports.RunAsync(import, upload, context.CancellationToken);
        return import.ToResponse();
    }
}
