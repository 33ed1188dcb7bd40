using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;

namespace Governance.Ownership.Persistence;

/// <summary>
/// Rows that say nothing but what a living aggregate says, so that it is found by it. They follow from what the aggregate was and
/// is, without being read: an import changes thousands.
/// </summary>
internal static class DerivedRows
{
    /// <param name="unit">The write.</param>
    /// <param name="changes">Of the aggregates and of the rows.</param>
    /// <param name="keysOf">The keys of all rows of a living aggregate.</param>
    /// <param name="keyOf">The key of a row.</param>
    /// <param name="rowOf">The row with a key.</param>
    public static void Follow<TAggregate, TRow, TKey>(
        WriteUnit<OwnershipDb> unit,
        Changes changes,
        Func<TAggregate, IEnumerable<TKey>> keysOf,
        Func<TRow, TKey> keyOf,
        Func<TKey, TRow> rowOf)
        where TAggregate : Aggregate
        where TRow : class
    {
        var rows = changes.Of<TRow>();
        var inserted = rows.Select(row => row.Now).OfType<TRow>().Select(keyOf).ToHashSet();
        var removed = rows.Where(row => row.Now is null).Select(row => keyOf(row.Before!)).ToHashSet();
        foreach (var change in changes.Of<TAggregate>())
        {
            var (before, after) = (Keys(change.Before), Keys(change.Now));
            unit.Db.RemoveRange(before.Except(after).Except(removed).Select(rowOf));
            unit.InsertRange(after.Except(before).Except(inserted).Select(rowOf));
        }

        HashSet<TKey> Keys(TAggregate? aggregate) => aggregate is { IsDeleted: false } ? [.. keysOf(aggregate)] : [];
    }
}
