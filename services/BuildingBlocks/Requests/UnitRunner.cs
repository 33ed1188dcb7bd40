using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Requests;

/// <summary>Runs units of work: lock, fresh context, work, one save, commit. Nothing of a failed try is left behind.</summary>
internal sealed class UnitRunner<TDb>(
    IDbContextFactory<TDb> databases, WriteLock writeLock, UnitSave save, OutboxSignal signal, BusinessClock clock)
    where TDb : GovernanceDbContext
{
    public async Task<T> RunAsync<T>(UnitScope scope, Func<WriteUnit<TDb>, CancellationToken, Task<T>> work, CancellationToken ct)
    {
        T? result = default;
        await RunManyAsync([(scope, async (unit, token) => result = await work(unit, token))], ct);
        return result!;
    }

    /// <summary>Several units in one commit, each saved before the next begins. All of them, or none.</summary>
    public async Task RunManyAsync(
        IReadOnlyList<(UnitScope Scope, Func<WriteUnit<TDb>, CancellationToken, Task> Work)> jobs, CancellationToken ct)
    {
        using var turn = await writeLock.EnterAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var strategy = db.Database.CreateExecutionStrategy();
        if (strategy.RetriesOnFailure) await strategy.ExecuteAsync(token => TryFreshAsync(jobs, token), ct);
        else await TryAsync(db, jobs, ct);
    }

    private async Task TryFreshAsync(
        IReadOnlyList<(UnitScope Scope, Func<WriteUnit<TDb>, CancellationToken, Task> Work)> jobs, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await TryAsync(db, jobs, ct);
    }

    private async Task TryAsync(
        TDb db, IReadOnlyList<(UnitScope Scope, Func<WriteUnit<TDb>, CancellationToken, Task> Work)> jobs, CancellationToken ct)
    {
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var ledger = await writeLock.TakeAsync(db, ct);
        var units = new List<WriteUnit<TDb>>(jobs.Count);
        foreach (var (scope, work) in jobs)
        {
            var unit = new WriteUnit<TDb>(db, ledger, scope, clock.Now);
            await work(unit, ct);
            if (unit.Discarded) return;
            await save.PrepareAsync(unit, ct);
            await db.SaveChangesAsync(ct);
            if (scope.ValidateOnly) return;
            units.Add(unit);
        }

        // From here the outcome must be known: a caller that gives up no longer stops the commit.
        await transaction.CommitAsync(CancellationToken.None);
        units.ForEach(unit => unit.Committed());
        if (units.Exists(unit => unit.Published)) signal.Set();
    }
}
