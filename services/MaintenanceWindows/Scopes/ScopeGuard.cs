using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Scopes;

/// <summary>Holds callers with a limited reach to it: writes outside are refused, reads do not show what lies outside.</summary>
internal static class ScopeGuard
{
    /// <summary>Refuses unless the caller holds the RPC's permission on everything that the scope covers.</summary>
    public static async Task DemandAsync(ServerCallContext context, WindowsDb db, Scope scope, CancellationToken ct)
    {
        if (context.Reach().Everything) return;
        context.Demand(await TargetsAsync(db, scope, ct));
    }

    /// <summary>The same of components, for a call that needs the database for nothing else.</summary>
    public static async Task DemandAsync(
        ServerCallContext context, IDbContextFactory<WindowsDb> databases, IEnumerable<string> components)
    {
        if (context.Reach().Everything) return;
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        await DemandAsync(context, db, new Scope { Components = { components } }, context.CancellationToken);
    }

    /// <summary>Whether the caller holds the RPC's permission on everything that the scope covers.</summary>
    public static async Task<bool> HoldsAsync(ServerCallContext context, WindowsDb db, Scope scope, CancellationToken ct) =>
        context.Reach() is { Everything: true } || (await TargetsAsync(db, scope, ct)).All(context.Reach().Covers);

    /// <summary>What the caller may see: whatever covers at least one component within reach.</summary>
    public static async Task<Func<Scope, bool>> SightAsync(ServerCallContext context, WindowsDb db, CancellationToken ct)
    {
        var reach = context.Reach();
        if (reach.Everything) return _ => true;
        var copies = await db.Components.AsNoTracking()
            .Where(copy =>
                reach.Components.Contains(copy.Name) || reach.Systems.Contains(copy.System) || reach.Parties.Contains(copy.Owner))
            .ToListAsync(ct);
        var unknown = reach.Components.Except(copies.Select(copy => copy.Name)).Select(ComponentFacts.Unknown);
        ComponentFacts[] within = [.. copies.Select(copy => copy.Facts()), .. unknown];
        return scope => scope.Systems.Any(reach.Systems.Contains) || within.Any(component => Covers(scope, component));
    }

    /// <summary>Whether the scope covers the component in any environment.</summary>
    public static bool Covers(Scope scope, ComponentFacts component) =>
        (ScopeFacts.From(scope) with { Environments = [] }).Covers(component, "");

    /// <summary>Those components of a scope that Ownership does not know (yet).</summary>
    public static async Task<IEnumerable<string>> UnknownAsync(WindowsDb db, Scope scope, CancellationToken ct)
    {
        if (scope.Components.Count == 0) return [];
        var asked = scope.Components.ToArray();
        var known = await db.Components.Where(copy => asked.Contains(copy.Name)).Select(copy => copy.Name).ToListAsync(ct);
        return asked.Except(known);
    }

    private static async Task<IEnumerable<Target>> TargetsAsync(WindowsDb db, Scope scope, CancellationToken ct)
    {
        if (scope.Components.Count == 0)
        {
            return scope.Systems.Count == 0 ? [new Target()] : scope.Systems.Select(system => new Target(System: system));
        }
        var asked = scope.Components.ToArray();
        var known = await db.Components.AsNoTracking().Where(copy => asked.Contains(copy.Name)).ToDictionaryAsync(copy => copy.Name, ct);
        return asked.Select(name => known.TryGetValue(name, out var copy) ? new Target(name, copy.System, copy.Owner) : new Target(name));
    }
}
