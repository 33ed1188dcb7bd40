using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// What every SQLite connection is opened with: a commit is on the disk before it is acknowledged. A batch of an import touches
/// more pages than the 2 MB that a connection keeps by itself, and the pages of the next batch are the same ones: they are kept,
/// and carried from the log into the file once for several commits.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4096;";

    private SqlitePragmas()
    {
    }

    public static SqlitePragmas Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }
}
