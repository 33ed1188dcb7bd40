using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Governance.BuildingBlocks.Writing;

/// <summary>Runs units of work: lock, fresh context, work, one save, commit. Nothing of a failed try is left behind.</summary>
internal sealed class UnitRunner<TDb>(
    IDbContextFactory<TDb> databases,
    WriteLock writeLock,
    Followers<TDb> followers,
    UnitSave save,
    OutboxSignal signal,
    BusinessClock clock)
    where TDb : GovernanceDbContext
{
    public async Task<T> RunAsync<T>(UnitScope scope, Func<WriteUnit<TDb>, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        T? result = default;
        await RunManyAsync([new UnitJob<TDb>(scope, async (unit, token) => result = await work(unit, token))], ct);
        return result!;
    }

    /// <summary>Several units in one commit, each saved before the next begins. All of them, or none.</summary>
    public async Task RunManyAsync(IReadOnlyList<UnitJob<TDb>> jobs, CancellationToken ct)
    {
        using var turn = await writeLock.EnterAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var strategy = db.Database.CreateExecutionStrategy();
        var attempt = new Attempt(jobs);
        if (strategy.RetriesOnFailure) await strategy.ExecuteAsync(attempt, TryFreshAsync, HasCommittedAsync, ct);
        else await TryAsync(db, attempt, ct);

        attempt.Units.ForEach(unit => unit.Committed());
        if (attempt.Units.Exists(unit => unit.Published)) signal.Set();
    }

    private async Task<bool> TryFreshAsync(DbContext first, Attempt attempt, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await TryAsync(db, attempt, ct);
        return true;
    }

    private async Task TryAsync(TDb db, Attempt attempt, CancellationToken ct)
    {
        attempt.Units.Clear();
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ledger = await writeLock.TakeAsync(db, ct);
        var before = ledger.AuditSequence;
        foreach (var job in attempt.Jobs)
        {
            var unit = new WriteUnit<TDb>(db, ledger, job.Scope, clock.Now);
            await job.Work(unit, ct);
            if (unit.Discarded) return;

            // What the work changed is found once, and again only where a follower may have changed more.
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            await followers.RunAsync(unit, ct);
            await job.Answer(unit, ct);
            await save.PrepareAsync(unit, ct);
            await db.SaveChangesAsync(ct);
            await unit.NewRows.WriteAsync(db, ct);
            if (job.Scope.ValidateOnly) return;
            attempt.Units.Add(unit);
        }

        attempt.Proof = ledger.AuditSequence > before ? (ledger.AuditSequence, ledger.AuditHead) : null;

        // From here the outcome must be known: a caller that gives up no longer stops the commit.
        await transaction.CommitAsync(CancellationToken.None);
    }

    /// <summary>
    /// Tells a commit whose answer was lost from one that did not happen, by its audit entry. What appends none is an event's
    /// effect, and its inbox row lets a second try do nothing.
    /// </summary>
    private async Task<ExecutionResult<bool>> HasCommittedAsync(DbContext first, Attempt attempt, CancellationToken ct)
    {
        if (attempt.Proof is not { } proof) return new ExecutionResult<bool>(false, false);
        await using var db = await databases.CreateDbContextAsync(ct);
        var committed = await db.AuditEntries.AnyAsync(entry => entry.Sequence == proof.Sequence && entry.Hash == proof.Hash, ct);
        return new ExecutionResult<bool>(committed, committed);
    }

    /// <summary>What is known of the last try.</summary>
    private sealed class Attempt(IReadOnlyList<UnitJob<TDb>> jobs)
    {
        public IReadOnlyList<UnitJob<TDb>> Jobs { get; } = jobs;

        public List<WriteUnit<TDb>> Units { get; } = [];

        public (long Sequence, string Hash)? Proof { get; set; }
    }
}
