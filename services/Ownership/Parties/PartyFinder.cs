using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Parties;

/// <summary>Finds parties as the caller may see them.</summary>
internal static class PartyFinder
{
    /// <exception cref="Missing">There is none, or the caller's roles do not reach it.</exception>
    public static async Task<Party> FindPartyAsync(this OwnershipDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "parties");
        return await db.SeenParties(context.Reach()).AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
    }

    /// <summary>One that the caller may change.</summary>
    /// <exception cref="Missing">There is none, or it is deleted.</exception>
    public static async Task<Party> LivingPartyAsync(
        this WriteUnit<OwnershipDb> unit, string name, string etag, ServerCallContext context, CancellationToken ct)
    {
        var party = await unit.Db.FindPartyAsync(name, context, ct);
        context.Demand(party.Target);
        if (party.IsDeleted) throw new Missing(name);
        unit.CheckEtag(party, etag);
        return party;
    }
}
