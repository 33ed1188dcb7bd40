using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Imports.Intake;

/// <summary>Deletes what a source listed before and does not list any more.</summary>
internal sealed class CatalogRemoval(CatalogScope scope, CatalogDocument document)
{
    private const int PageSize = 5000;

    private string Reason => $"The source '{scope.Source}' does not list it any more.";

    /// <summary>The names of components, systems and APIs that are to be deleted.</summary>
    public IAsyncEnumerable<string> EntitiesAsync(IDbContextFactory<OwnershipDb> databases, CancellationToken ct) =>
        UnlistedAsync(databases, db => [("components", Mine(db.Components)), ("systems", Mine(db.Systems)), ("apis", Mine(db.Apis))], ct);

    /// <summary>The names of parties that may have to be deleted; those that own something stay.</summary>
    public IAsyncEnumerable<string> PartiesAsync(IDbContextFactory<OwnershipDb> databases, CancellationToken ct) =>
        UnlistedAsync(databases, db => [("parties", Mine(db.Parties))], ct);

    public async Task TakeEntitiesAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<string> names, ImportTally counted, CancellationToken ct)
    {
        var ids = names.ToLookup(name => name[..name.IndexOf('/')], name => name[(name.IndexOf('/') + 1)..]);
        await RemoveComponentsAsync(unit, [.. ids["components"]], ct);
        foreach (var one in await FoundAsync(unit.Db.Systems, [.. ids["systems"]], ct))
        {
            if (Removes(one.Name, one.Target)) one.Delete(Reason, unit.Now);
        }
        foreach (var one in await FoundAsync(unit.Db.Apis, [.. ids["apis"]], ct))
        {
            if (Removes(one.Name, one.Target)) one.Delete(Reason, unit.Now);
        }
    }

    public async Task TakePartiesAsync(WriteUnit<OwnershipDb> unit, IReadOnlyList<string> names, ImportTally counted, CancellationToken ct)
    {
        string[] all = [.. names];
        var owners = await unit.Db.Components.Where(one => all.Contains(one.Owner) && one.DeleteTime == null)
            .Select(one => one.Owner)
            .Distinct()
            .ToListAsync(ct);
        foreach (var one in await FoundAsync(unit.Db.Parties, [.. names.Except(owners).Select(name => name["parties/".Length..])], ct))
        {
            if (Removes(one.Name, one.Target)) one.Delete(Reason, unit.Now);
        }
    }

    private IQueryable<T> Mine<T>(IQueryable<T> rows)
        where T : Aggregate => rows.Where(one => EF.Property<string>(one, "Source") == scope.Source && one.DeleteTime == null);

    private async IAsyncEnumerable<string> UnlistedAsync(
        IDbContextFactory<OwnershipDb> databases,
        Func<OwnershipDb, (string Collection, IQueryable<Aggregate> Rows)[]> kinds,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var (collection, rows) in kinds(db))
        {
            await foreach (var id in IdsAsync(rows, ct))
            {
                if ($"{collection}/{id}" is var name && !document.Lists(name)) yield return name;
            }
        }
    }

    private async Task RemoveComponentsAsync(WriteUnit<OwnershipDb> unit, string[] ids, CancellationToken ct)
    {
        var gone = new List<string>();
        foreach (var one in await FoundAsync(unit.Db.Components, ids, ct))
        {
            if (!Removes(one.Name, one.Target)) continue;
            one.Delete(Reason, unit.Now);
            gone.Add(one.Name);
        }

        if (gone.Count == 0) return;
        var given = await AssignmentIntake.LivingAsync(unit.Db, [.. gone], ct);
        AssignmentIntake.End(given.Where(one => one.Source == scope.Source), unit.Now);
    }

    private static async Task<List<T>> FoundAsync<T>(IQueryable<T> rows, string[] ids, CancellationToken ct)
        where T : Aggregate =>
        ids.Length == 0 ? [] : await rows.AsTracking().Where(one => ids.Contains(one.Id) && one.DeleteTime == null).ToListAsync(ct);

    /// <summary>What lies outside of the caller's roles is left as it is, and not spoken of.</summary>
    private bool Removes(string name, Target target)
    {
        if (!scope.Covers(target)) return false;
        document.Removed.Add(name);
        return true;
    }

    private static async IAsyncEnumerable<string> IdsAsync(IQueryable<Aggregate> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var last = ""; ;)
        {
            var after = last;
            var page = await rows.Where(one => string.Compare(one.Id, after) > 0)
                .OrderBy(one => one.Id)
                .Select(one => one.Id)
                .Take(PageSize)
                .ToListAsync(ct);
            foreach (var id in page) yield return id;
            if (page.Count < PageSize) yield break;
            last = page[^1];
        }
    }
}
