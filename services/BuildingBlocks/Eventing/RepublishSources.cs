using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Every aggregate of one type.</summary>
internal sealed class AggregateSource<TDb, T> : IRepublishSource<TDb>
    where TDb : GovernanceDbContext
    where T : Aggregate
{
    public async Task<IReadOnlyList<Republished>> ReadAsync(TDb db, string cursor, int most, CancellationToken ct)
    {
        var aggregates = await db.Set<T>().AsNoTracking().IgnoreQueryFilters()
            .Where(aggregate => string.Compare(aggregate.Id, cursor) > 0)
            .OrderBy(aggregate => aggregate.Id)
            .Take(most)
            .ToListAsync(ct);
        return
        [
            .. aggregates.Select(aggregate => new Republished(
                aggregate.Id, aggregate.Name, aggregate.Event(), aggregate.Version, aggregate.IsDeleted)),
        ];
    }
}

/// <summary>What remains of erased resources.</summary>
internal sealed class TombstoneSource<TDb> : IRepublishSource<TDb>
    where TDb : GovernanceDbContext
{
    public async Task<IReadOnlyList<Republished>> ReadAsync(TDb db, string cursor, int most, CancellationToken ct)
    {
        var rows = await db.Tombstones.AsNoTracking()
            .Where(row => string.Compare(row.Subject, cursor) > 0)
            .OrderBy(row => row.Subject)
            .Take(most)
            .ToListAsync(ct);
        return [.. rows.Select(row => new Republished(row.Subject, row.Subject, EventOf(row), row.Version, Deleted: true))];
    }

    private static IMessage? EventOf(TombstoneRow row)
    {
        if (Type.GetType(row.EventType) is not { } type) return null;
        var message = (IMessage)Activator.CreateInstance(type)!;
        message.MergeFrom(row.Event);
        return message;
    }
}
