using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.Patching.V1;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using Calendar = Governance.MaintenanceWindows.Planning.Calendar;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>
/// Keeps one booking in step with each of Patching's booking requests, and answers by its event, naming request and
/// attempt. Events come repeated and in any order: what is older than what was followed is ignored.
/// </summary>
internal sealed class BookingRequests(Calendar calendar) : IEventHandler<WindowsDb, BookingRequestChanged>
{
    public async Task HandleAsync(WriteUnit<WindowsDb> unit, Delivery<BookingRequestChanged> delivery, CancellationToken ct)
    {
        var request = delivery.Event.Request;
        var booking = await FindAsync(unit.Db, delivery.Subject, ct);
        if (booking is not null && IsOld(booking, delivery)) return;
        var wanted = delivery.Meta.Deleted ? Wanted.Cancelled : request.Wanted;
        if (wanted == Wanted.Unspecified) return;
        if (booking is null || IsOver(booking, request, wanted)) booking = Begin(unit, booking, request, delivery);
        var known = (booking.Attempt, State: booking.Status);
        booking.Answer(delivery.Subject, Math.Max(request.Attempt, booking.Attempt), new(delivery.Meta.Epoch, delivery.Meta.Version));
        await FollowAsync(unit, booking, request, wanted, known, ct);
    }

    private static Task<Booking?> FindAsync(WindowsDb db, string request, CancellationToken ct) =>
        db.Bookings.AsTracking().Where(booking => booking.BookingRequest == request)
            .OrderByDescending(booking => booking.Attempt).ThenByDescending(booking => booking.CreateTime)
            .FirstOrDefaultAsync(ct);

    private static bool IsOld(Booking booking, Delivery<BookingRequestChanged> delivery) =>
        !delivery.Version.Supersedes(new(booking.RequestEpoch, booking.RequestVersion), delivery.IsRepublished)
        || (!delivery.Meta.Deleted && delivery.Event.Request.Attempt < booking.Attempt);

    /// <summary>A change that has ended is history: a new attempt gets a booking of its own.</summary>
    private static bool IsOver(Booking booking, BookingRequest request, Wanted wanted) =>
        booking.Status == BookingState.Completed && request.Attempt > booking.Attempt && wanted == Wanted.Booked;

    private static Booking Begin(
        WriteUnit<WindowsDb> unit, Booking? before, BookingRequest request, Delivery<BookingRequestChanged> delivery)
    {
        var booking = Booking.Ask(Guid.CreateVersion7().ToString(), Terms(request), before?.Requester ?? request.Requester);
        booking.Answer(delivery.Subject, 0, default);
        unit.Db.Bookings.Add(booking);
        return booking;
    }

    private Task FollowAsync(
        WriteUnit<WindowsDb> unit,
        Booking booking,
        BookingRequest request,
        Wanted wanted,
        (int Attempt, BookingState State) known,
        CancellationToken ct) => wanted switch
        {
            Wanted.Booked => BookAsync(unit, booking, request, known, ct),
            Wanted.Started => StartAsync(unit, booking, ct),
            Wanted.Completed => CompleteAsync(unit, booking, request),
            Wanted.Cancelled => CancelAsync(unit, booking, request),
            _ => throw new ArgumentOutOfRangeException(nameof(wanted), wanted, null),
        };

    private async Task BookAsync(
        WriteUnit<WindowsDb> unit, Booking booking, BookingRequest request, (int Attempt, BookingState State) known, CancellationToken ct)
    {
        if (booking.Status is BookingState.Started or BookingState.Completed)
        {
            booking.Follow(unit.Now);
            return;
        }

        var approvals = booking.Approvals;
        booking.Take(Terms(request));
        booking.BringIn(request.Approvals.DistinctBy(approval => approval.Approver));
        if (known.State != default && known.Attempt == request.Attempt)
        {
            if (!approvals.SequenceEqual(booking.Approvals)) booking.Follow(unit.Now);
            return;
        }

        await PlaceAsync(unit, booking, request, ct);
    }

    /// <summary>A slot that still fits the new wish is kept; else the best one; else the refusal says why.</summary>
    private async Task PlaceAsync(WriteUnit<WindowsDb> unit, Booking booking, BookingRequest request, CancellationToken ct)
    {
        if (Faults(booking.Terms) is { } fault)
        {
            booking.Refuse([fault], [], unit.Now);
            return;
        }

        var now = await calendar.InAsync(unit, ct);
        var placement = Kept(now, booking, unit.Now) ?? await FindAsync(unit, now, booking, request, ct);
        if (placement.Slot is { } slot) booking.Confirm(slot, unit.Now);
        else booking.Refuse(placement.Reasons, placement.Remedies, unit.Now);
    }

