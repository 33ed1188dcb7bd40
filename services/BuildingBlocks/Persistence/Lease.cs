using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// One replica's right to publish. SQLite has one process, which always holds it; on SQL Server replicas take it for ten
/// seconds at a time by the database's clock.
/// </summary>
internal abstract class Lease
{
    public const string Outbox = "outbox";

    /// <summary>Takes or keeps the lease.</summary>
    /// <returns>Whether it is held now.</returns>
    public abstract ValueTask<bool> HoldAsync(CancellationToken ct);
}

/// <inheritdoc/>
internal sealed class SqliteLease : Lease
{
    public override ValueTask<bool> HoldAsync(CancellationToken ct) => ValueTask.FromResult(true);
}

/// <inheritdoc/>
internal sealed class SqlServerLease<TDb>(IDbContextFactory<TDb> databases) : Lease
    where TDb : GovernanceDbContext
{
    private static readonly TimeSpan Renew = TimeSpan.FromSeconds(3);
    private readonly string _holder = Guid.NewGuid().ToString("n");
    private long _held;

    public override async ValueTask<bool> HoldAsync(CancellationToken ct)
    {
        if (_held != 0 && TimeProvider.System.GetElapsedTime(_held) < Renew) return true;
        var asked = TimeProvider.System.GetTimestamp();
        await using var db = await databases.CreateDbContextAsync(ct);
        var taken = await db.Database.ExecuteSqlAsync(
            $"""
             UPDATE Leases SET Holder = {_holder}, Until = DATEADD(second, 10, SYSUTCDATETIME())
             WHERE Name = {Outbox} AND (Holder = {_holder} OR Until < SYSUTCDATETIME())
             """,
            ct);
        _held = taken == 1 ? asked : 0;
        return taken == 1;
    }
}
