using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using Grpc.Core;
using NodaTime;

namespace Governance.MaintenanceWindows;

internal sealed partial class MaintenanceWindowsService
{
    private const int MostSlots = 100;
    private static readonly Duration DefaultSearch = Duration.FromDays(90);

    public override async Task<CheckChangeResponse> CheckChange(CheckChangeRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var demand = faults.Question(request);
        var at = faults.Moment(request.At, "at");
        faults.ThrowIfAny();
        await DemandReachAsync(context, demand.Components);
        var now = clock.Now;
        var question = new ChangeQuestion(demand, at ?? now, now);
        if (request.Booking.Length + request.BacksOut.Length > 0) question = await WithBookingsAsync(question, request, context.CancellationToken);
        return Verdicts.Check(await calendar.NowAsync(context.CancellationToken), question);
    }

    public override async Task<FindSlotsResponse> FindSlots(FindSlotsRequest request, ServerCallContext context)
    {
        var faults = new FieldFaults();
        var demand = faults.Demand(request);
        var now = clock.Now;
        var from = faults.Moment(request.NotBefore, "not_before") ?? now;
        if (from < now) from = now;
        var deadline = faults.Moment(request.Deadline, "deadline") ?? from.Later(DefaultSearch);
        faults.Check(deadline > from, "deadline", "Is not after not_before, or over already.", "OUT_OF_RANGE");
        faults.Check(deadline <= from.Later(Verdicts.Horizon), "deadline", "Is more than 400 days after not_before.", "OUT_OF_RANGE");
        faults.Check(request.MaxSlots is >= 0 and <= MostSlots, "max_slots", $"Is {request.MaxSlots}; 1 to {MostSlots} are possible, 10 when unset.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        await DemandReachAsync(context, demand.Components);
        var most = request.MaxSlots == 0 ? 10 : request.MaxSlots;
        var answer = Slots.Find(await calendar.NowAsync(context.CancellationToken), new(demand, from, deadline, now) { MaxSlots = most });
        return Answer(answer, demand);
    }

    private static FindSlotsResponse Answer(SlotAnswer answer, ChangeDemand demand) => new()
    {
        Slots = { answer.Slots.Select(slot => Slot(slot, demand)) },
        NearMisses = { answer.NearMisses },
        BindingConstraint = answer.Binding,
        Remedies = { answer.Remedies },
        TzdbVersion = CalendarSnapshot.TzdbVersion,
    };

    private static Slot Slot(FoundSlot found, ChangeDemand demand)
    {
        var slot = new Slot
        {
            Start = found.Start.ToTimestamp(),
            End = (found.Start + demand.Duration).ToTimestamp(),
            LatestStart = found.LatestStart.ToTimestamp(),
            Window = found.Places.IsEmpty ? "" : found.Places[0].Window,
            OccurrenceStart = found.Places.IsEmpty ? null : found.Places[0].OccurrenceStart.ToTimestamp(),
            LocalStart = LocalTimes.Civil(found.Start, found.Zone),
            TimeZone = found.Zone.Id,
            Notes = { found.Notes },
        };
        if (found.Remaining is { } remaining) slot.RemainingCapacity = remaining;
        return slot;
    }

    /// <summary>The approvals of the caller's own booking count, and the change that is backed out is looked up.</summary>
    private async Task<ChangeQuestion> WithBookingsAsync(ChangeQuestion question, CheckChangeRequest request, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var demand = question.Demand;
        if (request.Booking.Length > 0)
        {
            var own = await BookingReads.FindAsync(db, request.Booking, "booking", ct);
            var approvers = own.Approvals.Select(approval => approval.Approver).Union(demand.Approvers);
            demand = demand with { Approvers = [.. approvers], Change = demand.Change.Length > 0 ? demand.Change : own.Terms.Change };
        }

        var backsOut = await BookingReads.BackedOutAsync(db, request.BacksOut, demand.Components, demand.Environment, "backs_out", ct);
        return question with { Demand = demand, BacksOut = backsOut };
    }

    private async Task DemandReachAsync(ServerCallContext context, IEnumerable<string> components)
    {
        if (context.Reach().Everything) return;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await ScopeGuard.DemandAsync(context, db, new Scope { Components = { components } }, context.CancellationToken);
    }
}
