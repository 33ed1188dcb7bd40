using Governance.Patching.Advisories.Kev;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Advisories;

/// <summary>Which issue of the catalogue was seen last, and what its absence of an entry means.</summary>
internal static class KevCatalogs
{
    /// <summary>An older issue than one that was imported changes nothing.</summary>
    public static async Task<bool> IsOutdatedAsync(PatchingDb db, KevCatalog catalog, CancellationToken ct)
    {
        var released = Instant.FromDateTimeOffset(catalog.Released);
        return await db.Catalogs.AsNoTracking().AnyAsync(row => row.Id == CatalogRow.Kev && row.Released > released, ct);
    }

    /// <summary>
    /// Remembers the issue. Where it is newer than the last and every entry that it counts was read, those that it no longer
    /// has are returned as retracted.
    /// </summary>
    public static async Task<IReadOnlyList<SourceDocument>> FinishAsync(PatchingDb db, KevCatalog catalog, CancellationToken ct)
    {
        var released = Instant.FromDateTimeOffset(catalog.Released);
        var row = await db.Catalogs.AsTracking().SingleOrDefaultAsync(one => one.Id == CatalogRow.Kev, ct);
        if (row is null) db.Catalogs.Add(new CatalogRow { Id = CatalogRow.Kev, Version = catalog.Version, Released = released });
        if (row is null || released <= row.Released) return [];
        (row.Version, row.Released) = (catalog.Version, released);
        if (!catalog.IsComplete) return [];
        var listed = catalog.Entries.Select(entry => entry.CveId).ToHashSet(StringComparer.Ordinal);
        var known = await db.AdvisorySources.AsNoTracking().Where(one => one.Format == SourceDocument.Kev && !one.IsRetracted)
            .Select(one => new { one.DocumentId, one.Digest }).ToListAsync(ct);
        return
        [
            .. known.Where(one => !listed.Contains(one.DocumentId))
                .Select(one => new SourceDocument(
                    SourceDocument.Kev, one.DocumentId, [one.DocumentId], one.Digest, released, []) { IsRetracted = true }),
        ];
    }
}
