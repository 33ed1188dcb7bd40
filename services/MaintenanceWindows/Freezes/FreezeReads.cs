using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Freezes;

/// <summary>Finds freezes that the caller may see.</summary>
internal static class FreezeReads
{
    /// <summary>
    /// The freeze of that name, which <paramref name="field"/> of the request gives; one out of sight is as missing as one that is not
    /// there.
    /// </summary>
    public static async Task<Freeze> FindAsync(
        WindowsDb db, string name, string field, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "freezes", field);
        var freeze = await db.Freezes.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        return sees(freeze.Terms.Scope) ? freeze : throw new Missing(name);
    }
}
