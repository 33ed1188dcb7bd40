using System.Diagnostics;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What this service does with one type of event.</summary>
internal abstract class EventRoute<TDb>(MessageDescriptor type)
    where TDb : GovernanceDbContext
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public MessageDescriptor Type { get; } = type;

    /// <summary>Whether several deliveries may share a commit.</summary>
    public virtual CommitSharing Sharing => CommitSharing.Never;

    /// <summary>Whether it comes on the topic that all services share, and nowhere else.</summary>
    public virtual bool IsControl => false;

    /// <exception cref="InvalidProtocolBufferException">The data is no such message.</exception>
    public IMessage Parse(string data) => Parser.Parse(data, Type);

    public abstract Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct);

    /// <summary>Several events of this type in one save.</summary>
    public virtual async Task HandleAllAsync(
        IServiceProvider services, WriteUnit<TDb> unit, IReadOnlyList<IncomingEvent> incoming, CancellationToken ct)
    {
        foreach (var one in incoming) await HandleAsync(services, unit, one, ct);
    }

    public static EventMeta MetaOf(IMessage message) =>
        (EventMeta?)OutboxWriter.MetaField(message.Descriptor)?.Accessor.GetValue(message) ?? new EventMeta();
}

/// <summary>An event on its way through the inbox.</summary>
/// <param name="Envelope">The envelope.</param>
/// <param name="Message">The parsed data; null when this service has no route for the type.</param>
/// <param name="Meta">What it says of itself.</param>
internal sealed record IncomingEvent(CloudEvent Envelope, IMessage? Message, EventMeta Meta)
{
    /// <summary>Where its handling belongs in the trace.</summary>
    public ActivityContext Trace { get; } = EventTraces.Delivered(Envelope);

    public Delivery<TEvent> As<TEvent>()
        where TEvent : class, IMessage<TEvent> =>
        new((TEvent)Message!, Meta, Envelope.Subject, Envelope.Id, Envelope.Source);
}

/// <summary>A route to a handler of the service.</summary>
internal sealed class HandlerRoute<TDb, TEvent, THandler>() : EventRoute<TDb>(new TEvent().Descriptor)
    where TDb : GovernanceDbContext
    where TEvent : class, IMessage<TEvent>, new()
    where THandler : class, IEventHandler<TDb, TEvent>
{
    public override CommitSharing Sharing => Eventing.Sharing.Of<THandler>();

    public override Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct) =>
        services.GetRequiredService<THandler>().HandleAsync(unit, incoming.As<TEvent>(), ct);
}

/// <summary>A route that keeps a read copy: one conditional write, if newer.</summary>
internal class CopyRoute<TDb, TEvent, TCopy>() : EventRoute<TDb>(new TEvent().Descriptor), ICopySweep<TDb>
    where TDb : GovernanceDbContext
    where TEvent : class, IMessage<TEvent>, new()
    where TCopy : Copy<TEvent>, new()
{
    public override CommitSharing Sharing => CommitSharing.Freely;

    public override Task HandleAsync(IServiceProvider services, WriteUnit<TDb> unit, IncomingEvent incoming, CancellationToken ct) =>
        HandleAllAsync(services, unit, [incoming], ct);

    public override async Task HandleAllAsync(
        IServiceProvider services, WriteUnit<TDb> unit, IReadOnlyList<IncomingEvent> incoming, CancellationToken ct)
    {
        List<string> names = [.. incoming.Select(one => one.Envelope.Subject).Distinct()];
        var known = await unit.Db.Set<TCopy>().IgnoreQueryFilters().AsTracking()
            .Where(copy => names.Contains(copy.Name))
            .ToDictionaryAsync(copy => copy.Name, ct);
        foreach (var delivery in incoming.Select(one => one.As<TEvent>()))
        {
            var copy = known.GetValueOrDefault(delivery.Subject) ?? new TCopy();
            if (!copy.Accept(delivery.Subject, delivery.Meta)) continue;
            if (known.TryAdd(copy.Name, copy)) unit.Db.Add(copy);
            if (!delivery.Meta.Deleted) copy.TakeOver(delivery.Event);
            await ReactAsync(services, unit, copy, ct);
        }
    }

    public async Task SweepAsync(IServiceProvider services, WriteUnit<TDb> unit, NeighbourRow run, CancellationToken ct)
    {
        var gone = await unit.Db.Set<TCopy>().AsTracking()
            .Where(copy => copy.LastRun != run.Run)
            .Where(copy => copy.Epoch < run.RunEpoch || (copy.Epoch == run.RunEpoch && copy.Sequence <= run.SnapshotSequence))
            .ToListAsync(ct);
        foreach (var copy in gone)
        {
            // This very write may have touched it: the run's last event can come in after its end.
            if (copy.LastRun == run.Run) continue;
            copy.Bury();
            await ReactAsync(services, unit, copy, ct);
        }
    }

    protected virtual Task ReactAsync(IServiceProvider services, WriteUnit<TDb> unit, TCopy copy, CancellationToken ct) =>
        Task.CompletedTask;
}

/// <summary>A read copy whose changes have consequences.</summary>
internal sealed class ReactingCopyRoute<TDb, TEvent, TCopy, TReaction> : CopyRoute<TDb, TEvent, TCopy>
    where TDb : GovernanceDbContext
    where TEvent : class, IMessage<TEvent>, new()
    where TCopy : Copy<TEvent>, new()
    where TReaction : class, ICopyReaction<TDb, TCopy>
{
    public override CommitSharing Sharing => Eventing.Sharing.Of<TReaction>();

    protected override Task ReactAsync(IServiceProvider services, WriteUnit<TDb> unit, TCopy copy, CancellationToken ct) =>
        services.GetRequiredService<TReaction>().ChangedAsync(unit, copy, ct);
}

/// <summary>Removes what a finished republish did not have.</summary>
internal interface ICopySweep<TDb>
    where TDb : GovernanceDbContext
{
    Task SweepAsync(IServiceProvider services, WriteUnit<TDb> unit, NeighbourRow run, CancellationToken ct);
}
