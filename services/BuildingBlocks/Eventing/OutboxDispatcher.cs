using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// Publishes the outbox, the first lane before the later one and each in commit order, in batches, for ever: what fails is tried
/// again with a growing pause. It reads on behind marks that it holds in memory; what lies before them is deleted when the write
/// lock is free. A crash publishes that again with the same ids; the consumers' inboxes drop it.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IDbContextFactory<TDb> databases,
    OutboxTrim<TDb> trim,
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
    private readonly Dictionary<Lane, OutboxMark> _marks = [];

    /// <summary>What went out of a batch that partly failed: it lies behind the mark and is not published again.</summary>
    private readonly HashSet<string> _sent = new(StringComparer.Ordinal);

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
                break;
            }
            catch (Exception fault)
            {
                _failures++;
                CannotPublish(log, fault.Message, _failures);
                await Task.Delay(Pause(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await trim.EndAsync();
    }

    private async Task DrainAsync(CancellationToken ct)
    {
        while (await lease.HoldAsync(ct))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var batch = await NextAsync(db, Lane.First, ct);
            if (batch.Count == 0) batch = await NextAsync(db, Lane.Later, ct);
            if (batch.Count == 0) return;
            await PublishAsync(batch, ct);
        }

        // Another replica publishes: what it has left when it is gone is read from the beginning.
        _marks.Clear();
        _sent.Clear();
    }

    private Task<List<OutboxRow>> NextAsync(TDb db, Lane lane, CancellationToken ct)
    {
        var (sequence, ordinal) = _marks.GetValueOrDefault(lane, OutboxMark.Start);
        return db.Outbox.AsNoTracking()
            .Where(row =>
                row.Lane == lane && !row.Parked && (row.Sequence > sequence || (row.Sequence == sequence && row.Ordinal > ordinal)))
            .OrderBy(row => row.Sequence).ThenBy(row => row.Ordinal)
            .Take(BatchSize)
            .ToListAsync(ct);
    }

    /// <summary>Commits come in sequence, so that nothing older than the batch's last row can appear in its lane later.</summary>
    private async Task PublishAsync(List<OutboxRow> batch, CancellationToken ct)
    {
        var open = batch.Where(row => !_sent.Contains(row.Id)).ToList();
        var failed = await publisher.PublishAsync(open, ct);
        Telemetry.Published.Add(open.Count - failed.Count, Telemetry.Of(service));
        if (failed.Count > 0)
        {
            _sent.UnionWith(open.Where(row => !failed.ContainsKey(row.Id)).Select(row => row.Id));
            throw new HttpRequestException($"{failed.Count} of {open.Count} events were refused: {failed.First().Value}");
        }

        _sent.ExceptWith(batch.Select(row => row.Id));
        _marks[batch[^1].Lane] = new OutboxMark(batch[^1].Sequence, batch[^1].Ordinal);
        trim.Begin(batch[^1].Lane, _marks[batch[^1].Lane], ct);
        _failures = 0;
    }

    private TimeSpan Pause()
    {
        var pause = TimeSpan.FromMilliseconds(50 * Math.Pow(2, Math.Min(_failures, 12)));
        return pause < LongestPause ? pause : LongestPause;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Events wait in the outbox: {Problem} (failure {Failures} in a row)")]
    private static partial void CannotPublish(ILogger log, string problem, int failures);
}
