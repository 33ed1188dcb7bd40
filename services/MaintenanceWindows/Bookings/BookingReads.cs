using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Bookings;

/// <summary>Finds bookings by what requests say of them.</summary>
internal static class BookingReads
{
    /// <summary>A booking by name, tracked.</summary>
    /// <exception cref="Missing">There is none, or not within the caller's reach.</exception>
    public static async Task<Booking> GetAsync(WindowsDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "bookings");
        return await Within(db.Bookings.AsTracking(), db, context.Reach()).SingleOrDefaultAsync(booking => booking.Id == id, ct)
            ?? throw new Missing(name);
    }

    /// <summary>A booking that a field names.</summary>
    /// <exception cref="InvalidRequest">There is none.</exception>
    public static async Task<Booking> FindAsync(WindowsDb db, string name, string field, CancellationToken ct)
    {
        var id = NameFields.Id(name, "bookings", field);
        return await db.Bookings.AsNoTracking().SingleOrDefaultAsync(booking => booking.Id == id, ct)
            ?? throw FieldFaults.Single(field, $"There is no {name}.", "NOT_FOUND");
    }

    /// <summary>The name of the change that is backed out; empty when none is named.</summary>
    /// <exception cref="InvalidRequest">It has not begun, or is on other components.</exception>
    public static async Task<string> BackedOutAsync(
        WindowsDb db, string name, IEnumerable<string> components, string environment, string field, CancellationToken ct)
    {
        if (name.Length == 0) return "";
        var change = await FindAsync(db, name, field, ct);
        if (change.ActualStart is null)
        {
            throw FieldFaults.Single(field, $"{name} has not begun; there is nothing to back out.", "NOT_STARTED");
        }
        var same = change.Terms.Environment == environment && components.All(change.Terms.Components.Contains);
        return same ? name : throw FieldFaults.Single(
            field, $"{name} changed {string.Join(", ", change.Terms.Components)} in {change.Terms.Environment}, not this.", "OTHER_CHANGE");
    }

    /// <summary>Those bookings that the caller may see: on a component within reach, or implemented by a party within reach.</summary>
    public static IQueryable<Booking> Within(IQueryable<Booking> bookings, WindowsDb db, Reach reach)
    {
        if (reach.Everything) return bookings;
        var (components, systems, parties) = (reach.Components.ToArray(), reach.Systems.ToArray(), reach.Parties.ToArray());
        var seen = db.Components
            .Where(copy => systems.Contains(copy.System) || parties.Contains(copy.Owner))
            .Select(copy => copy.Name);
        return bookings.Where(booking =>
            parties.Contains(booking.Terms.Implementer)
            || booking.ComponentRows.Any(row => components.Contains(row.Component) || seen.Contains(row.Component)));
    }
}
