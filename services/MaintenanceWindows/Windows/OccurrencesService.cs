using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Recurrence;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>When windows are held.</summary>
internal sealed class OccurrencesService(
    IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar)
    : Proto.Occurrences.OccurrencesBase
{
    public override async Task<ListOccurrencesResponse> ListOccurrences(ListOccurrencesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        var span = OccurrenceFields.Span(request, clock.Now);
        await using var db = await databases.CreateDbContextAsync(ct);
        var windows = await OccurrenceFields.WindowsAsync(request, context, db, ct);
        var found = new OccurrenceMerge(windows, span).After(OccurrenceFields.Position(page)).Take(page.Size + 1).ToList();
        var shown = found.Take(page.Size).ToList();
        var response = new ListOccurrencesResponse { TzdbVersion = RecurrenceSet.TzdbVersion };
        response.Occurrences.AddRange(
            await new OccurrenceDetails(db, await calendar.NowAsync(ct), clock.Now).DescribeAsync(shown, request.Component, ct));
        if (found.Count > page.Size) response.NextPageToken = page.After(OccurrenceFields.Position(shown[^1]));
        return response;
    }
}
