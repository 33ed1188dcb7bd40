
namespace Governance.BuildingBlocks.Writing;

/// <summary>What a write added, changed, deleted or inserted of the kinds that a follower declared.</summary>
public sealed class Changes
{
    private readonly IReadOnlyList<Type> _kinds;
    private readonly IReadOnlyList<ChangedRow> _rows;

    internal Changes(IReadOnlyList<Type> kinds, IReadOnlyList<ChangedRow> rows) => (_kinds, _rows) = (kinds, rows);

    /// <summary>The changes of one kind; none, when the write changed others.</summary>
    /// <typeparam name="T">A declared kind, what several of them have in common, or a narrower one.</typeparam>
    /// <exception cref="InvalidOperationException">The follower did not declare the kind, and so would never hear of it.</exception>
    public IReadOnlyList<Change<T>> Of<T>()
        where T : class
    {
        if (!_kinds.Any(kind => kind.IsAssignableTo(typeof(T)) || kind.IsAssignableFrom(typeof(T))))
        {
            throw new InvalidOperationException($"{typeof(T).Name} is followed without being declared.");
        }
        return [.. _rows.Where(row => row.Row is T).Select(row => new Change<T>(row))];
    }
}
