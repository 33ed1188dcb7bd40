using System.Linq.Expressions;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Fields;
using Governance.Patching.Inventory;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Remediations;

/// <summary>Opens and closes upgrades: only what a change is about is looked at.</summary>
internal static class LifecycleMatching
{
    /// <summary>Products changed, or an end came near: every place that has one of them.</summary>
    /// <param name="assessment">The assessment of this write.</param>
    /// <param name="unit">The write.</param>
    /// <param name="products">The products as they are now.</param>
    /// <param name="gone">The names of cycles that they no longer have.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task FollowAsync(
        this Assessment assessment,
        WriteUnit<PatchingDb> unit,
        IReadOnlyCollection<KnownProduct> products,
        IEnumerable<string> gone,
        CancellationToken ct)
    {
        var sites = new LifecycleSites(products.ToDictionary(product => product.Id));
        var ids = products.Select(product => product.Id).ToArray();
        foreach (var copy in await unit.Db.Components.AsNoTracking()
            .Where(copy => EF.Parameter(ids).Contains(copy.PlatformProduct))
            .ToListAsync(ct))
        {
            sites.Add(copy, null);
        }

        foreach (var packages in products.SelectMany(product => product.Packages).Distinct().Chunk(500))
        {
            foreach (var row in await unit.Db.Inventory.AsNoTracking().Where(row => packages.Contains(row.Package)).ToListAsync(ct))
            {
                sites.Add(row);
            }
        }

        var known = new List<Remediation>();
        foreach (var names in products.SelectMany(product => product.Cycles).Select(cycle => cycle.Name).Concat(gone).Chunk(500)
            .Select(chunk => chunk.ToList()))
        {
            known.AddRange(await KnownAsync(unit.Db, one => one.AdvisoryId == "" && names.Contains(one.LifecycleName), ct));
        }
        var components = await unit.Db.FactsAsync(sites.Components.Concat(known.Select(one => one.Component)), ct);
        sites.Settle(assessment, known, components, unit.Now, null);
    }

    /// <summary>A component changed: everywhere where it runs.</summary>
    public static async Task FollowAsync(this Assessment assessment, WriteUnit<PatchingDb> unit, ComponentCopy copy, CancellationToken ct)
    {
        var name = copy.Name;
        var known = await KnownAsync(unit.Db, one => one.AdvisoryId == "" && one.Component == name, ct);
        if (known.Count == 0 && (copy.IsDeleted || copy.PlatformProduct.Length == 0)) return;
        var rows = await unit.Db.Inventory.AsNoTracking()
            .Where(row => row.Component == name && unit.Db.ProductIdentifiers.Any(one => one.Key == row.Package)).ToListAsync(ct);
        await assessment.FollowAsync(unit, ComponentFacts.Of(name, copy), copy, null, rows, known, null, ct);
    }

    /// <summary>A new inventory of one place.</summary>
    public static async Task FollowAsync(
        this Assessment assessment,
        WriteUnit<PatchingDb> unit,
        ComponentFacts component,
        string environment,
        IReadOnlyCollection<InventoryRow> rows,
        string inventory,
        CancellationToken ct)
    {
        var known = await KnownAsync(
            unit.Db, one => one.AdvisoryId == "" && one.Component == component.Name && one.Environment == environment, ct);
        var copy = await unit.Db.Components.AsNoTracking().SingleOrDefaultAsync(one => one.Name == component.Name, ct);
        await assessment.FollowAsync(unit, component, copy, environment, rows, known, inventory, ct);
    }

    private static async Task FollowAsync(
        this Assessment assessment, WriteUnit<PatchingDb> unit, ComponentFacts component, ComponentCopy? copy, string? environment,
        IReadOnlyCollection<InventoryRow> rows, IReadOnlyList<Remediation> known, string? inventory, CancellationToken ct)
    {
        var ids = known.Select(one => LifecycleNames.Parse(one.LifecycleName)!.Value.Product).ToHashSet(StringComparer.Ordinal);
        if (copy is { IsDeleted: false, PlatformProduct.Length: > 0 }) ids.Add(copy.PlatformProduct);
        foreach (var packages in rows.Select(row => row.Package).Distinct().Chunk(500))
        {
            ids.UnionWith(
                await unit.Db.ProductIdentifiers.Where(one => packages.Contains(one.Key)).Select(one => one.Product).ToListAsync(ct));
        }
        if (ids.Count == 0) return;
        var sites = new LifecycleSites(await KnownProduct.LoadAsync(unit.Db, [.. ids], ct));
        if (copy is { IsDeleted: false }) sites.Add(copy, environment);
        foreach (var row in rows) sites.Add(row);
        sites.Settle(assessment, known, new Dictionary<string, ComponentFacts> { [component.Name] = component }, unit.Now, inventory);
    }

    /// <summary>Those of this write, too: several events may share one.</summary>
    private static async Task<List<Remediation>> KnownAsync(PatchingDb db, Expression<Func<Remediation, bool>> which, CancellationToken ct)
    {
        await db.Remediations.AsTracking().Where(which).LoadAsync(ct);
        return [.. db.Remediations.Local.Where(which.Compile())];
    }
}
