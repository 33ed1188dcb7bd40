using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Inventory;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <summary>What changed advisories mean for the inventory: only what they name is looked at.</summary>
internal static class AdvisoryMatching
{
    public static async Task MatchAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, IReadOnlyList<ChangedAdvisory> changed, CancellationToken ct)
    {
        if (changed.Count == 0) return;
        var known = await assessment.KnownAsync(unit, changed, ct);
        var hosts = await unit.Db.HostsAsync(changed.SelectMany(one => KevPlatforms.Of(one.Advisory.Body)), ct);
        var scores = await assessment.ScoresAsync(changed.Select(one => one.Advisory), ct);
        var affected = await AffectedAsync(
            unit.Db,
            [.. changed.Select(one => (MatchableAdvisory.Of(one.Advisory, one.Merged.Records, scores), NamesOf(one).ToList()))],
            ct);
        var components = await unit.Db.FactsAsync(
            known.Values.SelectMany(list => list)
                .Select(one => one.Component)
                .Concat(affected.SelectMany(one => one.Places).Select(rows => rows.Key.Component))
                .Concat(hosts.SelectMany(names => names)), ct);
        foreach (var (advisory, places) in affected)
        {
            var remediations = known.GetValueOrDefault(advisory.Facts.Id, []);
            var platforms = advisory.Platforms.SelectMany(platform => hosts[platform])
                .SelectMany(name => components[name].Runs.Select(environment => (Component: name, Environment: environment)));
            foreach (var place in places.Select(rows => rows.Key)
                .Union(platforms)
                .Union(remediations.Select(known => (known.Component, known.Environment))))
            {
                var remediation = remediations.Find(open => (open.Component, open.Environment) == place);
                var component = components[place.Component];
                var match = InventoryMatch.Of(advisory, places[place]) ?? InventoryMatch.Of(advisory, component, place.Environment);
                assessment.Assess(advisory, component, place.Environment, match, remediation, null);
            }
        }
    }

    /// <summary>
    /// What is installed of what the advisories affect, or may affect, by where. Of a million packages few are in such a version:
    /// versions are asked for first, and only where one is affected the places that have it.
    /// </summary>
    private static async Task<List<(
        MatchableAdvisory Advisory, ILookup<(string Component, string Environment), InventoryRow> Places)>> AffectedAsync(
        PatchingDb db,
        IReadOnlyList<(MatchableAdvisory Advisory, List<(string Ecosystem, string Package)> Names)> changed,
        CancellationToken ct)
    {
        var versions = new List<InstalledVersion>();
        foreach (var names in changed.SelectMany(one => one.Names).Select(name => name.Package).Distinct().Chunk(500))
        {
            var found = await db.Inventory.Where(row => names.Contains(row.PackageName))
                .Select(row => new { row.Ecosystem, row.PackageName, Version = row.SourceVersion ?? row.Version })
                .Distinct()
                .ToListAsync(ct);
            versions.AddRange(found.Select(one => new InstalledVersion(one.Ecosystem, one.PackageName, one.Version)));
        }

        var installed = versions.ToLookup(version => (Ecosystems.BaseOf(version.Ecosystem), version.Name));
        var affected = changed.SelectMany(one =>
            one.Names.SelectMany(name => installed[name]).Where(version => one.Advisory.Verdicts.Of(version) is not null));
        var rows = new List<InventoryRow>();
        foreach (var names in affected.Select(version => version.Name).Distinct().Chunk(500))
        {
            rows.AddRange(await db.Inventory.AsNoTracking().Where(row => names.Contains(row.PackageName)).ToListAsync(ct));
        }
        var places = rows.ToLookup(row => (Ecosystems.BaseOf(row.Ecosystem), row.PackageName));
        return
        [
            .. changed.Select(one => (one.Advisory, one.Names.SelectMany(name => places[name]).Distinct()
                .Where(row => one.Advisory.VerdictOn(row) is not null).ToLookup(row => (row.Component, row.Environment)))),
        ];
    }

    /// <summary>The names under which what an advisory names may be installed.</summary>
    private static IEnumerable<(string Ecosystem, string Package)> NamesOf(ChangedAdvisory changed) =>
        AdvisoryMerge.Packages(changed.Merged.Records)
            .SelectMany(package =>
                PackageEquivalents.Shipped.InstalledNames(package.Ecosystem, package.Package).Select(name => (package.Ecosystem, name)))
            .Distinct();

    /// <summary>Remediations by advisory; those of advisories that were taken in go on under the new id.</summary>
    private static async Task<Dictionary<string, List<Remediation>>> KnownAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, IReadOnlyList<ChangedAdvisory> changed, CancellationToken ct)
    {
        var ids = changed.SelectMany(one => one.Before.Append(one.Advisory.Id)).ToArray();
        var all = await unit.Db.Remediations.AsTracking().Where(one => ids.Contains(one.AdvisoryId)).ToListAsync(ct);
        foreach (var one in changed.Where(one => one.Before.Count > 0))
        {
            var own = all.Where(remediation => remediation.AdvisoryId == one.Advisory.Id || one.Before.Contains(remediation.AdvisoryId));
            foreach (var same in own.GroupBy(remediation => (remediation.Component, remediation.Environment)))
            {
                assessment.Join([.. same.OrderByDescending(remediation => remediation.AdvisoryId == one.Advisory.Id)
                    .ThenBy(remediation => remediation.CreateTime)], one.Advisory.Id, unit);
            }
        }

        return all.GroupBy(remediation => remediation.AdvisoryId).ToDictionary(group => group.Key, group => group.ToList());
    }

    private static void Join(this Assessment assessment, List<Remediation> same, string advisoryId, WriteUnit<PatchingDb> unit)
    {
        if (same[0].AdvisoryId != advisoryId) same[0].Rename(advisoryId, unit.Now);
        foreach (var other in same.Skip(1).Where(other => other.IsPending))
        {
            other.Withdraw($"Goes on as {same[0].Name}: both advisories are one.", unit.Now);
        }
    }
}
