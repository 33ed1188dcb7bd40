using Governance.BuildingBlocks.Writing;
using Governance.Windows.V1;
using Grpc.Core;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>Calendar files, taken for freezes and windows.</summary>
internal sealed class CalendarsService(CalendarImporter importer) : Proto.Calendars.CalendarsBase
{
    public override async Task<ImportCalendarResponse> ImportCalendar(
        IAsyncStreamReader<ImportCalendarRequest> requestStream, ServerCallContext context)
    {
        await using var upload =
            await ImportUpload<ImportCalendarRequest>.OpenAsync(requestStream, message => message.Document, context.CancellationToken);
        return await importer.RunAsync(upload.Parameters, upload, context);
    }
}
