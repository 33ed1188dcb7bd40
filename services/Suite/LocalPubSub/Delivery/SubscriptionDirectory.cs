using Governance.Suite.LocalPubSub.Resources;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>
/// Which subscriptions there are: those that files declare, those that apps asked for when they last ran (so that messages are
/// kept for an app before it is up), and those that they ask for now.
/// </summary>
internal sealed class SubscriptionDirectory(
    DaprConfiguration configuration, LocalPubSubOptions options, MessageStore store, Broker broker,
    Func<SubscriptionPump, PendingDelivery, Task<PumpStep>> deliver, ILogger logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string AppId, string PubSub, string Topic), SubscriptionPump> _pumps = [];
    private readonly HashSet<(string AppId, string PubSub, string Topic)> _declared = [];

    public IReadOnlyList<SubscriptionPump> All
    {
        get
        {
            lock (_gate) return [.. _pumps.Values];
        }
    }

    public void Start(IReadOnlyDictionary<string, AppChannel> apps)
    {
        var owed = store.Owed().ToLookup(delivery => delivery.Subscription);
        foreach (var delivery in owed.SelectMany(group => group)) broker.Restore(delivery);
        lock (_gate)
        {
            foreach (var subscription in configuration.SubscriptionsOf(apps.Keys))
            {
                _declared.Add(subscription.Key);
                Add(subscription, store.Subscriptions.NumberOf(subscription.Key, null), apps[subscription.AppId], owed);
            }

            foreach (var (appId, definition) in store.Subscriptions.Discovered().Where(found => apps.ContainsKey(found.AppId)))
            {
                foreach (var (subscription, text) in Usable(appId, $"[{definition}]"))
                {
                    Add(subscription, store.Subscriptions.NumberOf(subscription.Key, text), apps[appId], owed);
                }
            }
        }

        var waiting = owed.Where(group => _pumps.Values.All(pump => pump.Number != group.Key)).Sum(group => group.Count());
        if (waiting > 0)
        {
            logger.LogWarning("{Count} stored deliveries belong to subscriptions that are not configured now; they are kept", waiting);
        }
    }

    /// <summary>Takes over what the app asks for now. What it no longer asks for is neither stored nor delivered from here on.</summary>
    public void Discover(AppChannel app, string answer)
    {
        lock (_gate)
        {
            var usable = Usable(app.App.AppId, answer);
            foreach (var (subscription, definition) in usable)
            {
                var number = store.Subscriptions.NumberOf(subscription.Key, definition);
                if (!_pumps.TryGetValue(subscription.Key, out var pump))
                {
                    Add(subscription, number, app, store.Owed().ToLookup(delivery => delivery.Subscription));
                }
                else
                {
                    pump.Redefine(subscription);
                    broker.Add(pump);
                }
            }

            var asked = usable.Select(item => item.Subscription.Key).ToHashSet();
            foreach (var (key, pump) in _pumps.Where(pair =>
                pair.Key.AppId == app.App.AppId && !_declared.Contains(pair.Key) && !asked.Contains(pair.Key)))
            {
                broker.Remove(pump);
                pump.Redefine(null);
                store.Subscriptions.Forget(key);
            }
        }
    }

    private void Add(Subscription subscription, long number, AppChannel app, ILookup<long, OwedDelivery> owed)
    {
        var pump = new SubscriptionPump(subscription, number, app, options, deliver);
        foreach (var delivery in owed[number]) pump.Restore(delivery);
        _pumps[subscription.Key] = pump;
        broker.Add(pump);
        if (subscription.DeadLetterTopic is { } letters
            && configuration.Component(subscription.PubSub)?.MayPublish(subscription.AppId, letters) != true)
        {
            logger.LogWarning(
                "{App} may not publish to its dead-letter topic {Topic}; its failed messages are redelivered instead",
                subscription.AppId,
                letters);
        }
    }

    /// <summary>A file's subscription wins over the app's own to the same topic.</summary>
    private List<(Subscription Subscription, string Definition)> Usable(string appId, string answer)
    {
        var (usable, faults) = DiscoveredSubscriptions.Read(appId, answer);
        foreach (var fault in faults) logger.LogWarning("{App} asks for a subscription that cannot be used: {Fault}", appId, fault);
        foreach (var (refused, _) in usable.Where(item => !configuration.MaySubscribe(appId, item.Subscription)))
        {
            logger.LogWarning("{App} may not subscribe to {Topic} of {PubSub}", appId, refused.Topic, refused.PubSub);
        }
        return [.. usable
            .Where(item => configuration.MaySubscribe(appId, item.Subscription) && !_declared.Contains(item.Subscription.Key))
            .DistinctBy(item => item.Subscription.Key)];
    }
}
