using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Resources that a republish has to send beside the aggregates, which it finds by itself: those whose events the service
/// raises with <c>unit.Raise</c>.
/// </summary>
/// <typeparam name="TDb">The service's database.</typeparam>
public interface IRepublishSource<TDb>
    where TDb : GovernanceDbContext
{
    /// <summary>What a run that goes on after a restart knows it by: unique in the service, and the same in every release.</summary>
    string Name { get; }

    /// <summary>How many resources it has, for an estimate of a run's length.</summary>
    Task<long> CountAsync(TDb db, CancellationToken ct);

    /// <summary>Reads the next resources in the order of their cursors.</summary>
    /// <param name="db">The database.</param>
    /// <param name="cursor">The last one that was read; empty at the start.</param>
    /// <param name="most">How many to return at most; fewer end the source.</param>
    /// <param name="ct">Gives up.</param>
    Task<IReadOnlyList<Republished>> ReadAsync(TDb db, string cursor, int most, CancellationToken ct);
}

/// <summary>One resource of a republish.</summary>
/// <param name="Cursor">Where reading goes on.</param>
/// <param name="Subject">The resource name.</param>
/// <param name="Event">Its state event; null when it publishes none.</param>
/// <param name="Version">Its version, as it was published last.</param>
/// <param name="Deleted">Whether it is a tombstone.</param>
public sealed record Republished(string Cursor, string Subject, IMessage? Event, long Version, bool Deleted = false);
