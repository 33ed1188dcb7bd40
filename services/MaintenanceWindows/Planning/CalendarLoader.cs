using System.Collections.Immutable;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Microsoft.EntityFrameworkCore;
using BookingState = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Reads the calendar out of the database, as a whole or what has changed.</summary>
internal static class CalendarLoader
{
    private const int Batch = 200;

    public static async Task<CalendarSnapshot> LoadAsync(WindowsDb db, CancellationToken ct)
    {
        var overrides = (await Approved(db).ToListAsync(ct)).ToLookup(one => one.FreezeId);
        return new CalendarSnapshot
        {
            Windows = ScopeIndex<WindowFacts>.From(
                (await db.Windows.AsNoTracking().Where(window => window.DeleteTime == null).ToListAsync(ct)).Select(CalendarFacts.Of)),
            Freezes = ScopeIndex<FreezeFacts>.From((await db.Freezes.AsNoTracking()
                .Where(freeze => freeze.DeleteTime == null)
                .ToListAsync(ct)).Select(freeze => CalendarFacts.Of(freeze, overrides[freeze.Id]))),
            Maintenance = MaintenanceIndex.From((await Standing(db).ToListAsync(ct)).Select(CalendarFacts.Of).OfType<MaintenanceFacts>()),
            Policies = ScopeIndex<PolicyFacts>.From((await db.ChangePolicies.AsNoTracking()
                .Where(policy => policy.DeleteTime == null)
                .ToListAsync(ct)).Select(CalendarFacts.Of)),
            Components = ComponentGraph.From((await db.Components.AsNoTracking().ToListAsync(ct)).Select(copy => copy.Facts())),
            ParallelChanges = (await db.Parties.AsNoTracking().ToListAsync(ct))
                .Where(party => party.ParallelChanges is not null)
                .ToImmutableDictionary(party => party.Name, party => party.ParallelChanges!.Value),
            Bookings = BookingIndex.From((await Held(db).ToListAsync(ct)).Select(booking => booking.ToFacts())),
        };
    }

    /// <summary>Loads what the names name, and puts it in; what is gone is taken out.</summary>
    public static async Task<CalendarSnapshot> ApplyAsync(
        WindowsDb db, CalendarSnapshot calendar, IEnumerable<string> names, CancellationToken ct)
    {
        foreach (var group in names.GroupBy(name => name[..name.IndexOf('/', StringComparison.Ordinal)]))
        {
            foreach (var batch in group.Select(name => name.Split('/')[1]).Distinct().Chunk(Batch))
            {
                calendar = await ApplyAsync(db, calendar, group.Key, batch, ct);
            }
        }
        return calendar;
    }

    private static Task<CalendarSnapshot> ApplyAsync(
        WindowsDb db, CalendarSnapshot calendar, string collection, string[] ids, CancellationToken ct) => collection switch
        {
            "windows" => WindowsAsync(db, calendar, ids, ct),
            "freezes" => FreezesAsync(db, calendar, ids, ct),
            "providerMaintenances" => MaintenanceAsync(db, calendar, ids, ct),
            "changePolicies" => PoliciesAsync(db, calendar, ids, ct),
            "components" => ComponentsAsync(db, calendar, [.. ids.Select(id => $"components/{id}")], ct),
            "parties" => PartiesAsync(db, calendar, [.. ids.Select(id => $"parties/{id}")], ct),
            "bookings" => BookingsAsync(db, calendar, ids, ct),
            _ => Task.FromResult(calendar),
        };

    private static async Task<CalendarSnapshot> WindowsAsync(WindowsDb db, CalendarSnapshot calendar, string[] ids, CancellationToken ct)
    {
        var found = await db.Windows.AsNoTracking().Where(window => ids.Contains(window.Id) && window.DeleteTime == null).ToListAsync(ct);
        var index = ids.Aggregate(calendar.Windows, (all, id) => all.Remove($"windows/{id}"));
        return calendar with { Windows = found.Aggregate(index, (all, window) => all.Set(CalendarFacts.Of(window))) };
    }

