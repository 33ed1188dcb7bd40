using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Common.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Publishes every resource and tombstone again, in batches that commit with how far they came: a restart goes on where it
/// was. One run at a time; asking during a run changes nothing, and who needs another asks again.
/// </summary>
internal sealed partial class Republisher<TDb>(
    IDbContextFactory<TDb> databases,
    UnitRunner<TDb> runner,
    ServiceEntry service,
    IEnumerable<IRepublishSource<TDb>> further,
    ILogger<Republisher<TDb>> log) : BackgroundService
    where TDb : GovernanceDbContext
{
    private const int BatchSize = 200;
    private const int DeepOutbox = 2000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly OutboxSignal _begun = new();
    private IReadOnlyList<IRepublishSource<TDb>>? _sources;

    private UnitScope Scope => new(Caller.Service(service), "Republish", []);

    /// <summary>Begins a run, unless one is going on.</summary>
    /// <returns>The run.</returns>
    public async Task<string> BeginAsync(WriteUnit<TDb> unit, CancellationToken ct)
    {
        if (await unit.Db.RepublishRuns.OrderBy(run => run.StartTime).FirstOrDefaultAsync(ct) is { } running) return running.Run;
        var row = new RepublishRow
        {
            Run = Guid.CreateVersion7().ToString("n"),
            SnapshotSequence = unit.Sequence,
            StartTime = SystemTime.Now,
        };
        unit.Db.RepublishRuns.Add(row);
        unit.AfterCommit(_begun.Set);
        return row.Run;
    }

    /// <summary>How many resources a run would send now.</summary>
    public async Task<long> CountAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        long count = 0;
        foreach (var source in Sources(db)) count += await source.CountAsync(db, ct);
        return count;
    }

    /// <summary>After a restore: a new epoch, everything published, every neighbour asked for its state.</summary>
    public Task RaiseEpochAsync(CancellationToken ct) => runner.RunAsync(
        Scope with { TraceParent = Correlation.TraceParent },
        async (unit, token) =>
        {
            unit.Ledger.Epoch++;
            unit.Db.RepublishRuns.RemoveRange(await unit.Db.RepublishRuns.ToListAsync(token));
            foreach (var neighbour in await unit.Db.Neighbours.ToListAsync(token)) (neighbour.Complete, neighbour.Asks) = (false, 0);
            unit.Db.RepublishRuns.Add(new RepublishRow
            {
                Run = Guid.CreateVersion7().ToString("n"),
                SnapshotSequence = unit.Sequence,
                StartTime = SystemTime.Now,
            });
            return unit.Epoch;
        },
        ct);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await IsDeepAsync(stoppingToken)) await Task.Delay(Pause, stoppingToken);
                else if (!await StepAsync(stoppingToken)) await _begun.WaitAsync(TimeSpan.FromSeconds(30), stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                Interrupted(log, fault);
                await Task.Delay(TimeSpan.FromSeconds(1), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Looks at no more rows than decide it: behind a large import there may be a million.</summary>
    private async Task<bool> IsDeepAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.RepublishRuns.AnyAsync(ct) && await db.Outbox.Where(row => !row.Parked)
            .OrderBy(row => row.Sequence)
            .ThenBy(row => row.Ordinal)
            .Skip(DeepOutbox)
            .AnyAsync(ct);
    }

    private async Task<bool> StepAsync(CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (!await db.RepublishRuns.AnyAsync(ct)) return false;
        }

        return await runner.RunAsync(Scope, StepAsync, ct);
    }

    private async Task<bool> StepAsync(WriteUnit<TDb> unit, CancellationToken ct)
    {
        if (await unit.Db.RepublishRuns.OrderBy(run => run.StartTime).FirstOrDefaultAsync(ct) is not { } run) return false;
        if (Next(run, Sources(unit.Db)) is not { } source)
        {
            Complete(unit, run);
            return true;
        }

        var batch = await source.ReadAsync(unit.Db, run.Cursor, BatchSize, ct);
        foreach (var resource in batch.Where(resource => resource.Event is not null))
        {
            unit.Raised.Add(
                new RaisedEvent(resource.Subject, resource.Event!, "REPUBLISHED", resource.Version, resource.Deleted) { Run = run.Run });
            run.Sent++;
        }

        if (batch.Count < BatchSize) (run.Done, run.Cursor) = ($"{run.Done}{source.Name}{RepublishRow.Separator}", "");
        else (run.Source, run.Cursor) = (source.Name, batch[^1].Cursor);
        return true;
    }

    /// <summary>
    /// Where the run goes on. Known by name, since the next release may have other sources: one that is new is read too, and
    /// where one has gone its cursor counts for no other.
    /// </summary>
    private static IRepublishSource<TDb>? Next(RepublishRow run, IReadOnlyList<IRepublishSource<TDb>> sources)
    {
        var done = run.Done.Split(RepublishRow.Separator);
        List<IRepublishSource<TDb>> open = [.. sources.Where(source => !done.Contains(source.Name, StringComparer.Ordinal))];
        if (run.Cursor.Length > 0 && open.Find(source => source.Name == run.Source) is { } begun) return begun;
        run.Cursor = "";
        return open.FirstOrDefault();
    }

    private void Complete(WriteUnit<TDb> unit, RepublishRow run)
    {
        unit.Db.RepublishRuns.Remove(run);
        var completed = new RepublishCompleted
        {
            Owner = service.Name,
            Run = run.Run,
            Total = run.Sent,
            Epoch = unit.Epoch,
            SnapshotSequence = run.SnapshotSequence,
        };
        unit.Raised.Add(new RaisedEvent($"republishes/{run.Run}", completed, "COMPLETED", unit.Sequence, Deleted: false) { Run = run.Run });
    }

    private IReadOnlyList<IRepublishSource<TDb>> Sources(TDb db) => _sources ??=
    [
        .. db.Model.GetEntityTypes()
            .Where(type => type.ClrType.IsAssignableTo(typeof(Aggregate)) && type.BaseType is null)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type =>
                (IRepublishSource<TDb>)Activator.CreateInstance(typeof(AggregateSource<,>).MakeGenericType(typeof(TDb), type.ClrType))!),
        new TombstoneSource<TDb>(log),
        .. further,
    ];

    [LoggerMessage(Level = LogLevel.Warning, Message = "A republish was interrupted; it goes on")]
    private static partial void Interrupted(ILogger log, Exception fault);
}
