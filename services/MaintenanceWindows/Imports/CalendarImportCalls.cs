using Governance.BuildingBlocks.Requests;
using Governance.Windows.V1;
using Grpc.Core;

namespace Governance.MaintenanceWindows;

internal sealed partial class MaintenanceWindowsService
{
    public override async Task<ImportCalendarResponse> ImportCalendar(IAsyncStreamReader<ImportCalendarRequest> requestStream, ServerCallContext context)
    {
        await using var upload = await ImportUpload<ImportCalendarRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        return await calendarImports.RunAsync(upload.Parameters, upload, context);
    }
}
