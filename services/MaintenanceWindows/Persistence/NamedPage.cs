using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.MaintenanceWindows.Persistence;

/// <summary>Pages by name through what a condition lets pass that the database cannot judge, such as a scope.</summary>
internal static class NamedPage
{
    private const int Chunk = 500;

    public static async Task<Page<T>> ListAsync<T>(IQueryable<T> query, PageToken page, Func<T, bool> passes, CancellationToken ct)
        where T : Aggregate
    {
        var found = new List<T>();
        var after = page.Position is [var position] ? position : "";
        while (found.Count <= page.Size)
        {
            var border = after;
            var chunk = await query.Where(item => string.Compare(item.Id, border) > 0).OrderBy(item => item.Id).Take(Chunk).ToListAsync(ct);
            found.AddRange(chunk.Where(passes).Take(page.Size + 1 - found.Count));
            if (chunk.Count < Chunk) break;
            after = chunk[^1].Id;
        }

        if (found.Count <= page.Size) return new Page<T>(found, "");
        found.RemoveAt(page.Size);
        return new Page<T>(found, page.After([found[^1].Id]));
    }
}
