using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <summary>Known exploited vulnerabilities that name no package, for components whose platform they may mean.</summary>
internal static class PlatformMatching
{
    /// <summary>The components by the platform that they name.</summary>
    public static async Task<ILookup<string, string>> HostsAsync(this PatchingDb db, IEnumerable<string> platforms, CancellationToken ct)
    {
        var asked = platforms.Distinct().ToArray();
        if (asked.Length == 0) return Array.Empty<string>().ToLookup(name => name);
        var found = await db.Components.AsNoTracking().Where(copy => EF.Parameter(asked).Contains(copy.PlatformProduct))
            .Select(copy => new { copy.PlatformProduct, copy.Name }).ToListAsync(ct);
        return found.ToLookup(one => one.PlatformProduct, one => one.Name);
    }

    /// <summary>A component changed: what may mean its platform is opened, and what meant the one before is closed.</summary>
    /// <param name="assessment">The assessment of this write.</param>
    /// <param name="unit">The write.</param>
    /// <param name="component">The component as it is now.</param>
    /// <param name="open">Its open remediations.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task MatchPlatformAsync(
        this Assessment assessment,
        WriteUnit<PatchingDb> unit,
        ComponentFacts component,
        IReadOnlyCollection<Remediation> open,
        CancellationToken ct)
    {
        var name = component.Name;
        var platform = component.PlatformProduct;
        var ids = open.Where(one =>
            one.AdvisoryId.Length > 0 && one.Body.Packages.Any(item => item.Package.StartsWith("products/", StringComparison.Ordinal)))
            .Select(one => one.AdvisoryId).ToHashSet();
        if (platform.Length > 0)
        {
            ids.UnionWith(await unit.Db.AdvisoryPackages.Where(row => row.Ecosystem == KevPlatforms.Ecosystem && row.Package == platform)
                .Select(row => row.AdvisoryId)
                .ToListAsync(ct));
        }
        if (ids.Count == 0) return;
        var named = ids.ToArray();
        var advisories = await unit.Db.Advisories.AsNoTracking().Where(one => EF.Parameter(named).Contains(one.Id)).ToListAsync(ct);
        await unit.Db.Remediations.AsTracking()
            .Where(one => one.Component == name && EF.Parameter(named).Contains(one.AdvisoryId))
            .LoadAsync(ct);
        var known = unit.Db.Remediations.Local.Where(one => one.Component == name && ids.Contains(one.AdvisoryId))
            .ToDictionary(one => (one.AdvisoryId, one.Environment));
        var scores = await assessment.ScoresAsync(advisories, ct);
        foreach (var advisory in advisories.Select(one => MatchableAdvisory.Of(one, [], scores)).Where(one => one.Platforms.Count > 0))
        {
            foreach (var environment in component.Runs
                .Union(known.Keys.Where(key => key.AdvisoryId == advisory.Facts.Id).Select(key => key.Environment))
                .ToList())
            {
                assessment.Assess(
                    advisory, component, environment, InventoryMatch.Of(advisory, component, environment),
                    known.GetValueOrDefault((advisory.Facts.Id, environment)), null);
            }
        }
    }
}
