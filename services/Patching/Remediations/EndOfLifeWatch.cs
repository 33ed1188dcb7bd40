using Governance.BuildingBlocks.Writing;
using Governance.Patching.Advisories;
using Governance.Patching.Lifecycles;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Remediations;

/// <summary>Once a day (UTC), opens upgrades off cycles whose end came near since the last look, however long ago that was.</summary>
internal static class EndOfLifeWatch
{
    private const string Looked = "LIFECYCLES";

    public static Task<bool> IsDueAsync(PatchingDb db, LocalDate today, CancellationToken ct)
    {
        var start = StartOf(today);
        return db.Catalogs.AllAsync(row => row.Id != Looked || row.Released < start, ct);
    }

    public static async Task LookAsync(WriteUnit<PatchingDb> unit, CancellationToken ct)
    {
        var today = unit.Now.InUtc().Date;
        var last = await unit.Db.Catalogs.AsTracking().SingleOrDefaultAsync(row => row.Id == Looked, ct);
        var near = today.PlusDays(LifecycleDuty.NoticeDays);
        var cycles = unit.Db.Lifecycles.AsNoTracking().Where(row => row.LastDay <= near);
        if (last is null)
        {
            unit.Db.Catalogs.Add(last = new CatalogRow { Id = Looked, Version = "" });
        }
        else
        {
            var before = last.Released.InUtc().Date.PlusDays(LifecycleDuty.NoticeDays);
            cycles = cycles.Where(row => row.LastDay > before);
        }

        last.Released = StartOf(today);
        var products = await KnownProduct.LoadAsync(unit.Db, await cycles.Select(row => row.Product).Distinct().ToArrayAsync(ct), ct);
        if (products.Count == 0) return;
        var assessment = await Assessment.OpenAsync(unit, ct);
        await assessment.FollowAsync(unit, products.Values, [], ct);
        await assessment.StampAsync(ct);
    }

    private static Instant StartOf(LocalDate day) => day.AtMidnight().InUtc().ToInstant();
}
