using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Publishes the outbox in commit order, in batches, for ever: what fails is tried again with a growing pause. A crash between
/// publishing and deleting publishes again with the same ids; the consumers' inboxes drop that.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IDbContextFactory<TDb> databases,
    WriteLock writeLock,
    Lease lease,
    OutboxSignal signal,
    DaprPublisher publisher,
    ServiceEntry service,
    ILogger<OutboxDispatcher<TDb>> log) : BackgroundService
    where TDb : GovernanceDbContext
{
    private const int BatchSize = 256;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private int _failures;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await DrainAsync(stoppingToken);
                await signal.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                _failures++;
                CannotPublish(log, fault.Message, _failures);
                await Task.Delay(Pause(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        while (await lease.HoldAsync(ct))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var batch = await db.Outbox.AsNoTracking()
                .Where(row => !row.Parked)
                .OrderBy(row => row.Sequence).ThenBy(row => row.Ordinal)
                .Take(BatchSize)
                .ToListAsync(ct);
            if (batch.Count == 0) return;

            var failed = await publisher.PublishAsync(batch, ct);
            await DeleteAsync(db, batch, failed, ct);
            if (failed.Count > 0) throw new HttpRequestException($"{failed.Count} of {batch.Count} events were refused: {failed.First().Value}");
            Telemetry.Published.Add(batch.Count, Telemetry.Of(service));
            _failures = 0;
        }
    }

    /// <summary>Commits come in sequence, so that nothing older than the batch's last row can appear later.</summary>
    private async Task DeleteAsync(TDb db, List<OutboxRow> batch, IReadOnlyDictionary<string, string> failed, CancellationToken ct)
    {
        using var turn = await writeLock.EnterAsync(ct);
        if (failed.Count == 0)
        {
            var (sequence, ordinal) = (batch[^1].Sequence, batch[^1].Ordinal);
            await db.Outbox
                .Where(row => !row.Parked && (row.Sequence < sequence || (row.Sequence == sequence && row.Ordinal <= ordinal)))
                .ExecuteDeleteAsync(ct);
            return;
        }

        var published = batch.Where(row => !failed.ContainsKey(row.Id)).Select(row => row.Id).ToList();
        await db.Outbox.Where(row => published.Contains(row.Id)).ExecuteDeleteAsync(ct);
    }

    private TimeSpan Pause()
    {
        var pause = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(_failures, 12)));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events wait in the outbox: {Problem} (failure {Failures} in a row)")]
    private static partial void CannotPublish(ILogger log, string problem, int failures);
}
