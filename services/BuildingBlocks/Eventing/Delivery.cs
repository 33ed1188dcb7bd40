using Google.Protobuf;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>The order of a resource's states: the owner's epoch first, then the resource's version.</summary>
/// <param name="Epoch">Raised by every restore of the owner.</param>
/// <param name="Version">Raised by every change of the resource.</param>
public readonly record struct EventVersion(long Epoch, long Version) : IComparable<EventVersion>
{
    /// <inheritdoc/>
    public int CompareTo(EventVersion other) => (Epoch, Version).CompareTo((other.Epoch, other.Version));

    /// <summary>Whether an event of this version is to be applied over a state of the other: newer, or equal in a republish.</summary>
    public bool Supersedes(EventVersion other, bool republished) =>
        CompareTo(other) is var order && (order > 0 || (order == 0 && republished));
}

/// <summary>An event as it came in.</summary>
/// <param name="Event">The message.</param>
/// <param name="Meta">What it says of itself; an empty one when it carries none.</param>
/// <param name="Subject">The resource name.</param>
/// <param name="Id">The event's id, the same at every delivery.</param>
/// <param name="Source">The owner's name, `ownership`.</param>
public sealed record Delivery<TEvent>(TEvent Event, EventMeta Meta, string Subject, string Id, string Source)
    where TEvent : class, IMessage<TEvent>
{
    /// <summary>Its place in the order of the resource's states.</summary>
    public EventVersion Version => new(Meta.Epoch, Meta.Version);

    /// <summary>Whether it is part of a republish.</summary>
    public bool IsRepublished => Meta.Run.Length > 0;
}

/// <summary>
/// Handles one type of event: its effect and the inbox row commit together. Runs under the write lock. What it throws makes
/// Dapr deliver again. Must not wait for anything outside the database, and must not save.
/// </summary>
/// <typeparam name="TDb">The service's database.</typeparam>
/// <typeparam name="TEvent">The event.</typeparam>
public interface IEventHandler<TDb, TEvent>
    where TDb : GovernanceDbContext
    where TEvent : class, IMessage<TEvent>
{
    /// <summary>Applies the event. It may be old or repeated: compare versions.</summary>
    Task HandleAsync(WriteUnit<TDb> unit, Delivery<TEvent> delivery, CancellationToken ct);
}

/// <summary>What a service does when a read copy has changed, in the same commit.</summary>
/// <typeparam name="TDb">The service's database.</typeparam>
/// <typeparam name="TCopy">The copy.</typeparam>
public interface ICopyReaction<TDb, TCopy>
    where TDb : GovernanceDbContext
    where TCopy : Copy
{
    /// <summary>The copy has its new state; deleted ones say so.</summary>
    Task ChangedAsync(WriteUnit<TDb> unit, TCopy copy, CancellationToken ct);
}
