using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Persistence;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Format = Governance.Windows.V1.ImportProviderMaintenancesRequest.Types.Format;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>Reads a vendor's calendar or status page and keeps it batch by batch.</summary>
internal sealed class MaintenanceImporter(
    Imports<WindowsDb> imports, Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, BusinessClock clock)
{
    private const int CheckedAtOnce = 500;

    /// <exception cref="InvalidRequest">A parameter is wrong, or the document as a whole cannot be read.</exception>
    public async Task<ImportProviderMaintenancesResponse> RunAsync(
        ImportProviderMaintenancesRequest parameters, Stream document, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var import = Read(parameters, context);
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            await MaintenanceScope.DemandAsync(context, db, import.Party, import.Components, ct);
        }
        var (tally, octets) = (new ImportTally(), await UploadedDocument.ReadAsync(document, ct));
        var series = parameters.Format == Format.Icalendar
            ? new AnnouncedCalendar(clock.Now, tally).Read(CalendarFile.Read(octets, parameters.TimeZone))
            : StatusPage.Read(octets, tally);
        if (parameters.ValidateOnly)
        {
            await CheckAsync(parameters, import, [.. series], tally, context);
        }
        else
        {
            await imports.RunAsync(context, "providerMaintenances", series.ToAsyncEnumerable(), (unit, batch, counted, token) =>
            MaintenanceIntake.TakeAsync(unit, import, batch, counted, token), tally);
        }

        return new ImportProviderMaintenancesResponse { Summary = tally.ToSummary() };
    }

    private static MaintenanceImport Read(ImportProviderMaintenancesRequest parameters, ServerCallContext context)
    {
        var faults = new FieldFaults();
        faults.Party(parameters.Party, "party");
        faults.Restricted(parameters.Components, "components");
        faults.Environments(parameters.Environments, "environments");
        var warns = faults.Warns(parameters.DefaultEffect, "default_effect");
        var isKnown = parameters.Format != Format.Unspecified && Enum.IsDefined(parameters.Format);
        faults.Check(isKnown, "format", "Is required; ICALENDAR and STATUS_PAGE are read.", "REQUIRED");
        if (parameters.TimeZone.Length > 0) faults.Zone(parameters.TimeZone, "time_zone");
        faults.ThrowIfAny();
        return new(
            parameters.Party,
            [.. parameters.Components.Distinct()],
            [.. parameters.Environments.Distinct()],
            warns,
            (db, components, ct) => MaintenanceScope.HoldsAsync(context, db, parameters.Party, components, ct));
    }

    /// <summary>Runs every batch and takes it back.</summary>
    private async Task CheckAsync(
        ImportProviderMaintenancesRequest parameters,
        MaintenanceImport import,
        List<AnnouncedSeries> series,
        ImportTally tally,
        ServerCallContext context)
    {
        foreach (var batch in series.Chunk(CheckedAtOnce))
        {
            await writes.RunAsync(parameters, context, async (unit, ct) =>
            {
                await MaintenanceIntake.TakeAsync(unit, import, batch, tally, ct);
                return new ImportProviderMaintenancesResponse();
            });
        }
    }
}
