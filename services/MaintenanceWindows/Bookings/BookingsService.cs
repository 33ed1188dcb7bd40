using Google.Protobuf;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>Bookings: ask, approve, start, complete, cancel, record.</summary>
internal sealed partial class BookingsService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases, Calendar calendar)
    : Proto.Bookings.BookingsBase
{
    private static readonly Keyset<Booking> BySchedule = new Keyset<Booking>().By(booking => booking.SortTime).By(booking => booking.Id);

    public override Task<Proto.Booking> CreateBooking(CreateBookingRequest request, ServerCallContext context)
    {
        var asked = request.Booking ?? throw FieldFaults.Single("booking", "Is required.", "REQUIRED");
        var faults = new FieldFaults();
        var id = faults.NewId(request.BookingId, "booking_id");
        var terms = faults.Booking(asked);
        var start = faults.Moment(asked.PlannedStart, "booking.planned_start");
        var approvals = faults.BroughtIn(asked);
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await ScopeGuard.DemandAsync(context, unit.Db, new Scope { Components = { terms.Components } }, ct);
            BookingDuties.DemandTimes(terms, start, unit.Now);
            await BookingReads.BackedOutAsync(unit.Db, terms.BacksOut, terms.Components, terms.Environment, "booking.backs_out", ct);
            var booking = Booking.Ask(id, terms, BookingDuties.PersonOf(unit.Caller));
            booking.BringIn(approvals);
            BookingDuties.DemandSeparated(booking);
            booking.Confirm(await SlotAsync(booking, start, unit, ct), unit.Now);
            await unit.AddAsync(booking, ct);
            unit.Record(booking.Name, Duty.Requested);
            return booking.ToProto();
        });
    }

    public override async Task<Proto.Booking> GetBooking(GetBookingRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await BookingReads.GetAsync(db, request.Name, context, context.CancellationToken)).ToProto();
    }

    public override async Task<ListBookingsResponse> ListBookings(ListBookingsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var bookings = BookingReads.Within(db.Bookings.AsNoTracking(), db, context.Reach());
        var found = await BySchedule.ListAsync(BookingFilter.Apply(bookings, request), page, context.CancellationToken);
        return new ListBookingsResponse
        {
            Bookings = { found.Items.Select(booking => booking.ToProto()) },
            NextPageToken = found.NextPageToken,
        };
    }

    public override Task<Proto.Booking> ApproveBooking(ApproveBookingRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Comment, 1000, "comment").ThrowIfAny();
        return ChangeBooking(request, request.Name, request.Etag, context, async (booking, unit, ct) =>
        {
            SeparationOfDuties.DemandMayApprove(unit.Caller, context.Permission(), await BookingDuties.RecordAsync(booking, unit.Db, ct));
            unit.Because(request.Comment);
            unit.Record(booking.Name, Duty.Approved);
            booking.Approve(Approvals.Here(unit, context, request.Comment), unit.Now);
        });
    }

    public override Task<Proto.Booking> StartBooking(StartBookingRequest request, ServerCallContext context) =>
        ChangeBooking(request, request.Name, request.Etag, context, async (booking, unit, ct) =>
        {
            booking.DemandStartable();
            var gate = StartGate.Judge(await calendar.InAsync(unit, ct), booking, unit.Now);
            if (gate.Refusals.Count > 0)
            {
                var first = gate.Refusals[0];
                throw new RuleViolation(
                    first.Rule, $"{booking.Name} may not start now: {first.Detail}", [.. BookingPlacement.Facts(gate.Refusals)]);
            }

            booking.Start(gate.Places, gate.OccurrenceEnd, unit.Now);
        });

    public override Task<Proto.Booking> CompleteBooking(CompleteBookingRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults().Length(request.Reason, 1000, "reason");
        faults.Check(
            request.Outcome != ChangeOutcome.Unspecified && Enum.IsDefined(request.Outcome),
            "outcome",
            "Is required: SUCCESSFUL, SUCCESSFUL_WITH_ISSUES, UNSUCCESSFUL or BACKED_OUT.",
            "REQUIRED");
        var ended = faults.Moment(request.ActualEnd, "actual_end");
        faults.ThrowIfAny();
        return ChangeBooking(request, request.Name, request.Etag, context, (booking, unit, _) =>
        {
            var end = ended ?? unit.Now;
            if (end > unit.Now) throw FieldFaults.Single("actual_end", "Lies in the future.", "IN_THE_FUTURE");
            if (end < booking.ActualStart) throw FieldFaults.Single("actual_end", "Lies before its start.", "BEFORE_START");
            booking.Complete(request.Outcome, end, request.Reason, unit.Now);
            return Task.CompletedTask;
        });
    }

    public override Task<Proto.Booking> CancelBooking(CancelBookingRequest request, ServerCallContext context)
    {
        new FieldFaults().Length(request.Reason, 1000, "reason").ThrowIfAny();
        return ChangeBooking(request, request.Name, request.Etag, context, (booking, unit, _) =>
        {
            booking.Cancel(request.Reason, unit.Now);
            return Task.CompletedTask;
        });
    }

    private Task<Proto.Booking> ChangeBooking(
        IMessage request,
        string name,
        string etag,
        ServerCallContext context,
        Func<Booking, WriteUnit<WindowsDb>, CancellationToken, Task> change)
    {
        NameFields.Id(name, "bookings");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var booking = await BookingReads.GetAsync(unit.Db, name, context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, new Scope { Components = { booking.Terms.Components } }, ct);
            unit.CheckEtag(booking, etag);
            await change(booking, unit, ct);
            return booking.ToProto();
        });
    }

    /// <summary>Under the write lock: what is free now is free until the commit. Backing out is never denied its time.</summary>
    private async Task<FoundSlot> SlotAsync(Booking booking, Instant? start, WriteUnit<WindowsDb> unit, CancellationToken ct)
    {
        if (booking.Terms.BacksOut.Length > 0)
        {
            var at = start ?? booking.Terms.NotBefore ?? unit.Now;
            return new(at, at, [], DateTimeZone.Utc, null);
        }

        var placement = BookingPlacement.Find(await calendar.InAsync(unit, ct), booking, unit.Now, start);
        return placement.Slot ?? throw BookingPlacement.Refusal("The change", placement);
    }
}
