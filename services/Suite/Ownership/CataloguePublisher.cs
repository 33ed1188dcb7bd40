using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Requests;
using Governance.Suite.Components;

namespace Governance.Suite.Ownership;

/// <summary>
/// Stands where the Ownership service will: publishes components and parties read from files as its events, and answers requests
/// to republish them.
/// </summary>
internal static class CataloguePublisher
{
    public static ServiceDefinition Definition { get; } =
        ServiceDefinition.Create<CatalogueDb, CatalogueDb, CatalogueDb>(ServiceCatalog.Ownership, _ => { });

    /// <summary>Adds and changes what the catalogue names; what it does not name stays.</summary>
    public static Task<int> TakeAsync(Writes<CatalogueDb> writes, Catalogue catalogue, CancellationToken ct) => writes.RunAsync(
        "ImportCatalogue",
        async (unit, token) =>
        {
            var changed = 0;
            foreach (var party in catalogue.Parties)
            {
                var id = party.Name["parties/".Length..];
                var row = await unit.Db.Parties.FindAsync([id], token) ?? unit.Db.Parties.Add(PartyRow.Create(id)).Entity;
                changed += row.Take(party, unit.Now) ? 1 : 0;
            }

            foreach (var component in catalogue.Components)
            {
                var id = component.Name["components/".Length..];
                var row = await unit.Db.Components.FindAsync([id], token) ?? unit.Db.Components.Add(ComponentRow.Create(id)).Entity;
                changed += row.Take(component, unit.Now) ? 1 : 0;
            }

            return changed;
        },
        ct);
}
