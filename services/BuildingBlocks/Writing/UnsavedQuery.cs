using System.Linq.Expressions;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Governance.BuildingBlocks.Writing;

/// <summary>Asks the database and what a write has not saved yet as if they were one.</summary>
internal static class UnsavedQuery
{
    public static async Task<List<T>> LoadAsync<T>(
        GovernanceDbContext db, NewRows newRows, Expression<Func<T, bool>> predicate, CancellationToken ct)
        where T : class
    {
        var isKnown = newRows.Of<T>().Any() || Tracked<T>(db.ChangeTracker).Any();
        var found = await db.Set<T>().AsTracking().Where(predicate).ToListAsync(ct);
        if (!isKnown) return found;
        var matches = predicate.Compile();
        return
        [
            .. Tracked<T>(db.ChangeTracker).Where(entry => entry.State != EntityState.Deleted).Select(entry => entry.Entity).Where(IsMatch),
            .. newRows.Of<T>().Where(IsMatch),
        ];

        // Queries see living copies only.
        bool IsMatch(T row) => row is not Copy { IsDeleted: true } && matches(row);
    }

    /// <summary>What is tracked, without looking for changes: objects are asked for what they are now.</summary>
    private static List<EntityEntry<T>> Tracked<T>(ChangeTracker tracker)
        where T : class
    {
        var detects = tracker.AutoDetectChangesEnabled;
        tracker.AutoDetectChangesEnabled = false;
        try
        {
            return [.. tracker.Entries<T>()];
        }
        finally
        {
            tracker.AutoDetectChangesEnabled = detects;
        }
    }
}
