using Governance.BuildingBlocks.Security;
using Governance.Patching.Persistence;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Neighbours;

/// <summary>Looks components up, and holds callers with a limited reach to it.</summary>
internal static class ComponentFinder
{
    /// <summary>What is known of the components; each of them is in the answer.</summary>
    public static async Task<Dictionary<string, ComponentFacts>> FactsAsync(
        this PatchingDb db, IEnumerable<string> names, CancellationToken ct)
    {
        var asked = names.Distinct().ToArray();
        var known = await db.Components.AsNoTracking().Where(copy => asked.Contains(copy.Name)).ToDictionaryAsync(copy => copy.Name, ct);
        return asked.ToDictionary(name => name, name => ComponentFacts.Of(name, known.GetValueOrDefault(name)));
    }

    /// <summary>Refuses unless the caller holds the RPC's permission on every one of the components.</summary>
    public static async Task DemandAsync(
        this PatchingDb db, ServerCallContext context, IEnumerable<string> components, CancellationToken ct)
    {
        if (context.Reach().Everything) return;
        var facts = await db.FactsAsync(components, ct);
        context.Demand(facts.Values.Select(component => component.Target));
    }

    /// <summary>The components that the caller may see; null: all.</summary>
    public static async Task<string[]?> SightAsync(this PatchingDb db, ServerCallContext context, CancellationToken ct)
    {
        var reach = context.Reach();
        if (reach.Everything) return null;
        var (systems, parties) = (reach.Systems.ToArray(), reach.Parties.ToArray());
        var within = await db.Components.AsNoTracking()
            .Where(copy => systems.Contains(copy.System) || parties.Contains(copy.Owner))
            .Select(copy => copy.Name).ToListAsync(ct);
        return [.. within.Union(reach.Components)];
    }
}
