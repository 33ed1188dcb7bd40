using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <summary>What a new inventory means for its component: only advisories that name what is installed are looked at.</summary>
internal static class InventoryMatching
{
    public static async Task MatchAsync(
        this Assessment assessment,
        WriteUnit<PatchingDb> unit,
        ComponentFacts component,
        string environment,
        IReadOnlyCollection<InventoryRow> rows,
        string evidence,
        CancellationToken ct)
    {
        var known = await unit.Db.Remediations.AsTracking()
            .Where(one => one.Component == component.Name && one.Environment == environment && one.AdvisoryId != "").ToDictionaryAsync(
                one => one.AdvisoryId, ct);
        var named = await NamedAsync(unit.Db, rows, ct);
        var open = known.Values.Where(one => one.IsPending).Select(one => one.AdvisoryId);
        var byName = rows.Where(row => row.Ecosystem.Length > 0).ToLookup(row => (Ecosystems.BaseOf(row.Ecosystem), row.PackageName));
        var affecting = await AffectingAsync(unit.Db, named, byName, ct);
        foreach (var ids in affecting.Union(open).Chunk(500))
        {
            await foreach (var advisory in AdvisoriesAsync(assessment, unit.Db, ids, ct))
            {
                var candidates = named.GetValueOrDefault(advisory.Facts.Id, []).SelectMany(name => byName[name]).Distinct();
                assessment.Assess(advisory, component, environment, InventoryMatch.Of(advisory, candidates)
                    ?? InventoryMatch.Of(advisory, component, environment), known.GetValueOrDefault(advisory.Facts.Id), evidence);
            }
        }
    }

    /// <summary>What the present inventory means for one remediation; one without an advisory stays as it is.</summary>
    public static async Task RematchAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, Remediation remediation, CancellationToken ct)
    {
        await foreach (var advisory in AdvisoriesAsync(assessment, unit.Db, [remediation.AdvisoryId], ct))
        {
            var rows = await unit.Db.Inventory.AsNoTracking()
                .Where(row => row.Component == remediation.Component && row.Environment == remediation.Environment).ToListAsync(ct);
            var document = await unit.Db.InventoryDocuments.FindAsync([remediation.Component, remediation.Environment], ct);
            var component = (await unit.Db.FactsAsync([remediation.Component], ct))[remediation.Component];
            var evidence = document is null ? null : $"{document.Source} of {document.ImportTime}";
            var match = InventoryMatch.Of(advisory, rows) ?? InventoryMatch.Of(advisory, component, remediation.Environment);
            assessment.Assess(advisory, component, remediation.Environment, match, remediation, evidence);
        }
    }

    /// <summary>Advisories by id, with the installed packages that they may mean.</summary>
    private static async Task<Dictionary<string, HashSet<(string Ecosystem, string Package)>>> NamedAsync(
        PatchingDb db, IReadOnlyCollection<InventoryRow> rows, CancellationToken ct)
    {
        var installed = rows.Where(row => row.Ecosystem.Length > 0)
            .Select(row => (Ecosystem: Ecosystems.BaseOf(row.Ecosystem), row.PackageName))
            .Distinct()
            .SelectMany(one => PackageEquivalents.Shipped.AdvisoryNames(one.Ecosystem, one.PackageName)
                .Select(name => (one.Ecosystem, Name: name, Installed: one)))
            .ToLookup(one => (one.Ecosystem, one.Name), one => one.Installed);
        var named = new Dictionary<string, HashSet<(string, string)>>();
        foreach (var names in installed.Select(group => group.Key.Name).Distinct().Chunk(500))
        {
            var found = await db.AdvisoryPackages.AsNoTracking().Where(row => names.Contains(row.Package)).ToListAsync(ct);
            foreach (var row in found)
            {
                if (!installed.Contains((row.Ecosystem, row.Package))) continue;
                if (!named.TryGetValue(row.AdvisoryId, out var packages)) named.Add(row.AdvisoryId, packages = []);
                packages.UnionWith(installed[(row.Ecosystem, row.Package)]);
            }
        }

        return named;
    }

    /// <summary>
    /// The advisories among those named that affect an installed version, or may: one in ten or fewer. Of the others only what
    /// they say of versions is read. The format is asked of the row, for with it the database would go through all of a format.
    /// </summary>
    private static async Task<HashSet<string>> AffectingAsync(
        PatchingDb db,
        Dictionary<string, HashSet<(string, string)>> named,
        ILookup<(string, string), InventoryRow> byName,
        CancellationToken ct)
    {
        var affecting = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ids in named.Keys.Chunk(500))
        {
            var sources = await db.AdvisorySources.AsNoTracking().Where(row => ids.Contains(row.AdvisoryId))
                .Select(row => new { row.AdvisoryId, row.Format, row.Content }).ToListAsync(ct);
            foreach (var source in sources.Where(source => SourceDocument.Telling.Contains(source.Format)))
            {
                var said = Columns.FromJsonBytes<AffectedBySource>(source.Content);
                if (said.Withdrawn is not null) continue;
                var verdicts = new VersionVerdicts([said.Affected]);
                if (named[source.AdvisoryId].SelectMany(name => byName[name]).Any(row => verdicts.Of(row.Installed) is not null))
                {
                    affecting.Add(source.AdvisoryId);
                }
            }
        }

        return affecting;
    }

    private static async IAsyncEnumerable<MatchableAdvisory> AdvisoriesAsync(
        Assessment assessment, PatchingDb db, string[] ids, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var advisories = await db.Advisories.AsNoTracking().Where(one => ids.Contains(one.Id)).ToListAsync(ct);
        var sources = await db.AdvisorySources.AsNoTracking().Where(row => ids.Contains(row.AdvisoryId)).ToListAsync(ct);
        var records =
            sources.Where(row => SourceDocument.Telling.Contains(row.Format)).ToLookup(row => row.AdvisoryId, AdvisoryMerge.RecordOf);
        var scores = await assessment.ScoresAsync(advisories, ct);
        foreach (var advisory in advisories)
        {
            yield return MatchableAdvisory.Of(advisory, [.. records[advisory.Id].Where(record => record.Withdrawn is null)], scores);
        }
    }

    /// <summary>As much of an <see cref="AdvisoryRecord"/> as tells which versions it means.</summary>
    private sealed record AffectedBySource(DateTimeOffset? Withdrawn, IReadOnlyList<AffectedPackage> Affected);
}
