using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Reevaluation;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>Vendors' maintenance: enter, change, call off, import.</summary>
internal sealed class ProviderMaintenancesService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar, MaintenanceImporter importer)
    : Proto.ProviderMaintenances.ProviderMaintenancesBase
{
    public override Task<Proto.ProviderMaintenance> CreateProviderMaintenance(
        CreateProviderMaintenanceRequest request, ServerCallContext context)
    {
        var asked = request.ProviderMaintenance ?? new();
        var faults = new FieldFaults().Required(request.ProviderMaintenance, "provider_maintenance");
        var id = faults.NewId(request.ProviderMaintenanceId, "provider_maintenance_id");
        var (terms, source) = (faults.Maintenance(asked), faults.Source(asked));
        var announced = faults.Moment(asked.AnnounceTime, "provider_maintenance.announce_time");
        faults.Check(
            announced is null || announced <= clock.Now, "provider_maintenance.announce_time", "Is not over yet.", "IN_THE_FUTURE");
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await MaintenanceScope.DemandAsync(context, unit.Db, asked.Party, terms.Components, ct);
            await DemandNewAsync(unit.Db, asked.Party, source, ct);
            var maintenance = ProviderMaintenance.Announce(id, asked.Party, terms, source, announced ?? unit.Now, unit.Now);
            await unit.AddAsync(maintenance, ct);
            return await AnswerAsync(maintenance, unit, ct);
        });
    }

    public override async Task<Proto.ProviderMaintenance> GetProviderMaintenance(
        GetProviderMaintenanceRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var maintenance = await FindMaintenanceAsync(db, request.Name, await calendar.NowAsync(ct), context, ct);
        return await WithUnknownAsync(maintenance.ToProto(clock.Now), db, ct);
    }

    public override async Task<ListProviderMaintenancesResponse> ListProviderMaintenances(
        ListProviderMaintenancesRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        var faults = new FieldFaults();
        var (from, until) = (faults.Moment(request.From, "from"), faults.Moment(request.Until, "until"));
        faults.Check(System.Enum.IsDefined(request.State), "state", $"{(int)request.State} is no state.", "UNKNOWN_VALUE").ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(ct);
        var (seen, now) = (await calendar.NowAsync(ct), clock.Now);
        var sees = await MaintenanceScope.SightAsync(context, db, seen, ct);
        var component = NameFields.InFull(request.Component, "components");
        var restricting =
            component.Length == 0 ? null : seen.Components.Needs(component).Append(component).ToHashSet(StringComparer.Ordinal);
        var query = db.ProviderMaintenances.AsNoTracking().Where(one => request.ShowDeleted || one.DeleteTime == null);
        if (request.Party.Length > 0) query = query.Where(one => one.Party == request.Party);
        var found = await NamedPage.ListAsync(query, page, Passes, ct);
        return new ListProviderMaintenancesResponse
        {
            ProviderMaintenances = { found.Items.Select(one => one.ToProto(now)) },
            NextPageToken = found.NextPageToken,
        };

        bool Passes(ProviderMaintenance one) => sees(one)
            && (request.State == default || one.StateAt(now) == request.State)
            && (from is null || one.Terms.End > from)
            && (until is null || one.Terms.Start < until)
            && (restricting is null || one.Terms.Components.Any(restricting.Contains));
    }

    public override Task<Proto.ProviderMaintenance> UpdateProviderMaintenance(
        UpdateProviderMaintenanceRequest request, ServerCallContext context)
    {
        var given = request.ProviderMaintenance ?? throw FieldFaults.Single("provider_maintenance", "Is required.", "REQUIRED");
        return ChangeMaintenance(request, given.Name, given.Etag, context, async (maintenance, unit, ct) =>
        {
            var faults = new FieldFaults();
            var wanted = faults.Masked(maintenance.ToProto(unit.Now), given, request.UpdateMask);
            var terms = faults.Maintenance(wanted);
            faults.Check(wanted.Party.Length == 0
                || wanted.Party == maintenance.Party, "provider_maintenance.party", $"Is {maintenance.Party} and stays.", "IMMUTABLE");
            faults.ThrowIfAny();
            await MaintenanceScope.DemandAsync(context, unit.Db, maintenance.Party, terms.Components, ct);
            maintenance.Revise(terms with { SourceComponents = maintenance.Terms.SourceComponents }, unit.Now);
        });
    }

    public override Task<Proto.ProviderMaintenance> DeleteProviderMaintenance(
        DeleteProviderMaintenanceRequest request, ServerCallContext context) =>
        ChangeMaintenance(request, request.Name, request.Etag, context, (maintenance, unit, _) =>
        {
            new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
            maintenance.Withdraw(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override Task<Proto.ProviderMaintenance> CancelProviderMaintenance(
        CancelProviderMaintenanceRequest request, ServerCallContext context) =>
        ChangeMaintenance(request, request.Name, request.Etag, context, (maintenance, unit, _) =>
        {
            new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
            maintenance.Cancel(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override async Task<ImportProviderMaintenancesResponse> ImportProviderMaintenances(
        IAsyncStreamReader<ImportProviderMaintenancesRequest> requestStream, ServerCallContext context)
    {
        await using var upload = await ImportUpload<ImportProviderMaintenancesRequest>.OpenAsync(
            requestStream, message => message.Document, context.CancellationToken);
        return await importer.RunAsync(upload.Parameters, upload, context);
    }

    private Task<Proto.ProviderMaintenance> ChangeMaintenance(
        Google.Protobuf.IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<ProviderMaintenance, WriteUnit<WindowsDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "providerMaintenances");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var maintenance = await FindMaintenanceAsync(unit.Db, name, await calendar.InAsync(unit, ct), context, ct);
            await MaintenanceScope.DemandAsync(context, unit.Db, maintenance.Party, maintenance.Terms.Components, ct);
            unit.CheckEtag(maintenance, etag);
            await change(maintenance, unit, ct);
            return await AnswerAsync(maintenance, unit, ct);
        });
    }

    private static async Task<ProviderMaintenance> FindMaintenanceAsync(
        WindowsDb db, string name, CalendarSnapshot seen, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "providerMaintenances");
        var maintenance =
            await db.ProviderMaintenances.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sees = await MaintenanceScope.SightAsync(context, db, seen, ct);
        return sees(maintenance) ? maintenance : throw new Missing(name);
    }

    private static async Task DemandNewAsync(WindowsDb db, string party, Source source, CancellationToken ct)
    {
        if (source.Uid.Length == 0) return;
        var there = await db.ProviderMaintenances.AsNoTracking()
            .FirstOrDefaultAsync(one => one.Party == party && one.SourceUid == source.Uid && one.RecurrenceId == source.RecurrenceId, ct);
        if (there is not null) throw new AlreadyExists(there.Name);
    }

    private async Task<Proto.ProviderMaintenance> AnswerAsync(
        ProviderMaintenance maintenance, WriteUnit<WindowsDb> unit, CancellationToken ct)
    {
        var answer = await WithUnknownAsync(maintenance.ToProto(unit.Now), unit.Db, ct);
        answer.DisplacedBookings.AddRange(await new Forecast(calendar, unit).OfAsync(maintenance, ct));
        return answer;
    }

    private static async Task<Proto.ProviderMaintenance> WithUnknownAsync(
        Proto.ProviderMaintenance message, WindowsDb db, CancellationToken ct)
    {
        message.UnknownComponents.AddRange(await ScopeGuard.UnknownAsync(db, new Scope { Components = { message.Components } }, ct));
        return message;
    }
}