    /// <summary>The best slot; where freezes keep an emergency from an earlier one, its overrides are recorded and used.</summary>
    private static async Task<Placement> FindAsync(
        WriteUnit<WindowsDb> unit, CalendarSnapshot calendar, Booking booking, BookingRequest request, CancellationToken ct)
    {
        var plain = BookingPlacement.Find(calendar, booking, unit.Now);
        var drafts = await EmergencyOverrides.DraftAsync(unit, calendar, booking, request, ct);
        if (drafts.Count == 0) return plain;
        var passing = BookingPlacement.Find(EmergencyOverrides.Let(calendar, drafts), booking, unit.Now);
        if (passing.Slot is null ? plain.Slot is not null : plain.Slot?.Start <= passing.Slot.Start) return plain;
        unit.Db.Overrides.AddRange(drafts.Where(draft => passing.Slot is not null || !draft.IsApproved));
        unit.Because(request.EmergencyOverride.Reason);
        return passing;
    }

    private static Placement? Kept(CalendarSnapshot calendar, Booking booking, Instant now)
    {
        if (booking.Status != BookingState.Confirmed || booking.PlannedStart is not { } start || start < now) return null;
        if (start < booking.Terms.NotBefore || booking.PlannedEnd > booking.Terms.Deadline) return null;
        var kept = BookingPlacement.Find(calendar, booking, now, start, Relaxation.Notice);
        return kept.Slot is null ? null : kept;
    }

    private async Task StartAsync(WriteUnit<WindowsDb> unit, Booking booking, CancellationToken ct)
    {
        if (booking.Status is BookingState.Started or BookingState.Completed)
        {
            booking.Follow(unit.Now);
            return;
        }

        if (booking.Status != BookingState.Confirmed)
        {
            Decline(unit, booking, "START_REFUSED", "NO_SLOT", "It has no slot to start in.");
            return;
        }

        var gate = StartGate.Judge(await calendar.InAsync(unit, ct), booking, unit.Now);
        if (gate.Refusals.Count > 0) booking.Decline("START_REFUSED", gate.Refusals, unit.Now);
        else booking.Start(gate.Places, gate.OccurrenceEnd, unit.Now);
    }

    private static Task CompleteAsync(WriteUnit<WindowsDb> unit, Booking booking, BookingRequest request)
    {
        var outcome = request.Outcome == ChangeOutcome.Unspecified ? ChangeOutcome.Successful : request.Outcome;
        if (booking.Status == BookingState.Started)
        {
            booking.Complete(outcome, unit.Now, request.Reason, unit.Now);
        }
        else if (booking.Status == BookingState.Completed && outcome == ChangeOutcome.BackedOut && booking.Outcome != outcome)
        {
            booking.Undo(request.Reason, unit.Now);
        }
        else if (booking.Status == BookingState.Completed)
        {
            booking.Follow(unit.Now);
        }
        else
        {
            Decline(unit, booking, "COMPLETION_REFUSED", "NOT_STARTED", "It has not begun, and so cannot end.");
        }

        return Task.CompletedTask;
    }

    private static Task CancelAsync(WriteUnit<WindowsDb> unit, Booking booking, BookingRequest? request)
    {
        if (booking.Status is BookingState.Started or BookingState.Completed)
        {
            Decline(unit, booking, "CANCELLATION_REFUSED", "STARTED", "It has begun, and so cannot be taken back.");
        }
        else if (booking.Status == BookingState.Cancelled)
        {
            booking.Follow(unit.Now);
        }
        else
        {
            booking.Cancel(request?.Reason is { Length: > 0 } why ? why : "The request was withdrawn.", unit.Now);
        }
        return Task.CompletedTask;
    }

    /// <summary>A booking that answers nothing yet and is asked to start or end: it says so as a refusal.</summary>
    private static void Decline(WriteUnit unit, Booking booking, string verb, string rule, string detail)
    {
        var reason = new Reason { Rule = rule, Effect = Reason.Types.Effect.Deny, Detail = detail };
        if (booking.Status == default) booking.Refuse([reason], [], unit.Now);
        else booking.Decline(verb, [reason], unit.Now);
    }

    private static Reason? Faults(BookingTerms terms)
    {
        var fault = terms.Components.IsEmpty ? "names no component"
            : terms.Environment.Length == 0 ? "names no environment"
            : terms.Kind == ChangeKind.Unspecified ? "names no kind of change"
            : terms.Duration <= Duration.Zero || terms.Duration > BookingFields.Longest ? "has no duration of up to 7 days"
            : null;
        return fault is null
            ? null
            : new Reason { Rule = "INVALID_REQUEST", Effect = Reason.Types.Effect.Deny, Detail = $"The request {fault}." };
    }

    private static BookingTerms Terms(BookingRequest request) => new()
    {
        DisplayName = request.DisplayName,
        Change = request.Stage,
        ChangeType = request.ChangeType == ChangeType.Unspecified ? ChangeType.Normal : request.ChangeType,
        Components = [.. request.Components.Select(Names.Component).Distinct()],
        Environment = request.Environment,
        Kind = request.Kind,
        Severity = request.Severity,
        Implementer = request.Implementer,
        Duration = request.Duration?.ToDuration() ?? Duration.Zero,
        BackOutReserve = request.BackOutReserve?.ToDuration() ?? Duration.Zero,
        RolloutTail = request.RolloutTail?.ToDuration() ?? Duration.Zero,
        NotBefore = request.NotBefore?.ToInstant(),
        Deadline = request.Deadline?.ToInstant(),
    };
}
