using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Grpc.Core;

namespace Governance.BuildingBlocks.Writing;

/// <summary>What an import did so far. Records are refused while they are read, and counted while others are kept.</summary>
public sealed class ImportTally
{
    private const int MostListed = 1000;
    private readonly Lock _turn = new();
    private readonly ImportSummary _summary = new();

    /// <summary>New records.</summary>
    public int CreatedCount => _summary.Created;

    /// <summary>Changed records.</summary>
    public int UpdatedCount => _summary.Updated;

    /// <summary>Refused records.</summary>
    public int RejectedCount => _summary.RejectedCount;

    /// <summary>Counts a new record.</summary>
    public void Created() => _summary.Created++;

    /// <summary>Counts a changed record.</summary>
    public void Updated() => _summary.Updated++;

    /// <summary>Counts a record that was there already, or is newer here.</summary>
    public void Unchanged() => _summary.Unchanged++;

    /// <summary>Counts a refused record; the first thousand are listed.</summary>
    /// <param name="position">Its index from 0, `line 12`, or a JSON path.</param>
    /// <param name="id">Its own id, as far as it could be read.</param>
    /// <param name="reason">What is wrong with it.</param>
    public void Reject(string position, string id, string reason)
    {
        lock (_turn)
        {
            _summary.RejectedCount++;
            if (_summary.Rejected.Count < MostListed)
            {
                _summary.Rejected.Add(new RejectedRecord { Position = position, Id = id, Reason = reason });
            }
        }
    }

    /// <summary>The answer.</summary>
    public ImportSummary ToSummary() => _summary.Clone();

    internal void Add(ImportTally other)
    {
        lock (_turn)
        {
            _summary.Created += other._summary.Created;
            _summary.Updated += other._summary.Updated;
            _summary.Unchanged += other._summary.Unchanged;
            _summary.RejectedCount += other._summary.RejectedCount;
            _summary.Rejected.AddRange(other._summary.Rejected.Take(MostListed - _summary.Rejected.Count));
        }
    }
}

/// <summary>A record that can say where it stood, when it is refused after it was read.</summary>
public interface IImportedRecord
{
    /// <summary>Its index from 0, `line 12`, or a JSON path.</summary>
    string Position { get; }

    /// <summary>Its own id.</summary>
    string Id { get; }
}

/// <summary>Runs imports: batches of 500 records, each one write with its events and one audit entry.</summary>
/// <typeparam name="TDb">The service's database.</typeparam>
public sealed class Imports<TDb>(Writes<TDb> writes)
    where TDb : GovernanceDbContext
{
    private const int BatchSize = 500;

    /// <summary>Applies records as they come; what a batch committed stays when a later one fails.</summary>
    /// <param name="context">The call.</param>
    /// <param name="resource">What the audit entry is about, `advisories`.</param>
    /// <param name="records">The parsed records. Reject what cannot be parsed on <paramref name="tally"/> and leave it out.</param>
    /// <param name="apply">Applies one batch and tallies it. May run again on a fresh unit and a fresh tally; must not save.</param>
    /// <param name="tally">The import's tally; batches are added to it when they have committed.</param>
    public async Task RunAsync<TRecord>(
        ServerCallContext context,
        string resource,
        IAsyncEnumerable<TRecord> records,
        Func<WriteUnit<TDb>, IReadOnlyList<TRecord>, ImportTally, CancellationToken, Task> apply,
        ImportTally tally) =>
        await RunAsync(records, apply, tally, work => writes.RunBatchAsync(context, resource, work), context.CancellationToken);

    /// <summary>Applies records that the service fetched by itself.</summary>
    /// <param name="action">What the audit log calls it.</param>
    /// <param name="resource">What the audit entry is about.</param>
    /// <param name="records">The parsed records.</param>
    /// <param name="apply">Applies one batch and tallies it. May run again on a fresh unit and a fresh tally; must not save.</param>
    /// <param name="tally">The import's tally; batches are added to it when they have committed.</param>
    /// <param name="ct">Gives up before the next batch.</param>
    public async Task RunAsync<TRecord>(
        string action,
        string resource,
        IAsyncEnumerable<TRecord> records,
        Func<WriteUnit<TDb>, IReadOnlyList<TRecord>, ImportTally, CancellationToken, Task> apply,
        ImportTally tally,
        CancellationToken ct) =>
        await RunAsync(records, apply, tally, work => writes.RunBatchAsync(action, resource, work, ct), ct);

    private static async Task RunAsync<TRecord>(
        IAsyncEnumerable<TRecord> records,
        Func<WriteUnit<TDb>, IReadOnlyList<TRecord>, ImportTally, CancellationToken, Task> apply,
        ImportTally tally,
        Func<Func<WriteUnit<TDb>, CancellationToken, Task<ImportTally>>, Task<ImportTally>> write,
        CancellationToken ct)
    {
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var batches = records.Chunk(BatchSize).GetAsyncEnumerator(reading.Token);
        var next = ReadAsync(batches);
        try
        {
            while (await next)
            {
                var batch = batches.Current;
                next = ReadAsync(batches);
                await KeepAsync(batch);
            }
        }
        finally
        {
            // A failed write is answered at once: it does not wait for what a slow caller has yet to send.
            await reading.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task KeepAsync(ArraySegment<TRecord> batch)
        {
            try
            {
                tally.Add(await write(async (unit, token) =>
                {
                    var counted = new ImportTally();
                    await apply(unit, batch, counted, token);
                    return counted;
                }));
            }
            catch (TextTooLong) when (batch.Count > 1)
            {
                // One record's fault is not the others': the halves are tried, down to that record.
                await KeepAsync(batch[..(batch.Count / 2)]);
                await KeepAsync(batch[(batch.Count / 2)..]);
            }
            catch (TextTooLong fault)
            {
                var (position, id) = batch[0] is IImportedRecord record ? (record.Position, record.Id) : ("", "");
                tally.Reject(position, id, fault.Message);
            }
        }
    }

    /// <summary>The next batch is read and parsed while the one before is written.</summary>
    private static Task<bool> ReadAsync<TRecord>(IAsyncEnumerator<TRecord[]> batches) =>
        Task.Run(async () => await batches.MoveNextAsync());
}
