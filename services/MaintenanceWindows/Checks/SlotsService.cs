using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Checks;

/// <summary>When does a change fit?</summary>
internal sealed class SlotsService(IDbContextFactory<WindowsDb> databases, BusinessClock clock, Calendar calendar) : Proto.Slots.SlotsBase
{
    private const int MostSlots = 100;
    private static readonly Duration DefaultSearch = Duration.FromDays(90);

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
        faults.Check(
            request.MaxSlots is >= 0 and <= MostSlots,
            "max_slots",
            $"Is {request.MaxSlots}; 1 to {MostSlots} are possible, 10 when unset.",
            "OUT_OF_RANGE");
        faults.ThrowIfAny();
        await ScopeGuard.DemandAsync(context, databases, demand.Components);
        var most = request.MaxSlots == 0 ? 10 : request.MaxSlots;
        var answer =
            SlotFinder.Find(await calendar.NowAsync(context.CancellationToken), new(demand, from, deadline, now) { MaxSlots = most });
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
}
