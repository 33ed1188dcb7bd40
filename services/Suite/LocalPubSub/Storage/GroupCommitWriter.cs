using Microsoft.Data.Sqlite;

namespace Governance.Suite.LocalPubSub.Storage;

/// <summary>
/// The only writer of the file, on a thread of its own. What arrives while a commit is being made durable shares the next one,
/// so concurrent publishers pay for one flush together. Deferred work (a delivery done, a retry noted) rides along with the next
/// commit or follows after a short wait: losing it in a crash only repeats a delivery.
/// </summary>
internal sealed class GroupCommitWriter : IDisposable
{
    private static readonly TimeSpan DeferredWait = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>More than this in one commit would make the first wait too long for the last.</summary>
    private const int LargestGroup = 512;

    private readonly SqliteConnection connection;
    private readonly ILogger logger;
    private readonly StoreCommands commands;
    private readonly object gate = new();
    private readonly Thread thread;
    private readonly Queue<(Action<StoreCommands> Work, TaskCompletionSource Done)> urgent = new();
    private List<Action<StoreCommands>> deferred = [];
    private long deferredDue = long.MaxValue;
    private bool closing;

    public GroupCommitWriter(SqliteConnection connection, ILogger logger)
    {
        (this.connection, this.logger) = (connection, logger);
        commands = new StoreCommands(connection);
        thread = new Thread(Run) { IsBackground = true, Name = "local-pubsub-writer" };
        thread.Start();
    }

    /// <summary>False after a commit failed, until one succeeds.</summary>
    public bool Healthy { get; private set; } = true;

    /// <summary>Completes when the work is durable.</summary>
    public Task CommitAsync(Action<StoreCommands> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(closing, this);
            urgent.Enqueue((work, done));
            Monitor.Pulse(gate);
        }

        return done.Task;
    }

    /// <summary>Makes the work durable soon; it survives a failing commit and a clean stop, not a crash.</summary>
    public void Defer(Action<StoreCommands> work)
    {
        lock (gate)
        {
            if (deferred.Count == 0) deferredDue = DueAfter(DeferredWait);
            deferred.Add(work);
            Monitor.Pulse(gate);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            closing = true;
            Monitor.Pulse(gate);
        }

        thread.Join();
        commands.Dispose();
    }

    private void Run()
    {
        while (Take() is { } group) Commit(group);
    }

    private Group? Take()
    {
        lock (gate)
        {
            while (urgent.Count == 0 && !closing && Environment.TickCount64 < deferredDue)
            {
                if (deferredDue == long.MaxValue) Monitor.Wait(gate);
                else Monitor.Wait(gate, TimeSpan.FromMilliseconds(Math.Max(1, deferredDue - Environment.TickCount64)));
            }

            if (closing && urgent.Count == 0 && deferred.Count == 0) return null;
            var publishes = new List<(Action<StoreCommands> Work, TaskCompletionSource Done)>(Math.Min(urgent.Count, LargestGroup));
            while (publishes.Count < LargestGroup && urgent.TryDequeue(out var publish)) publishes.Add(publish);
            var group = new Group(publishes, deferred);
            (deferred, deferredDue) = ([], long.MaxValue);
            return group;
        }
    }

    private void Commit(Group group)
    {
        try
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            commands.JoinTransaction(transaction);
            foreach (var work in group.Deferred) work(commands);
            foreach (var (work, _) in group.Urgent) work(commands);
            transaction.Commit();
            Healthy = true;
        }
        catch (Exception failure)
        {
            Fail(group, failure);
            return;
        }

        foreach (var (_, done) in group.Urgent) done.SetResult();
    }

    private void Fail(Group group, Exception failure)
    {
        Healthy = false;
        logger.LogError(failure, "The pub/sub file could not be written; {Count} publishes were refused", group.Urgent.Count);
        lock (gate)
        {
            // A clean stop gives up here: the rows stay, and those deliveries are repeated after the next start.
            if (!closing)
            {
                deferred = [.. group.Deferred, .. deferred];
                if (deferred.Count > 0) deferredDue = DueAfter(AfterFailure);
            }
        }

        foreach (var (_, done) in group.Urgent) done.SetException(failure);
    }

    private static long DueAfter(TimeSpan wait) => Environment.TickCount64 + (long)wait.TotalMilliseconds;

    private sealed record Group(List<(Action<StoreCommands> Work, TaskCompletionSource Done)> Urgent, List<Action<StoreCommands>> Deferred);
}
