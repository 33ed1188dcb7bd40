using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// The service's one write lock: the ledger row. SQLite has one process, so an in-process gate queues its writers in order
/// before BEGIN IMMEDIATE takes the file; SQL Server's replicas queue at the row, which every write updates first.
/// </summary>
internal sealed class WriteLock(DatabaseSettings settings) : IDisposable
{
    private readonly SemaphoreSlim? _gate = settings.IsSqlite ? new SemaphoreSlim(1, 1) : null;

    /// <summary>Waits for the in-process turn; nothing to wait for on SQL Server.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken ct)
    {
        if (_gate is not null) await _gate.WaitAsync(ct);
        return new Turn(_gate);
    }

    /// <summary>Takes the lock inside the transaction that has just begun, and loads the row.</summary>
    public async Task<LedgerRow> TakeAsync(GovernanceDbContext db, CancellationToken ct)
    {
        if (_gate is null)
            await db.Ledger.ExecuteUpdateAsync(row => row.SetProperty(ledger => ledger.Stamp, ledger => ledger.Stamp), ct);
        return await db.Ledger.SingleAsync(ct);
    }

    public void Dispose() => _gate?.Dispose();

    /// <summary>A turn in the gate; disposing it lets the next in.</summary>
    internal readonly struct Turn(SemaphoreSlim? gate) : IDisposable
    {
        public void Dispose() => gate?.Release();
    }
}
