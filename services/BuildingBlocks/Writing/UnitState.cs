using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Governance.BuildingBlocks.Writing;

/// <summary>What a write would save at one moment, to be compared with what it would save later.</summary>
internal sealed class UnitState
{
    private readonly Dictionary<object, (EntityState State, RowValues Values)> _tracked = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, int> _inserted;
    private readonly (int Raised, int Notes, int AfterCommit) _said;

    private UnitState(WriteUnit unit)
    {
        foreach (var entry in Changed(unit)) _tracked.Add(entry.Entity, (entry.State, RowValues.Of(entry)));
        _inserted = unit.NewRows.Counts();
        _said = (unit.Raised.Count, unit.Notes.Count, unit.AfterCommitCount);
    }

    public static UnitState Of(WriteUnit unit) => new(unit);

    /// <summary>
    /// The first thing that is not as it was, in words; null when all is. What was said or inserted again in the same words does not count.
    /// </summary>
    public string? ChangeIn(WriteUnit unit) =>
        Changed(unit)
            .Select(ChangeIn)
            .Concat(unit.NewRows.Kinds.Select(kind => ChangeIn(unit, kind)))
            .FirstOrDefault(change => change is not null)
        ?? NewIn(unit.Raised, _said.Raised) ?? NewIn(unit.Notes, _said.Notes);

    /// <summary>Forgets what was inserted, raised and recorded since.</summary>
    public void TakeBackWhatIsTwice(WriteUnit unit)
    {
        unit.NewRows.Keep(_inserted);
        unit.Raised.RemoveRange(_said.Raised, unit.Raised.Count - _said.Raised);
        unit.Notes.RemoveRange(_said.Notes, unit.Notes.Count - _said.Notes);
        unit.KeepAfterCommit(_said.AfterCommit);
    }

    private static IEnumerable<EntityEntry> Changed(WriteUnit unit) => unit.Context.ChangeTracker.Entries()
        .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted);

    private string? ChangeIn(EntityEntry entry)
    {
        if (!_tracked.TryGetValue(entry.Entity, out var first)) return $"{Named(entry)}, which is {entry.State} now";
        if (first.State != entry.State) return $"{Named(entry)}, which was {first.State} and is {entry.State} now";
        return entry.State != EntityState.Deleted && first.Values.DifferenceTo(RowValues.Of(entry)) is { } property
            ? $"{Named(entry)}.{property}"
            : null;
    }

    private string? ChangeIn(WriteUnit unit, Type kind)
    {
        var count = _inserted.GetValueOrDefault(kind);
        var rows = unit.NewRows.OfKind(kind);
        if (rows.Count == count) return null;
        var type =
            unit.Context.Model.FindEntityType(kind) ?? throw new InvalidOperationException($"{kind.Name} is in no table of this database.");
        var first = rows.Take(count).Select(row => RowValues.Of(type, row)).ToHashSet();
        return rows.Skip(count).Any(row => !first.Contains(RowValues.Of(type, row))) ? $"{kind.Name}, of which it inserts others" : null;
    }

    private static string? NewIn<T>(List<T> said, int count) =>
        said.Skip(count).Except(said.Take(count)).Select(more => $"what is said: {more}").FirstOrDefault();

    private static string Named(EntityEntry entry) =>
        $"{entry.Metadata.DisplayName()} "
            + $"{string.Join('/', entry.Metadata.FindPrimaryKey()?.Properties.Select(key => entry.CurrentValues[key]) ?? [])}";
}

/// <summary>A row's columns as they would be written; equal when they are.</summary>
internal sealed class RowValues : IEquatable<RowValues>
{
    private readonly IReadOnlyList<(IProperty Property, object? Value)> _values;

    private RowValues(IEnumerable<(IProperty Property, object? Value)> values) =>
        _values = [.. values.Select(one => (one.Property, Written(one.Property, one.Value)))];

    public static RowValues Of(EntityEntry entry) =>
        new(entry.Metadata.GetFlattenedProperties().Select(property => (property, entry.CurrentValues[property])));

    public static RowValues Of(IEntityType type, object row) =>
        new(type.GetProperties().Select(property => (property, property.GetGetter().GetClrValue(row))));

    /// <summary>The first property that differs; null when none does.</summary>
    public string? DifferenceTo(RowValues other) => _values.Zip(other._values)
        .Where(pair => !IsSame(pair.First.Value, pair.Second.Value))
        .Select(pair => pair.First.Property.Name).FirstOrDefault();

    public bool Equals(RowValues? other) => other is not null && DifferenceTo(other) is null;

    public override bool Equals(object? obj) => Equals(obj as RowValues);

    public override int GetHashCode() => _values.Where(one => one.Property.IsPrimaryKey() && one.Value is not null)
        .Aggregate(0, (hash, one) => HashCode.Combine(hash, one.Value is byte[] bytes ? bytes.Length : one.Value));

    private static object? Written(IProperty property, object? value) => value switch
    {
        null => null,
        _ when property.GetTypeMapping().Converter is { } converter => converter.ConvertToProvider(value),
        _ => property.GetValueComparer().Snapshot(value),
    };

    private static bool IsSame(object? left, object? right) =>
        left is byte[] some && right is byte[] others ? some.AsSpan().SequenceEqual(others) : Equals(left, right);
}
