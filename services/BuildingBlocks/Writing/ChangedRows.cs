using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Writing;

/// <summary>All that a write changes, sorted by type once, so that a follower of something else costs nothing.</summary>
internal sealed class ChangedRows
{
    private readonly Dictionary<Type, List<ChangedRow>> _byType = [];

    /// <summary>Looks for what was changed in place: the one time for whoever comes next.</summary>
    public static ChangedRows Find(WriteUnit unit)
    {
        var tracker = unit.Context.ChangeTracker;
        tracker.DetectChanges();
        var found = new ChangedRows();
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            {
                found.Add(new ChangedRow(entry.Entity, entry));
            }
        }

        foreach (var row in unit.NewRows.All) found.Add(new ChangedRow(row, null));
        return found;
    }

    /// <summary>What concerns a follower of these kinds; null when nothing does.</summary>
    public Changes? Of(IReadOnlyList<Type> kinds)
    {
        List<ChangedRow>? rows = null;
        foreach (var (type, changed) in _byType)
        {
            if (kinds.Any(kind => kind.IsAssignableFrom(type))) (rows ??= []).AddRange(changed);
        }

        return rows is null ? null : new Changes(kinds, rows);
    }

    private void Add(ChangedRow row)
    {
        var type = row.Row.GetType();
        if (!_byType.TryGetValue(type, out var rows)) _byType.Add(type, rows = []);
        rows.Add(row);
    }
}
