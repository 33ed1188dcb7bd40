using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>Brings a service's database up to date, or says that it is not.</summary>
internal sealed partial class Migrator<TDb>(IDbContextFactory<TDb> databases, DatabaseSettings settings, ILogger<Migrator<TDb>> log)
    where TDb : GovernanceDbContext
{
    /// <exception cref="DatabaseFault">It cannot be opened or is not such as it must be.</exception>
    public Task MigrateAsync(CancellationToken ct) => OpenedAsync(async () =>
    {
        if (settings.IsSqlite) PrepareFile();
        else await new SqlServerGround(settings.ConnectionString).PrepareAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        if (settings.IsSqlite) await ClearStaleLockAsync(db, ct);
        await RefuseForeignAsync(db, ct);

        // Migrating compares whole models even when there is nothing to do, which a warm start should not wait for.
        if (!(await db.Database.GetPendingMigrationsAsync(ct)).Any()) return;

        // A table of years may take longer to rebuild than any call may last.
        db.Database.SetCommandTimeout(0);
        await db.Database.MigrateAsync(ct);
        db.Database.SetCommandTimeout(null);
        if (settings.IsSqlite) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
    });

    /// <exception cref="DatabaseFault">Migrations are missing, or it cannot be opened or is not such as it must be.</exception>
    public Task CheckAsync(CancellationToken ct) => OpenedAsync(async () =>
    {
        if (settings.IsSqlite && !File.Exists(settings.SqlitePath))
        {
            throw new DatabaseFault($"There is no database at {settings.SqlitePath}. Create it with --migrate.");
        }
        if (!settings.IsSqlite) await new SqlServerGround(settings.ConnectionString).CheckAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        await RefuseForeignAsync(db, ct);
        var pending = (await db.Database.GetPendingMigrationsAsync(ct)).ToList();
        if (pending.Count > 0)
        {
            throw new DatabaseFault($"The database lacks {pending.Count} migrations, from {pending[0]} on. Run --migrate first.");
        }
    });

    /// <summary>
    /// Until the first release a changed model makes the one migration anew: what another one has made is not this program's.
    /// </summary>
    private async Task RefuseForeignAsync(TDb db, CancellationToken ct)
    {
        var foreign =
            (await db.Database.GetAppliedMigrationsAsync(ct)).Except(db.Database.GetMigrations(), StringComparer.Ordinal).ToList();
        if (foreign.Count == 0) return;
        throw new DatabaseFault(
            $"{settings.Place} was made by another version of this program ({foreign[0]}), and before the first release " +
            "no way leads from one to the other: start afresh, with an empty data folder or database.");
    }

    private async Task OpenedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (DbException fault)
        {
            throw new DatabaseFault($"{settings.Place} cannot be used: {fault.Message.ReplaceLineEndings(" ")}");
        }
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
