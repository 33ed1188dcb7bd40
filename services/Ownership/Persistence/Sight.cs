using Governance.BuildingBlocks.Security;
using Governance.Ownership.Components;
using Governance.Ownership.Contracts;
using Governance.Ownership.Parties;
using NodaTime;

namespace Governance.Ownership.Persistence;

/// <summary>What of the tables a caller's roles reach. Who has a duty somewhere sees it: no table alone can say.</summary>
internal static class Sight
{
    /// <summary>The components on which the caller's roles are held: by component, system or owner.</summary>
    public static IQueryable<Component> Reached(this OwnershipDb db, Reach reach)
    {
        if (reach.Everything) return db.Components;
        var ids = reach.Components.Select(name => name["components/".Length..]).ToArray();
        var (systems, parties) = (reach.Systems.ToArray(), reach.Parties.ToArray());
        return db.Components.Where(one => ids.Contains(one.Id) || systems.Contains(one.System) || parties.Contains(one.Owner));
    }

    /// <summary>
    /// The components that the caller's roles reach: by component, system or owner, and those that its party has a duty for, or will
    /// have. A duty that is over shows nothing any more.
    /// </summary>
    public static IQueryable<Component> SeenComponents(this OwnershipDb db, Reach reach, Instant now)
    {
        if (reach.Everything) return db.Components;
        var ids = reach.Components.Select(name => name["components/".Length..]).ToArray();
        var (systems, parties) = (reach.Systems.ToArray(), reach.Parties.ToArray());
        return db.Components.Where(one => ids.Contains(one.Id) || systems.Contains(one.System) || parties.Contains(one.Owner)
            || db.Responsibilities.Any(duty =>
                parties.Contains(duty.Party) && duty.DeleteTime == null && (duty.Until == null || duty.Until > now)
                    && duty.Component == "components/" + one.Id));
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

    /// <summary>Everybody's, or those of the vendors on which a role is held.</summary>
    public static IQueryable<Contract> SeenContracts(this OwnershipDb db, Reach reach)
    {
        if (reach.Everything) return db.Contracts;
        var parties = reach.Parties.ToArray();
        return db.Contracts.Where(one => parties.Contains(one.Party));
    }
}
