using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Requests;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Components;
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

    /// <summary>
    /// The parties that the caller's roles reach: by name, and, for roles on components and systems, those that have a duty there.
    /// </summary>
    public static IQueryable<Party> SeenParties(this OwnershipDb db, Reach reach)
    {
        if (reach.Everything) return db.Parties;
        var ids = reach.Parties.Select(name => name["parties/".Length..]).ToArray();
        if (reach.Components.Count + reach.Systems.Count == 0) return db.Parties.Where(one => ids.Contains(one.Id));
        var components = db.Reached(reach with { Parties = [] });
        return db.Parties.Where(one => ids.Contains(one.Id) || components.Any(component => component.Owner == "parties/" + one.Id)
            || db.Responsibilities.Any(duty => duty.Party == "parties/" + one.Id && duty.DeleteTime == null
                && components.Any(component => duty.Component == "components/" + component.Id)));
    }
}
