using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Writing;

/// <summary>What a write did to one aggregate, copy or row.</summary>
/// <typeparam name="T">Its kind.</typeparam>
public sealed class Change<T>
    where T : class
{
    private readonly ChangedRow _row;

    internal Change(ChangedRow row) => _row = row;

    /// <summary>Added (also what was inserted past the tracker), Modified or Deleted. Marking as deleted is Modified.</summary>
    public EntityState State => _row.State;

    /// <summary>What will be saved; null when it is deleted.</summary>
    public T? Now => State == EntityState.Deleted ? null : (T)_row.Row;

    /// <summary>
    /// What the database has had so far; null when it is new. Made anew from the original columns: read it, and do not give it to
    /// the context. What it refers to by navigations is not there.
    /// </summary>
    public T? Before => (T?)_row.Before;

    /// <summary>What is written, whatever becomes of it: to ask what cannot change, such as the name.</summary>
    public T Subject => (T)_row.Row;

    /// <summary>
    /// Whether it means anything new: it is there or gone since, or more than its bookkeeping differs. False when only versions and
    /// times moved on, as when a republish confirms a copy.
    /// </summary>
    public bool IsNews => _row.IsNews;

    /// <summary>Whether the selected value is another one than before; true for what is new or deleted.</summary>
    public bool Differs<TValue>(Func<T, TValue> selector) =>
        Now is not { } now || Before is not { } before || !EqualityComparer<TValue>.Default.Equals(selector(before), selector(now));

    /// <summary>The value before and the value now: two, or one when it is new or deleted.</summary>
    public IEnumerable<TValue> BeforeAndNow<TValue>(Func<T, TValue> selector)
    {
        if (Before is { } before) yield return selector(before);
        if (Now is { } now) yield return selector(now);
    }
}
