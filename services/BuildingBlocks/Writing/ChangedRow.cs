using System.Collections.Frozen;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace Governance.BuildingBlocks.Writing;

/// <summary>One row that a write changes, as it was when the changes were looked for.</summary>
/// <param name="row">The object.</param>
/// <param name="entry">Tells what it was; null when it goes past the tracker.</param>
internal sealed class ChangedRow(object row, EntityEntry? entry)
{
    /// <summary>What says only that something was written, by the base type of what keeps it.</summary>
    private static readonly FrozenSet<string> AggregateBookkeeping =
        [nameof(Aggregate.Version), nameof(Aggregate.UpdateTime), nameof(Aggregate.StateDigest)];

    private static readonly FrozenSet<string> CopyBookkeeping =
        [nameof(Copy.Epoch), nameof(Copy.Version), nameof(Copy.Sequence), nameof(Copy.LastRun)];

    private object? _before;

    public object Row { get; } = row;

    public EntityState State { get; } = entry?.State ?? EntityState.Added;

    public object? Before => State == EntityState.Added ? null : _before ??= entry!.OriginalValues.ToObject();

    public bool IsNews => State != EntityState.Modified
        || entry!.Properties.Any(property => property.IsModified && !Bookkeeping.Contains(property.Metadata.Name))
        || entry.ComplexProperties.Any(property => property.IsModified)
        || entry.ComplexCollections.Any(property => property.IsModified);

    private FrozenSet<string> Bookkeeping => Row switch
    {
        Aggregate => AggregateBookkeeping,
        Copy => CopyBookkeeping,
        _ => [],
    };
}
