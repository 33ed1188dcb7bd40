using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>The last row of a lane that has been published.</summary>
internal readonly record struct OutboxMark(long Sequence, int Ordinal)
{
    public static OutboxMark Start { get; } = new(-1, -1);
}

/// <summary>
/// Deletes what has been published, beside the publishing: it waits for its turns among the writes, and nobody waits for it.
/// </summary>
internal sealed partial class OutboxTrim<TDb>(IDbContextFactory<TDb> databases, WriteLock writeLock, ILogger<OutboxTrim<TDb>> log)
    where TDb : GovernanceDbContext
{
    /// <summary>How many rows a turn deletes at most, so that the next write does not wait long.</summary>
    private const int BatchSize = 2000;

    private readonly Lock _gate = new();
    private readonly Dictionary<Lane, OutboxMark> _due = [];
    private Task _running = Task.CompletedTask;

    /// <summary>Everything of the lane up to the mark may go.</summary>
    public void Begin(Lane lane, OutboxMark mark, CancellationToken ct)
    {
        lock (_gate)
        {
            _due[lane] = mark;
            if (_running.IsCompleted) _running = Task.Run(() => RunAsync(ct), CancellationToken.None);
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task EndAsync()
    {
        lock (_gate) return _running;
    }

    private async Task RunAsync(CancellationToken ct)
    {
        while (Next() is { } next)
        {
            try
            {
                while (await DeleteAsync(next.Lane, next.Mark, ct) == BatchSize)
                {
                }
            }
            catch (Exception fault)
            {
                // The next mark tries again; until then the rows are published ones that a restart would publish once more.
                if (!ct.IsCancellationRequested) CannotDelete(log, fault);
                return;
            }
        }
    }

    private (Lane Lane, OutboxMark Mark)? Next()
    {
        lock (_gate)
        {
            foreach (var (lane, mark) in _due)
            {
                _due.Remove(lane);
                return (lane, mark);
            }

            // Said under the gate: who comes after this begins anew.
            _running = Task.CompletedTask;
            return null;
        }
    }

    private async Task<int> DeleteAsync(Lane lane, OutboxMark mark, CancellationToken ct)
    {
        using var turn = await writeLock.EnterAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Outbox
            .Where(row => row.Lane == lane && !row.Parked
                && (row.Sequence < mark.Sequence || (row.Sequence == mark.Sequence && row.Ordinal <= mark.Ordinal)))
            .OrderBy(row => row.Sequence).ThenBy(row => row.Ordinal)
            .Take(BatchSize)
            .ExecuteDeleteAsync(ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was published cannot be taken out of the outbox yet")]
    private static partial void CannotDelete(ILogger log, Exception fault);
}
