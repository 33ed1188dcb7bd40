using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>The filters of ListBookings.</summary>
internal static class BookingFilter
{
    public static IQueryable<Booking> Apply(IQueryable<Booking> bookings, ListBookingsRequest request)
    {
        var faults = new FieldFaults();
        var (from, until) = (faults.Moment(request.From, "from"), faults.Moment(request.Until, "until"));
        var states = request.States.Where(state => state != default).ToArray();
        for (var i = 0; i < request.States.Count; i++)
        {
            faults.Check(Enum.IsDefined(request.States[i]), $"states[{i}]", "Is no state of a booking.", "UNKNOWN_VALUE");
        }
        faults.ThrowIfAny();
        if (from is { } first) bookings = bookings.Where(booking => booking.EndTime > first);
        if (until is { } last) bookings = bookings.Where(booking => booking.SortTime < last);
        if (states.Length > 0) bookings = bookings.Where(booking => states.Contains(booking.Status));
        return Words(bookings, request);
    }

    private static IQueryable<Booking> Words(IQueryable<Booking> bookings, ListBookingsRequest request)
    {
        var (component, environment, change, window) =
            (NameFields.InFull(request.Component, "components"), request.Environment, request.Change, request.Window);
        if (component.Length > 0) bookings = bookings.Where(booking => booking.ComponentRows.Any(row => row.Component == component));
        if (environment.Length > 0) bookings = bookings.Where(booking => booking.Terms.Environment == environment);
        if (window.Length > 0) bookings = bookings.Where(booking => booking.Window == window);
        if (change.Length == 0) return bookings;
        var parts = change + "/";
        return bookings.Where(booking => booking.Terms.Change == change || booking.Terms.Change.StartsWith(parts));
    }
}
