using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Writing;

/// <summary>Turns a change into the outbox row that commits with it.</summary>
internal sealed partial class OutboxWriter(ServiceEntry service, ILogger<OutboxWriter> log)
{
    /// <summary>The contract's bound on one event, 128 KiB. What is larger is parked; services split such resources.</summary>
    public const int LargestEvent = 128 * 1024;

    public void Add(WriteUnit unit, RaisedEvent raised)
    {
        if (MetaField(raised.Event.Descriptor) is { } meta) meta.Accessor.SetValue(raised.Event, Meta(unit, raised));
        var id = Guid.CreateVersion7().ToString();
        var lane = unit.Scope.Batch is not null || raised.Run.Length > 0 ? Lane.Later : unit.Lane;
        var envelope = CloudEvent.Write(
            id, service.Name, raised.Subject, unit.Now.ToDateTimeOffset(), unit.Scope.TraceParent, raised.Event, lane);
        var parked = envelope.Length > LargestEvent;
        if (parked) Parked(log, raised.Event.Descriptor.FullName, raised.Subject, envelope.Length);
        unit.Published |= !parked;
        Add(unit, new OutboxRow
        {
            Sequence = unit.Sequence,
            Ordinal = unit.NextOrdinal(),
            Id = id,
            Topic = raised.Topic ?? service.Topic,
            Type = raised.Event.Descriptor.FullName,
            Subject = raised.Subject,
            Envelope = envelope,
            CommitTime = SystemTime.Now,
            Lane = lane,
            Parked = parked,
        });
    }

    /// <summary>An import's events are many; those of other writes go to the database in the same command as their effect.</summary>
    private static void Add(WriteUnit unit, OutboxRow row)
    {
        if (unit.Scope.Batch is null) unit.Context.Outbox.Add(row);
        else unit.NewRows.Add(row);
    }

    /// <summary>The field by which a state event says what it is.</summary>
    public static FieldDescriptor? MetaField(MessageDescriptor message) =>
        message.FindFieldByName("meta") is { FieldType: FieldType.Message } field && field.MessageType == EventMeta.Descriptor
            ? field
            : null;

    private static EventMeta Meta(WriteUnit unit, RaisedEvent raised) => new()
    {
        Epoch = unit.Epoch,
        Version = raised.Version,
        Change = raised.Change,
        Actor = unit.Caller.ToActor(),
        CommitTime = Timestamp.FromDateTimeOffset(unit.Now.ToDateTimeOffset()),
        Deleted = raised.Deleted,
        Run = raised.Run,
        Sequence = unit.Sequence,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Parked {Type} of {Subject}: {Size} bytes are more than an event may have")]
    private static partial void Parked(ILogger log, string type, string subject, int size);
}

/// <summary>Wakes the dispatcher when a commit left something in the outbox.</summary>
internal sealed class OutboxSignal
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    public void Set()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is set already.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken ct) => _signal.WaitAsync(atMost, ct);
}
