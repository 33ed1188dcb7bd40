using Governance.Suite.LocalPubSub.Resources;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>A delivery in memory; the message itself comes along only while the queue is short.</summary>
internal readonly record struct PendingDelivery(long MessageId, int Failures, StoredMessage? Message, bool Later);

/// <summary>
/// What one subscription is owed, and the bounded number of workers that deliver it. Woken by commits, by retries that come due
/// and by the app coming back; never by polling. Only ids are kept, so a long outage of the app costs little memory. What an
/// import published waits while anything else does, and never takes all workers.
/// </summary>
internal sealed class SubscriptionPump(
    Subscription definition, long number, AppChannel app, LocalPubSubOptions options,
    Func<SubscriptionPump, PendingDelivery, Task<PumpStep>> deliver)
{
    /// <summary>Messages kept in memory with their ids; beyond, they are read back from the file.</summary>
    private const int Cached = 64;

    private readonly Lock _gate = new();
    private readonly Queue<PendingDelivery> _ready = new();
    private readonly Queue<PendingDelivery> _later = new();
    private readonly PriorityQueue<PendingDelivery, long> _delayed = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? _timer;
    private int _running;
    private int _runningLater;
    private bool _wanted = true;
    private bool _stopped;

    public Subscription Subscription { get; private set; } = definition;

    public long Number => number;

    public AppChannel App => app;

    /// <summary>Deliveries that are owed, running ones included.</summary>
    public int Pending { get; private set; }

    public void Enqueue(StoredMessage message)
    {
        lock (_gate)
        {
            Pending++;
            Offer(new PendingDelivery(message.Id, 0, _ready.Count + _later.Count < Cached ? message : null, message.Later));
            StartWorkers();
        }
    }

    /// <summary>Takes up what an earlier run left.</summary>
    public void Restore(OwedDelivery owed)
    {
        lock (_gate)
        {
            Pending++;
            var delivery = new PendingDelivery(owed.Message, owed.Failures, null, owed.Later);
            if (owed.Due <= Now()) Offer(delivery);
            else Delay(delivery, owed.Due);
        }
    }

    /// <summary>The app can be reached (again).</summary>
    public void Resume()
    {
        lock (_gate) StartWorkers();
    }

    /// <summary>The app asks for other routes, or (null) for this topic no longer: then what is owed waits until it does again.</summary>
    public void Redefine(Subscription? changed)
    {
        lock (_gate)
        {
            Subscription = changed ?? Subscription;
            _wanted = changed is not null;
            StartWorkers();
        }
    }

    /// <summary>Starts nothing more; completes when what is running has ended.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _timer?.Dispose();
            if (_running == 0) _idle.TrySetResult();
            return _idle.Task;
        }
    }

    /// <summary>Leaves a worker for what somebody waits for.</summary>
    private int MostLater => Math.Max(1, options.Concurrency * 3 / 4);

    private bool Runs => _wanted && !_stopped && app.Up;

    private void StartWorkers()
    {
        if (!Runs) return;
        var open = _ready.Count + Math.Min(_later.Count, MostLater - _runningLater);
        for (var start = Math.Min(open, options.Concurrency - _running); start > 0; start--)
        {
            _running++;
            _ = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { } delivery) Settle(delivery, await deliver(this, delivery));
    }

    private PendingDelivery? Next()
    {
        lock (_gate)
        {
            if (Runs && _ready.TryDequeue(out var delivery)) return delivery;
            if (Runs && _runningLater < MostLater && _later.TryDequeue(out delivery))
            {
                _runningLater++;
                return delivery;
            }

            _running--;
            if (_stopped && _running == 0) _idle.TrySetResult();
            return null;
        }
    }

    private void Settle(PendingDelivery delivery, PumpStep step)
    {
        lock (_gate)
        {
            if (delivery.Later) _runningLater--;
            switch (step)
            {
                case PumpStep.Finished:
                    Pending--;
                    break;
                case PumpStep.Postponed later:
                    Delay(delivery with { Failures = later.Failures, Message = null }, Now() + (long)later.Delay.TotalMilliseconds);
                    break;
                case PumpStep.Waiting:
                    Offer(delivery);
                    break;
            }
        }
    }

    private void Offer(PendingDelivery delivery) => (delivery.Later ? _later : _ready).Enqueue(delivery);

    private void Delay(PendingDelivery delivery, long due)
    {
        var first = !_delayed.TryPeek(out _, out var earliest) || due < earliest;
        _delayed.Enqueue(delivery, due);
        if (first) SetTimer(due);
    }

    private void Due()
    {
        lock (_gate)
        {
            if (_stopped) return;
            while (_delayed.TryPeek(out var delivery, out var due))
            {
                if (due > Now())
                {
                    SetTimer(due);
                    break;
                }

                _delayed.Dequeue();
                Offer(delivery);
            }

            StartWorkers();
        }
    }

    private void SetTimer(long due)
    {
        if (_stopped) return;
        _timer ??= options.Time.CreateTimer(
            static pump => ((SubscriptionPump)pump!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, due - Now())), Timeout.InfiniteTimeSpan);
    }

    private long Now() => options.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
