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

    private readonly SqliteConnection _connection;
    private readonly ILogger _logger;
    private readonly StoreCommands _commands;
    private readonly object _gate = new();
    private readonly Thread _thread;
    private readonly Queue<(Action<StoreCommands> Work, TaskCompletionSource Done)> _urgent = new();
    private List<Action<StoreCommands>> _deferred = [];
    private long _deferredDue = long.MaxValue;
    private bool _closing;

    public GroupCommitWriter(SqliteConnection connection, ILogger logger)
    {
        (_connection, _logger) = (connection, logger);
        _commands = new StoreCommands(connection);
        _thread = new Thread(Run) { IsBackground = true, Name = "local-pubsub-writer" };
        _thread.Start();
    }

    /// <summary>False after a commit failed, until one succeeds.</summary>
    public bool Healthy { get; private set; } = true;

    /// <summary>Completes when the work is durable.</summary>
    public Task CommitAsync(Action<StoreCommands> work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            _urgent.Enqueue((work, done));
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    /// <summary>Makes the work durable soon; it survives a failing commit and a clean stop, not a crash.</summary>
    public void Defer(Action<StoreCommands> work)
    {
        lock (_gate)
        {
            if (_deferred.Count == 0) _deferredDue = DueAfter(DeferredWait);
            _deferred.Add(work);
            Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _commands.Dispose();
    }

    private void Run()
    {
        while (Take() is { } group) Commit(group);
    }

    private Group? Take()
    {
        lock (_gate)
        {
            while (_urgent.Count == 0 && !_closing && Environment.TickCount64 < _deferredDue)
            {
                if (_deferredDue == long.MaxValue) Monitor.Wait(_gate);
                else Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Max(1, _deferredDue - Environment.TickCount64)));
            }

            if (_closing && _urgent.Count == 0 && _deferred.Count == 0) return null;
            var publishes = new List<(Action<StoreCommands> Work, TaskCompletionSource Done)>(Math.Min(_urgent.Count, LargestGroup));
            while (publishes.Count < LargestGroup && _urgent.TryDequeue(out var publish)) publishes.Add(publish);
            var group = new Group(publishes, _deferred);
            (_deferred, _deferredDue) = ([], long.MaxValue);
            return group;
        }
    }

    private void Commit(Group group)
    {
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            _commands.JoinTransaction(transaction);
            foreach (var work in group.Deferred) work(_commands);
            foreach (var (work, _) in group.Urgent) work(_commands);
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
        _logger.LogError(failure, "The pub/sub file could not be written; {Count} publishes were refused", group.Urgent.Count);
        lock (_gate)
        {
            // A clean stop gives up here: the rows stay, and those deliveries are repeated after the next start.
            if (!_closing)
            {
                _deferred = [.. group.Deferred, .. _deferred];
                if (_deferred.Count > 0) _deferredDue = DueAfter(AfterFailure);
            }
        }

        foreach (var (_, done) in group.Urgent) done.SetException(failure);
    }

    private static long DueAfter(TimeSpan wait) => Environment.TickCount64 + (long)wait.TotalMilliseconds;

    private sealed record Group(List<(Action<StoreCommands> Work, TaskCompletionSource Done)> Urgent, List<Action<StoreCommands>> Deferred);
}
