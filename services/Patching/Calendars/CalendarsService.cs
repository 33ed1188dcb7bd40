using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Policy = Governance.Patching.Deadlines.Policy;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Calendars;

/// <summary>Calendars of business days.</summary>
internal sealed class CalendarsService(Writes<PatchingDb> writes, IDbContextFactory<PatchingDb> databases) : V1.Calendars.CalendarsBase
{
    private static readonly Keyset<WorkCalendar> ByCalendarName = new Keyset<WorkCalendar>().By(calendar => calendar.Id);

    public override Task<Proto.Calendar> CreateCalendar(CreateCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.Calendar, "calendar");
        var id = faults.NewId(request.CalendarId, "calendar_id");
        var terms = faults.Calendar(request.Calendar ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = WorkCalendar.Create(id, terms, unit.Now);
            await unit.AddAsync(calendar, ct);
            return calendar.ToProto();
        });
    }

    public override async Task<Proto.Calendar> GetCalendar(GetCalendarRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindCalendarAsync(db, request.Name, context.CancellationToken)).ToProto();
    }

    public override async Task<ListCalendarsResponse> ListCalendars(ListCalendarsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var calendars = await ByCalendarName.ListAsync(db.Calendars.AsNoTracking(), page, context.CancellationToken);
        return new ListCalendarsResponse
        {
            Calendars = { calendars.Items.Select(one => one.ToProto()) },
            NextPageToken = calendars.NextPageToken,
        };
    }

    public override Task<Proto.Calendar> UpdateCalendar(UpdateCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.Calendar is null) throw FieldFaults.Single("calendar", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = await FindCalendarAsync(unit.Db, request.Calendar.Name, ct);
            unit.CheckEtag(calendar, request.Calendar.Etag);
            var faults = new FieldFaults();
            var terms = faults.Calendar(faults.Masked(calendar.ToProto(), request.Calendar, request.UpdateMask));
            faults.ThrowIfAny();
            calendar.Revise(terms, unit.Now);
            foreach (var policy in await CountingByAsync(unit.Db, calendar.Id, ct)) policy.Recount(unit.Sequence, unit.Now);
            return calendar.ToProto();
        });
    }

    public override Task<Empty> DeleteCalendar(DeleteCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = await FindCalendarAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(calendar, request.Etag);
            calendar.DemandDeletable((await CountingByAsync(unit.Db, calendar.Id, ct)).FirstOrDefault()?.Name);
            unit.Db.Remove(calendar);
            return new Empty();
        });
    }

    /// <summary>There are few policies, and what they count by is inside their terms.</summary>
    private static async Task<List<Policy>> CountingByAsync(PatchingDb db, string calendar, CancellationToken ct) =>
        [.. (await db.Policies.AsTracking().OrderBy(policy => policy.Id).ToListAsync(ct)).Where(policy =>
            policy.Terms.CalendarIds.Contains(calendar))];

    private static async Task<WorkCalendar> FindCalendarAsync(PatchingDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "calendars");
        return await db.Calendars.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }
}
