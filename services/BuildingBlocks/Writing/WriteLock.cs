using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Persistence;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.BuildingBlocks.Writing;

/// <summary>
/// The service's one write lock: the ledger row. Writers of a process queue at a gate, in order and without holding a
/// connection, before BEGIN IMMEDIATE takes SQLite's file; SQL Server's replicas then meet at the row, which every write
/// updates first.
/// </summary>
internal sealed class WriteLock(DatabaseSettings settings) : IDisposable
{
    /// <summary>
    /// How long a write waits for another replica's, an import's batch for instance; its caller's deadline may end it before.
    /// </summary>
    private const int LongestWait = 300;

    private const int CommandTimedOut = -2;
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Waits for the turn in this process.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        return new Turn(_gate);
    }

    /// <summary>Takes the lock inside the transaction that has just begun, and loads the row.</summary>
    /// <exception cref="Unavailable">Another replica held it for too long.</exception>
    public async Task<LedgerRow> TakeAsync(GovernanceDbContext db, CancellationToken ct)
    {
        if (!settings.IsSqlite) await TakeRowAsync(db, ct);
        return await db.Ledger.SingleAsync(ct);
    }

    public void Dispose() => _gate.Dispose();

    private static async Task TakeRowAsync(GovernanceDbContext db, CancellationToken ct)
    {
        try
        {
            db.Database.SetCommandTimeout(LongestWait);
            await db.Ledger.ExecuteUpdateAsync(row => row.SetProperty(ledger => ledger.Stamp, ledger => ledger.Stamp), ct);
        }
        catch (SqlException fault) when (fault.Number == CommandTimedOut)
        {
            throw new Unavailable("WRITES_WAIT", "Other writes take longer than this one could wait.", Duration.FromSeconds(5));
        }
        finally
        {
            db.Database.SetCommandTimeout(null);
        }
    }

    /// <summary>A turn at the gate; disposing it lets the next in.</summary>
    internal readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
