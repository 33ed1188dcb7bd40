using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Reevaluation;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Windows;

/// <summary>Windows: create, change, pause, retire.</summary>
internal sealed class WindowsService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar)
    : Proto.Windows.WindowsBase
{
    public override Task<Proto.Window> CreateWindow(CreateWindowRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Required(request.Window, "window");
        var id = faults.NewId(request.WindowId, "window_id");
        var terms = faults.Window(request.Window ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            var window = Window.Create(id, terms, request.Window!.Reason, unit.Now);
            await unit.AddAsync(window, ct);
            return await AnswerAsync(window, unit, ct);
        });
    }

    public override async Task<Proto.Window> GetWindow(GetWindowRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        var window = await FindWindowAsync(db, request.Name, context, ct);
        return await WithUnknownAsync(window.ToProto(clock.Now), db, ct);
    }

    public override async Task<ListWindowsResponse> ListWindows(ListWindowsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var passes = await ScopeFilter.ReadAsync(context, db, request.Component, request.Environment, ct);
        var retired = request.State == Proto.Window.Types.State.Retired;
        var now = clock.Now;
        var windows = await NamedPage.ListAsync(
            db.Windows.AsNoTracking().Where(window => (window.DeleteTime != null) == retired),
            page,
            window => passes(window.Terms.Scope) && (request.State == default || window.StateAt(now) == request.State),
            ct);
        return new ListWindowsResponse
        {
            Windows = { windows.Items.Select(window => window.ToProto(now)) },
            NextPageToken = windows.NextPageToken,
        };
    }

    public override Task<Proto.Window> UpdateWindow(UpdateWindowRequest request, ServerCallContext context)
    {
        if (request.Window is null) throw FieldFaults.Single("window", "Is required.", "REQUIRED");
        return ChangeWindow(request, request.Window.Name, request.Window.Etag, context, async (window, unit, ct) =>
        {
            var faults = new FieldFaults();
            var wanted = faults.Masked(window.ToProto(unit.Now), request.Window, request.UpdateMask);
            var terms = faults.Window(wanted);
            faults.ThrowIfAny();
            await ScopeGuard.DemandAsync(context, unit.Db, terms.Scope, ct);
            unit.Because(wanted.Reason);
            window.Revise(terms, wanted.Reason, unit.Now);
        });
    }

    public override Task<Proto.Window> DeleteWindow(DeleteWindowRequest request, ServerCallContext context) =>
        ChangeWindow(request, request.Name, request.Etag, context, (window, unit, _) =>
        {
            window.Retire(request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override Task<Proto.Window> PauseWindow(PauseWindowRequest request, ServerCallContext context) =>
        ChangeWindow(request, request.Name, request.Etag, context, (window, unit, _) =>
        {
            var faults = new FieldFaults().Length(request.Reason, 1000, "reason");
            var until = faults.Moment(request.Until, "until");
            faults.Check(until is null || until > unit.Now, "until", "Is over already.", "IN_THE_PAST");
            faults.ThrowIfAny();
            window.Pause(until, request.Reason, unit.Now);
            return Task.CompletedTask;
        });

    public override Task<Proto.Window> ResumeWindow(ResumeWindowRequest request, ServerCallContext context) =>
        ChangeWindow(request, request.Name, request.Etag, context, (window, unit, _) =>
        {
            window.Resume(unit.Now);
            return Task.CompletedTask;
        });

    private Task<Proto.Window> ChangeWindow(
        Google.Protobuf.IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<Window, WriteUnit<WindowsDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "windows");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var window = await FindWindowAsync(unit.Db, name, context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, window.Terms.Scope, ct);
            unit.CheckEtag(window, etag);
            await change(window, unit, ct);
            var answer = await AnswerAsync(window, unit, ct);
            answer.DisplacedBookings.AddRange(await new Forecast(calendar, unit).OfAsync(window, ct));
            return answer;
        });
    }

    private static async Task<Window> FindWindowAsync(WindowsDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "windows");
        var window = await db.Windows.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        return sees(window.Terms.Scope) ? window : throw new Missing(name);
    }

    private static Task<Proto.Window> AnswerAsync(Window window, WriteUnit<WindowsDb> unit, CancellationToken ct) =>
        WithUnknownAsync(window.ToProto(unit.Now), unit.Db, ct);

    private static async Task<Proto.Window> WithUnknownAsync(Proto.Window message, WindowsDb db, CancellationToken ct)
    {
        message.UnknownComponents.AddRange(await ScopeGuard.UnknownAsync(db, message.Scope, ct));
        return message;
    }
}
