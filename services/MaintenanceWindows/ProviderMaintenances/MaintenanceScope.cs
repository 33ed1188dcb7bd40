using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

/// <summary>
/// Who may write and see a vendor's maintenance: the vendor's people their own party's, others that of their components; and
/// everyone sees what restricts a component of theirs.
/// </summary>
internal static class MaintenanceScope
{
    /// <summary>Refuses unless the caller holds the RPC's permission on the party or on every component.</summary>
    public static async Task DemandAsync(
        ServerCallContext context, WindowsDb db, string party, IEnumerable<string> components, CancellationToken ct)
    {
        if (!context.Reach().Everything) context.Demand(await TargetsAsync(db, party, components, ct));
    }

    /// <summary>Whether the caller holds the RPC's permission on the party or on every component.</summary>
    public static async Task<bool> HoldsAsync(
        ServerCallContext context, WindowsDb db, string party, IEnumerable<string> components, CancellationToken ct) =>
        context.Reach() is { Everything: true } || (await TargetsAsync(db, party, components, ct)).All(context.Reach().Covers);

    /// <summary>What the caller may see.</summary>
    public static async Task<Func<ProviderMaintenance, bool>> SightAsync(
        ServerCallContext context, WindowsDb db, CalendarSnapshot calendar, CancellationToken ct)
    {
        var reach = context.Reach();
        if (reach.Everything) return _ => true;
        var own = await db.Components.AsNoTracking()
            .Where(copy =>
                reach.Components.Contains(copy.Name) || reach.Systems.Contains(copy.System) || reach.Parties.Contains(copy.Owner))
            .Select(copy => copy.Name)
            .ToListAsync(ct);
        var within =
            own.Concat(reach.Components).SelectMany(name => calendar.Components.Needs(name).Append(name)).ToHashSet(StringComparer.Ordinal);
        return one => reach.Parties.Contains(one.Party) || one.Terms.Components.Any(within.Contains);
    }

    private static async Task<IEnumerable<Target>> TargetsAsync(
        WindowsDb db, string party, IEnumerable<string> components, CancellationToken ct)
    {
        var asked = components.ToArray();
        var systems = await db.Components.AsNoTracking().Where(copy => asked.Contains(copy.Name)).ToDictionaryAsync(
            copy => copy.Name, copy => copy.System, ct);
        return asked.Select(name => new Target(name, systems.GetValueOrDefault(name, ""), party));
    }
}
