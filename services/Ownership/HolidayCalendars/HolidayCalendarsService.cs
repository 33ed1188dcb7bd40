using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.HolidayCalendars;

/// <summary>The days on which nobody works.</summary>
internal sealed class HolidayCalendarsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases)
    : V1.HolidayCalendars.HolidayCalendarsBase
{
    private static readonly Keyset<HolidayCalendar> ByName = new Keyset<HolidayCalendar>().By(calendar => calendar.Id);

    public override Task<Proto.HolidayCalendar> CreateHolidayCalendar(CreateHolidayCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.HolidayCalendar, "holiday_calendar");
        var id = faults.NewId(request.HolidayCalendarId, "holiday_calendar_id");
        var terms = faults.HolidayCalendar(request.HolidayCalendar ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = HolidayCalendar.Create(id, terms, unit.Now);
            await unit.AddAsync(calendar, ct);
            return calendar;
        }, calendar => calendar.ToProto());
    }

    public override async Task<Proto.HolidayCalendar> GetHolidayCalendar(GetHolidayCalendarRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context.CancellationToken)).ToProto();
    }

    public override async Task<ListHolidayCalendarsResponse> ListHolidayCalendars(
        ListHolidayCalendarsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var calendars = await ByName.ListAsync(db.HolidayCalendars.AsNoTracking(), page, context.CancellationToken);
        return new ListHolidayCalendarsResponse
        {
            HolidayCalendars = { calendars.Items.Select(one => one.ToProto()) },
            NextPageToken = calendars.NextPageToken,
        };
    }

    public override Task<Proto.HolidayCalendar> UpdateHolidayCalendar(UpdateHolidayCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.HolidayCalendar is null) throw FieldFaults.Single("holiday_calendar", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = await FindAsync(unit.Db, request.HolidayCalendar.Name, ct);
            unit.CheckEtag(calendar, request.HolidayCalendar.Etag);
            var faults = new FieldFaults();
            var terms = faults.HolidayCalendar(faults.Masked(calendar.ToProto(), request.HolidayCalendar, request.UpdateMask));
            faults.ThrowIfAny();
            calendar.Revise(terms, unit.Now);
            return calendar;
        }, calendar => calendar.ToProto());
    }

    public override Task<Empty> DeleteHolidayCalendar(DeleteHolidayCalendarRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var calendar = await FindAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(calendar, request.Etag);
            var party = await unit.Db.Parties.Where(one => one.HolidayCalendar == calendar.Name && one.DeleteTime == null)
                .Select(one => one.Id)
                .FirstOrDefaultAsync(ct);
            calendar.DemandDeletable(party is null ? null : $"parties/{party}");
            unit.Db.Remove(calendar);
            return calendar;
        }, _ => new Empty());
    }

    private static async Task<HolidayCalendar> FindAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "holidayCalendars");
        return await db.HolidayCalendars.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }
}
