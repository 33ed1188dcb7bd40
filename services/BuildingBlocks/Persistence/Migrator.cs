using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>Brings a service's database up to date, or says that it is not.</summary>
internal sealed partial class Migrator<TDb>(IDbContextFactory<TDb> databases, DatabaseSettings settings, ILogger<Migrator<TDb>> log)
    where TDb : GovernanceDbContext
{
    public async Task MigrateAsync(CancellationToken ct)
    {
        if (settings.IsSqlite) PrepareFile();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (settings.IsSqlite) await ClearStaleLockAsync(db, ct);

        // Migrating compares whole models even when there is nothing to do, which a warm start should not wait for.
        if (!(await db.Database.GetPendingMigrationsAsync(ct)).Any()) return;
        await db.Database.MigrateAsync(ct);
        if (settings.IsSqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
    }

    /// <exception cref="InvalidOperationException">Migrations are missing.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        if (settings.IsSqlite && !File.Exists(settings.SqlitePath))
            throw new InvalidOperationException($"There is no database at {settings.SqlitePath}. Create it with --migrate.");
        await using var db = await databases.CreateDbContextAsync(ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0)
            throw new InvalidOperationException($"The database lacks {pending.Count} migrations, from {pending[0]} on. Run --migrate first.");
    }

    private void PrepareFile()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(settings.SqlitePath)) is { } folder) Directory.CreateDirectory(folder);
    }

    /// <summary>
    /// A crash during a migration leaves a row in EF's lock table, and every later migration would wait for it for ever. On
    /// SQLite nobody else can hold it: the file has one process.
    /// </summary>
    private async Task ClearStaleLockAsync(TDb db, CancellationToken ct)
    {
        var tables = db.Database.SqlQuery<int>($"SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'");
        if (await tables.SingleAsync(ct) == 0) return;
        if (await db.Database.ExecuteSqlAsync($"DELETE FROM \"__EFMigrationsLock\"", ct) > 0) Cleared(log);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Cleared a migration lock that a crash had left")]
    private static partial void Cleared(ILogger log);
}
