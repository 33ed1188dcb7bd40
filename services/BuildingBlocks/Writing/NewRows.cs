using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// New rows that a write puts into their tables without the change tracker, which costs several times what the insert does.
/// </summary>
internal sealed class NewRows
{
    private readonly OrderedDictionary<Type, List<object>> _rows = [];

    public bool Any => _rows.Count > 0;

    public IEnumerable<Aggregate> Aggregates => _rows.Values.Where(rows => rows[0] is Aggregate).SelectMany(rows => rows.Cast<Aggregate>());

    public IEnumerable<object> All => _rows.Values.SelectMany(rows => rows);

    public IEnumerable<Type> Kinds => _rows.Keys;

    public IReadOnlyList<object> OfKind(Type kind) => _rows.TryGetValue(kind, out var rows) ? rows : [];

    public Dictionary<Type, int> Counts() => _rows.ToDictionary(kind => kind.Key, kind => kind.Value.Count);

    /// <summary>Forgets what was added since the counts were taken.</summary>
    public void Keep(IReadOnlyDictionary<Type, int> counts)
    {
        foreach (var (kind, rows) in _rows.ToList())
        {
            if (!counts.TryGetValue(kind, out var count)) _rows.Remove(kind);
            else rows.RemoveRange(count, rows.Count - count);
        }
    }

    public IEnumerable<T> Of<T>() => _rows.TryGetValue(typeof(T), out var rows) ? rows.Cast<T>() : [];

    public void Add<T>(T row)
        where T : class
    {
        if (!_rows.TryGetValue(typeof(T), out var rows)) _rows.Add(typeof(T), rows = []);
        rows.Add(row);
    }

    /// <summary>Inserts them in the transaction at hand, kind by kind in the order of their first rows.</summary>
    public async Task WriteAsync(GovernanceDbContext db, CancellationToken ct)
    {
        foreach (var (type, rows) in _rows)
        {
            var kind =
                db.Model.FindEntityType(type) ?? throw new InvalidOperationException($"{type.Name} is in no table of this database.");
            await new RowInsert(db, kind).WriteAsync(rows, ct);
        }

        _rows.Clear();
    }
}