    private static async Task<CalendarSnapshot> FreezesAsync(WindowsDb db, CalendarSnapshot calendar, string[] ids, CancellationToken ct)
    {
        var found = await db.Freezes.AsNoTracking().Where(freeze => ids.Contains(freeze.Id) && freeze.DeleteTime == null).ToListAsync(ct);
        var overrides = (await Approved(db).Where(one => ids.Contains(one.FreezeId)).ToListAsync(ct)).ToLookup(one => one.FreezeId);
        var index = ids.Aggregate(calendar.Freezes, (all, id) => all.Remove($"freezes/{id}"));
        return calendar with { Freezes = found.Aggregate(index, (all, freeze) => all.Set(CalendarFacts.Of(freeze, overrides[freeze.Id]))) };
    }

    private static async Task<CalendarSnapshot> MaintenanceAsync(
        WindowsDb db, CalendarSnapshot calendar, string[] ids, CancellationToken ct)
    {
        var found = await Standing(db).Where(one => ids.Contains(one.Id)).ToListAsync(ct);
        var index = ids.Aggregate(calendar.Maintenance, (all, id) => all.Remove($"providerMaintenances/{id}"));
        return calendar with
        {
            Maintenance = found.Select(CalendarFacts.Of).OfType<MaintenanceFacts>().Aggregate(index, (all, one) => all.Set(one)),
        };
    }

    private static async Task<CalendarSnapshot> PoliciesAsync(WindowsDb db, CalendarSnapshot calendar, string[] ids, CancellationToken ct)
    {
        var found =
            await db.ChangePolicies.AsNoTracking().Where(policy => ids.Contains(policy.Id) && policy.DeleteTime == null).ToListAsync(ct);
        var index = ids.Aggregate(calendar.Policies, (all, id) => all.Remove($"changePolicies/{id}"));
        return calendar with { Policies = found.Aggregate(index, (all, policy) => all.Set(CalendarFacts.Of(policy))) };
    }

    private static async Task<CalendarSnapshot> ComponentsAsync(
        WindowsDb db, CalendarSnapshot calendar, string[] names, CancellationToken ct)
    {
        var found = await db.Components.AsNoTracking().Where(copy => names.Contains(copy.Name)).ToListAsync(ct);
        var graph = names.Aggregate(calendar.Components, (all, name) => all.Remove(name));
        return calendar with { Components = found.Aggregate(graph, (all, copy) => all.Set(copy.Facts())) };
    }

    private static async Task<CalendarSnapshot> PartiesAsync(WindowsDb db, CalendarSnapshot calendar, string[] names, CancellationToken ct)
    {
        var found = await db.Parties.AsNoTracking().Where(party => names.Contains(party.Name)).ToListAsync(ct);
        var limits = found.Where(party => party.ParallelChanges is not null)
            .ToDictionary(party => party.Name, party => party.ParallelChanges!.Value);
        return calendar with { ParallelChanges = calendar.ParallelChanges.RemoveRange(names).AddRange(limits) };
    }

    private static async Task<CalendarSnapshot> BookingsAsync(WindowsDb db, CalendarSnapshot calendar, string[] ids, CancellationToken ct)
    {
        var found = await Held(db).Where(booking => ids.Contains(booking.Id)).ToListAsync(ct);
        var index = ids.Aggregate(calendar.Bookings, (all, id) => all.Remove($"bookings/{id}"));
        return calendar with { Bookings = found.Aggregate(index, (all, booking) => all.Set(booking.ToFacts())) };
    }

    private static IQueryable<Booking> Held(WindowsDb db) => db.Bookings.AsNoTracking().IgnoreAutoIncludes()
        .Where(booking => booking.Status == BookingState.Confirmed || booking.Status == BookingState.Started);

    private static IQueryable<ProviderMaintenance> Standing(WindowsDb db) =>
        db.ProviderMaintenances.AsNoTracking().Where(one => one.DeleteTime == null && one.CancelTime == null);

    private static IQueryable<Override> Approved(WindowsDb db) =>
        db.Overrides.AsNoTracking().Where(one => one.IsApproved && one.RevokeTime == null);
}
