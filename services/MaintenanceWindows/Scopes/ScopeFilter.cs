using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Scopes;

/// <summary>What a list shows: scopes within the caller's reach that cover the component and environment asked for.</summary>
internal static class ScopeFilter
{
    /// <param name="context">The call.</param>
    /// <param name="db">The database.</param>
    /// <param name="component"><c>components/x</c>, <c>x</c>, or empty for any.</param>
    /// <param name="environment">Empty for any.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<Func<Scope, bool>> ReadAsync(
        ServerCallContext context, WindowsDb db, string component, string environment, CancellationToken ct)
    {
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        var facts = await FactsAsync(db, NameFields.InFull(component, "components"), ct);
        return scope => sees(scope)
            && (environment.Length == 0 || scope.Environments.Count == 0 || scope.Environments.Contains(environment))
            && (facts is null || ScopeGuard.Covers(scope, facts));
    }

    /// <summary>A component; one that nobody knows is judged as the most critical. Null for an empty name.</summary>
    public static async Task<ComponentFacts?> FactsAsync(WindowsDb db, string name, CancellationToken ct)
    {
        if (name.Length == 0) return null;
        var copy = await db.Components.AsNoTracking().SingleOrDefaultAsync(one => one.Name == name, ct);
        return copy?.Facts() ?? ComponentFacts.Unknown(name);
    }
}
