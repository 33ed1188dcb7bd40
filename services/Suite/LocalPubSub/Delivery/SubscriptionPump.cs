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

    private readonly Lock gate = new();
    private readonly Queue<PendingDelivery> ready = new();
    private readonly Queue<PendingDelivery> later = new();
    private readonly PriorityQueue<PendingDelivery, long> delayed = new();
    private readonly TaskCompletionSource idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ITimer? timer;
    private int running;
    private int runningLater;
    private bool wanted = true;
    private bool stopped;

    public Subscription Subscription { get; private set; } = definition;

    public long Number => number;

    public AppChannel App => app;

    /// <summary>Deliveries that are owed, running ones included.</summary>
    public int Pending { get; private set; }

    public void Enqueue(StoredMessage message)
    {
        lock (gate)
        {
            Pending++;
            Offer(new PendingDelivery(message.Id, 0, ready.Count + later.Count < Cached ? message : null, message.Later));
            StartWorkers();
        }
    }

    /// <summary>Takes up what an earlier run left.</summary>
    public void Restore(OwedDelivery owed)
    {
        lock (gate)
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
        lock (gate) StartWorkers();
    }

    /// <summary>The app asks for other routes, or (null) for this topic no longer: then what is owed waits until it does again.</summary>
    public void Redefine(Subscription? changed)
    {
        lock (gate)
        {
            Subscription = changed ?? Subscription;
            wanted = changed is not null;
            StartWorkers();
        }
    }

    /// <summary>Starts nothing more; completes when what is running has ended.</summary>
    public Task StopAsync()
    {
        lock (gate)
        {
            stopped = true;
            timer?.Dispose();
            if (running == 0) idle.TrySetResult();
            return idle.Task;
        }
    }

    /// <summary>Leaves a worker for what somebody waits for.</summary>
    private int MostLater => Math.Max(1, options.Concurrency * 3 / 4);

    private bool Runs => wanted && !stopped && app.Up;

    private void StartWorkers()
    {
        if (!Runs) return;
        var open = ready.Count + Math.Min(later.Count, MostLater - runningLater);
        for (var start = Math.Min(open, options.Concurrency - running); start > 0; start--)
        {
            running++;
            _ = Task.Run(WorkAsync);
        }
    }

    private async Task WorkAsync()
    {
        while (Next() is { } delivery) Settle(delivery, await deliver(this, delivery));
    }

    private PendingDelivery? Next()
    {
        lock (gate)
        {
            if (Runs && ready.TryDequeue(out var delivery)) return delivery;
            if (Runs && runningLater < MostLater && later.TryDequeue(out delivery))
            {
                runningLater++;
                return delivery;
            }

            running--;
            if (stopped && running == 0) idle.TrySetResult();
            return null;
        }
    }

    private void Settle(PendingDelivery delivery, PumpStep step)
    {
        lock (gate)
        {
            if (delivery.Later) runningLater--;
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

    private void Offer(PendingDelivery delivery) => (delivery.Later ? later : ready).Enqueue(delivery);

    private void Delay(PendingDelivery delivery, long due)
    {
        var first = !delayed.TryPeek(out _, out var earliest) || due < earliest;
        delayed.Enqueue(delivery, due);
        if (first) SetTimer(due);
    }

    private void Due()
    {
        lock (gate)
        {
            if (stopped) return;
            while (delayed.TryPeek(out var delivery, out var due))
            {
                if (due > Now())
                {
                    SetTimer(due);
                    break;
                }

                delayed.Dequeue();
                Offer(delivery);
            }

            StartWorkers();
        }
    }

    private void SetTimer(long due)
    {
        if (stopped) return;
        timer ??= options.Time.CreateTimer(static pump => ((SubscriptionPump)pump!).Due(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(TimeSpan.FromMilliseconds(Math.Max(1, due - Now())), Timeout.InfiniteTimeSpan);
    }

    private long Now() => options.Time.GetUtcNow().ToUnixTimeMilliseconds();
}
