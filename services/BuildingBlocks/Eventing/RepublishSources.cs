using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Every aggregate of one type.</summary>
internal sealed class AggregateSource<TDb, T> : IRepublishSource<TDb>
    where TDb : GovernanceDbContext
    where T : Aggregate
{
    public string Name => typeof(T).Name;

    /// <summary>A kind publishes always or never, so that any one tells.</summary>
    public async Task<long> CountAsync(TDb db, CancellationToken ct)
    {
        var all = db.Set<T>().AsNoTracking().IgnoreQueryFilters();
        return await all.OrderBy(aggregate => aggregate.Id).FirstOrDefaultAsync(ct) is { } any && any.Event() is not null
            ? await all.LongCountAsync(ct)
            : 0;
    }

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
internal sealed partial class TombstoneSource<TDb>(ILogger log) : IRepublishSource<TDb>
    where TDb : GovernanceDbContext
{
    public string Name => "Tombstones";

    public Task<long> CountAsync(TDb db, CancellationToken ct) => db.Tombstones.LongCountAsync(ct);

    public async Task<IReadOnlyList<Republished>> ReadAsync(TDb db, string cursor, int most, CancellationToken ct)
    {
        var rows = await db.Tombstones.AsNoTracking()
            .Where(row => string.Compare(row.Subject, cursor) > 0)
            .OrderBy(row => row.Subject)
            .Take(most)
            .ToListAsync(ct);
        return [.. rows.Select(row => new Republished(row.Subject, row.Subject, EventOf(row), row.Version, Deleted: true))];
    }

    private IMessage? EventOf(TombstoneRow row)
    {
        if (EventTypes.Find(row.EventType) is { } type) return type.Parser.ParseFrom(row.Event);
        UnknownEvent(log, row.Subject, row.EventType);
        return null;
    }

    [LoggerMessage(
        Level = LogLevel.Error, Message = "{Subject} was erased and cannot be told to the neighbours again: no message is called {Type}")]
    private static partial void UnknownEvent(ILogger log, string subject, string type);
}
