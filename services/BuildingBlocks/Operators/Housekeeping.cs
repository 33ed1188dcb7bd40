using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Governance.BuildingBlocks.Operators;

/// <summary>Once an hour: publishes the signed audit head, and removes what is past its time, a thousand rows at a time.</summary>
internal sealed partial class Housekeeping<TDb>(
    IDbContextFactory<TDb> databases, WriteLock writeLock, AuditHeads<TDb> heads, ILogger<Housekeeping<TDb>> log) : BackgroundService
    where TDb : GovernanceDbContext
{
    private const int BatchSize = 1000;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly Duration InboxKept = Duration.FromDays(30);
    private static readonly Duration RequestsKept = Duration.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = First;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = Interval;
            try
            {
                await heads.PublishAsync(stoppingToken);
                await CleanAsync(SystemTime.Now, stoppingToken);
            }
            catch (Exception fault)
            {
                if (!stoppingToken.IsCancellationRequested) CannotClean(log, fault);
            }
        }
    }

    internal async Task CleanAsync(Instant now, CancellationToken ct)
    {
        var (handled, requested) = (now - InboxKept, now - RequestsKept);
        await DeleteAsync(
            db => db.Inbox.Where(row => row.HandleTime < handled).OrderBy(row => row.HandleTime).Take(BatchSize).ExecuteDeleteAsync(ct),
            ct);
        await DeleteAsync(db => db.RequestResults.Where(row => row.CommitTime < requested)
            .OrderBy(row => row.CommitTime)
            .Take(BatchSize)
            .ExecuteDeleteAsync(ct), ct);
    }

    private async Task DeleteAsync(Func<TDb, Task<int>> delete, CancellationToken ct)
    {
        var deleted = BatchSize;
        while (deleted == BatchSize)
        {
            using var turn = await writeLock.EnterAsync(ct);
            await using var db = await databases.CreateDbContextAsync(ct);
            deleted = await delete(db);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed; the next hour tries again")]
    private static partial void CannotClean(ILogger log, Exception fault);
}
