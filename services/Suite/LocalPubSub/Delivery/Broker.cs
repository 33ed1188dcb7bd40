using System.Collections.Concurrent;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>Connects the file and the pumps: what is accepted becomes durable, then is handed to every subscription of its topic.</summary>
internal sealed class Broker(MessageStore store)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<long, int> _owedPerMessage = new();
    private Dictionary<(string PubSub, string Topic), SubscriptionPump[]> _pumps = [];

    public void Add(SubscriptionPump pump) => Change(pump, list => [.. list.Where(other => other != pump), pump]);

    public void Remove(SubscriptionPump pump) => Change(pump, list => [.. list.Where(other => other != pump)]);

    /// <summary>Counts a delivery that an earlier run left, so that its message stays until the last one is done.</summary>
    public void Restore(OwedDelivery owed) => _owedPerMessage.AddOrUpdate(owed.Message, 1, (_, count) => count + 1);

    public StoredMessage? Read(long id) => store.Read(id);

    /// <summary>Completes when all messages and their deliveries are durable; nothing is kept for a topic without subscriptions.</summary>
    public async Task AcceptAsync(IReadOnlyList<StoredMessage> messages)
    {
        var accepted = messages.Select(Address).Where(item => item.Targets.Length > 0).ToList();
        if (accepted.Count > 0)
        {
            await store.Writer.CommitAsync(commands =>
            {
                foreach (var (message, targets) in accepted) commands.Insert(message, targets.Select(pump => pump.Number));
            });
            foreach (var (message, targets) in accepted) HandOver(message, targets);
        }

        foreach (var message in messages) Telemetry.Published.Add(1, Telemetry.Topic(message.Topic));
    }

    public void Finish(SubscriptionPump pump, StoredMessage message)
    {
        var last = IsLast(message.Id);
        store.Writer.Defer(commands => commands.Finish(pump.Number, message.Id, last));
    }

    public void Postpone(SubscriptionPump pump, StoredMessage message, int failures, DateTimeOffset due)
    {
        var owed = new OwedDelivery(pump.Number, message.Id, failures, due.ToUnixTimeMilliseconds());
        store.Writer.Defer(commands => commands.Postpone(owed));
    }

    /// <summary>
    /// Moves the message to the dead-letter topic in one commit: it is never in both places nor in none. It keeps its envelope,
    /// so the subscriber sees the original topic; its time to live does not count there.
    /// </summary>
    public async Task DeadLetterAsync(SubscriptionPump pump, StoredMessage message, string topic)
    {
        var (letter, targets) = Address(message with { Topic = topic, ExpiresAt = null });
        // The message goes with the last delivery, but the count is only changed once this is durable.
        await store.Writer.CommitAsync(commands =>
        {
            if (targets.Length > 0) commands.Insert(letter, targets.Select(target => target.Number));
            commands.Finish(pump.Number, message.Id, last: false);
        });
        if (IsLast(message.Id)) store.Writer.Defer(commands => commands.Remove(message.Id));
        HandOver(letter, targets);
    }

    private (StoredMessage Message, SubscriptionPump[] Targets) Address(StoredMessage message) =>
        (message with { Id = store.NextId() }, Volatile.Read(ref _pumps).GetValueOrDefault((message.PubSub, message.Topic), []));

    private void HandOver(StoredMessage message, SubscriptionPump[] targets)
    {
        if (targets.Length > 0) _owedPerMessage[message.Id] = targets.Length;
        foreach (var target in targets) target.Enqueue(message);
    }

    private bool IsLast(long message)
    {
        if (_owedPerMessage.AddOrUpdate(message, 0, (_, count) => count - 1) > 0) return false;
        _owedPerMessage.TryRemove(message, out _);
        return true;
    }

    private void Change(SubscriptionPump pump, Func<SubscriptionPump[], SubscriptionPump[]> change)
    {
        lock (_gate)
        {
            var key = (pump.Subscription.PubSub, pump.Subscription.Topic);
            Volatile.Write(
                ref _pumps,
                new Dictionary<(string, string), SubscriptionPump[]>(_pumps) { [key] = change(_pumps.GetValueOrDefault(key, [])) });
        }
    }
}
