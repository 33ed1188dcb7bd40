using System.Collections.Concurrent;
using System.Threading.Channels;
using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What Dapr is told about a delivery.</summary>
internal enum DeliveryAnswer
{
    Success,
    Retry,
    Drop,
}

/// <summary>
/// Handles deliveries one after the other, each effect with its inbox row in one commit. Deliveries that may share a commit
/// do so when several wait; when a shared one fails, each gets its own.
/// </summary>
internal sealed partial class Inbox<TDb>(
    InboxWriter<TDb> writer, Subscriptions<TDb> subscriptions, ILogger<Inbox<TDb>> log) : BackgroundService
    where TDb : GovernanceDbContext
{
    private const int LargestShare = 256;
    private readonly ConcurrentDictionary<string, string> _faults = new();
    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(2048) { SingleReader = true });
    private readonly Queue<Waiting> _later = new();

    /// <summary>Why the event could not be handled last; empty when this process does not know.</summary>
    public string LastFaultOf(string eventId) => _faults.GetValueOrDefault(eventId, "");

    /// <summary>The topic that an event belongs on.</summary>
    public string TopicOf(CloudEvent envelope) =>
        subscriptions.RoutesOf(envelope.Type).Any(route => route.IsControl) ? ServiceCatalog.ControlTopic : $"governance.{envelope.Source}";

    /// <summary>Takes a delivery and waits until its effect has committed.</summary>
    public async Task<DeliveryAnswer> DeliverAsync(string topic, ReadOnlyMemory<byte> envelope, CancellationToken ct)
    {
        IncomingEvent? incoming;
        try
        {
            incoming = Read(topic, CloudEvent.Read(envelope));
        }
        catch (Exception fault) when (fault is FormatException or InvalidProtocolBufferException)
        {
            Unreadable(log, fault.Message);
            return DeliveryAnswer.Drop;
        }

        if (incoming is null) return DeliveryAnswer.Success;
        var waiting = new Waiting(incoming);
        await _waiting.Writer.WriteAsync(waiting, ct);
        return await waiting.Answer.Task.WaitAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (_later.Count > 0 || await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                foreach (var share in Shares(Take())) await HandleAsync(share, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var waiting)) _later.Enqueue(waiting);
            foreach (var waiting in _later) waiting.Answer.TrySetResult(DeliveryAnswer.Retry);
        }
    }

    private IncomingEvent? Read(string topic, CloudEvent envelope)
    {
        // The broker's scopes say who may publish to a topic; a source that another topic belongs to is not who it says.
        if (topic != ServiceCatalog.ControlTopic && topic != $"governance.{envelope.Source}")
        {
            throw new FormatException($"An event of {envelope.Source} does not belong on {topic}.");
        }

        if (subscriptions.RoutesOf(envelope.Type) is [var route, ..])
        {
            if (route.IsControl != (topic == ServiceCatalog.ControlTopic))
            {
                throw new FormatException($"{envelope.Type} does not belong on {topic}.");
            }
            var message = route.Parse(envelope.Data);
            return new IncomingEvent(envelope, message, EventRoute<TDb>.MetaOf(message));
        }

        // A type without a route still counts when it is part of a republish.
        if (!subscriptions.Reads(envelope.Source) || !envelope.Data.Contains("\"run\"", StringComparison.Ordinal)) return null;
        return new IncomingEvent(envelope, null, RunOnly.MetaIn(envelope.Data));
    }

    /// <summary>
    /// What is handled next: of the later lane only while nothing of the first waits, and few, so that the first never waits long.
    /// </summary>
    private List<Waiting> Take()
    {
        var first = new List<Waiting>();
        while (first.Count < LargestShare && _waiting.Reader.TryRead(out var next))
        {
            if (next.Incoming.Envelope.Lane == Lane.Later) _later.Enqueue(next);
            else first.Add(next);
        }

        if (first.Count > 0) return first;
        var later = new List<Waiting>();
        while (later.Count < LargestShare / 4 && _later.TryDequeue(out var next)) later.Add(next);
        return later;
    }

    /// <summary>
    /// What waits, divided into commits: copies together, then those that may share one after the other, then the rest alone.
    /// Order does not matter, since versions decide.
    /// </summary>
    private IEnumerable<List<Waiting>> Shares(List<Waiting> waiting)
    {
        var byShare = waiting.ToLookup(one => subscriptions.SharingOf(one.Incoming.Envelope.Type));
        if (byShare[CommitSharing.Freely].Any()) yield return [.. byShare[CommitSharing.Freely]];
        foreach (var share in byShare[CommitSharing.OneByOne].Chunk(LargestShare / 4)) yield return [.. share];
        foreach (var alone in byShare[CommitSharing.Never]) yield return [alone];
    }

    private async Task HandleAsync(List<Waiting> share, CancellationToken ct)
    {
        try
        {
            await writer.CommitAsync([.. share.Select(waiting => waiting.Incoming)], ct);
            share.ForEach(waiting => waiting.Answer.TrySetResult(DeliveryAnswer.Success));
        }
        catch (Exception) when (share.Count > 1 && !ct.IsCancellationRequested)
        {
            foreach (var waiting in share) await HandleAsync([waiting], ct);
        }
        catch (Exception fault)
        {
            var envelope = share[0].Incoming.Envelope;
            if (!ct.IsCancellationRequested) CannotHandle(log, fault, envelope.Type, envelope.Subject, envelope.Id);
            if (_faults.Count > 1000) _faults.Clear();
            _faults[envelope.Id] = fault.Message;
            share.ForEach(waiting => waiting.Answer.TrySetResult(DeliveryAnswer.Retry));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped a delivery that cannot be read: {Problem}")]
    private static partial void Unreadable(ILogger log, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cannot handle {Type} of {Subject} ({EventId}); it will be delivered again")]
    private static partial void CannotHandle(ILogger log, Exception fault, string type, string subject, string eventId);

    private sealed class Waiting(IncomingEvent incoming)
    {
        public IncomingEvent Incoming { get; } = incoming;

        public TaskCompletionSource<DeliveryAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
