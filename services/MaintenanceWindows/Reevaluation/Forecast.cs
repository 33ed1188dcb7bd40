using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using Booking = Governance.MaintenanceWindows.Bookings.Booking;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using Freeze = Governance.MaintenanceWindows.Freezes.Freeze;
using ProviderMaintenance = Governance.MaintenanceWindows.ProviderMaintenances.ProviderMaintenance;
using Window = Governance.MaintenanceWindows.Windows.Window;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>Tells which confirmed bookings a change of the calendar displaces, before anything of it is committed.</summary>
internal sealed class Forecast(Calendar calendar, WriteUnit<WindowsDb> unit)
{
    /// <summary>Of a window as it is now in the write.</summary>
    public async Task<IEnumerable<DisplacedBooking>> OfAsync(Window window, CancellationToken ct)
    {
        var before = await calendar.InAsync(unit, ct);
        var windows = window.IsDeleted ? before.Windows.Remove(window.Name) : before.Windows.Set(CalendarFacts.Of(window));
        var displaced = await DisplacedAsync(before with { Windows = windows }, window.Name, ct);
        return displaced.Select(ToMessage);
    }

    /// <summary>Of a freeze as it is now in the write.</summary>
    public async Task<IEnumerable<FrozenBooking>> OfAsync(Freeze freeze, CancellationToken ct)
    {
        if (freeze.IsDeleted) return [];
        var before = await calendar.InAsync(unit, ct);
        var facts = CalendarFacts.Of(freeze, []) with { Overrides = before.Freezes.Find(freeze.Name)?.Overrides ?? [] };
        var displaced = await DisplacedAsync(before with { Freezes = before.Freezes.Set(facts) }, freeze.Name, ct);
        return displaced.Select(one => new FrozenBooking
        {
            Booking = one.Booking.Name,
            PlannedStart = one.Booking.PlannedStart?.ToMessage(),
        });
    }

    /// <summary>Of a vendor's maintenance as it is now in the write.</summary>
    public async Task<IEnumerable<DisplacedBooking>> OfAsync(ProviderMaintenance maintenance, CancellationToken ct)
    {
        if (CalendarFacts.Of(maintenance) is not { } facts) return [];
        var before = await calendar.InAsync(unit, ct);
        var displaced = await DisplacedAsync(before with { Maintenance = before.Maintenance.Set(facts) }, maintenance.Name, ct);
        return displaced.Select(ToMessage);
    }

    private async Task<IEnumerable<(Booking Booking, List<Reason> Reasons)>> DisplacedAsync(
        CalendarSnapshot after, string cause, CancellationToken ct)
    {
        var ids = Concern.Affected(after, cause, unit.Now).Select(booking => booking.Name["bookings/".Length..]);
        var affected = new List<Booking>();
        foreach (var some in ids.Chunk(200))
        {
            affected.AddRange(await unit.Db.Bookings.AsNoTracking()
                .Where(booking => some.Contains(booking.Id) && booking.Status == BookingState.Confirmed)
                .ToListAsync(ct));
        }
        return new Displacement(after, affected, unit.Now).Displaced();
    }

    private static DisplacedBooking ToMessage((Booking Booking, List<Reason> Reasons) one) => new()
    {
        Booking = one.Booking.Name,
        PlannedStart = one.Booking.PlannedStart?.ToMessage(),
        Reason = one.Reasons.Count > 0 ? one.Reasons[0].Detail : "",
    };
}
