using Microsoft.Data.SqlClient;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// What a SQL Server database must be before anything is kept in it. Its collation is binary, since names differ by case and
/// accent as they do in the code and in SQLite; and readers see the last commit instead of waiting for the one in progress.
/// </summary>
internal sealed class SqlServerGround(string connectionString)
{
    private const string Collation = "Latin1_General_100_BIN2";
    private const int NoSuchDatabase = 4060;

    private string Database => new SqlConnectionStringBuilder(connectionString).InitialCatalog;

    private string Advice => $"CREATE DATABASE {Quoted(Database)} COLLATE {Collation}";

    /// <summary>Makes it so where that takes nothing from anybody: creates a missing database, alters an empty one.</summary>
    /// <exception cref="DatabaseFault">It is not so, and cannot be made so here.</exception>
    public async Task PrepareAsync(CancellationToken ct)
    {
        // A pooled connection of somebody else in this process would keep the database from being altered.
        await using var connection = await OpenOrCreateAsync(ct);
        if (!IsBinary(await CollationAsync(connection, ct)))
        {
            if (await IsEmptyAsync(connection, ct)) await TryAsync(connection, $"ALTER DATABASE CURRENT COLLATE {Collation}", ct);
            DemandBinary(await CollationAsync(connection, ct));
        }

        if (await IsSnapshotAsync(connection, ct)) return;
        await TryAsync(connection, "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE", ct);
        DemandSnapshot(await IsSnapshotAsync(connection, ct));
    }

    /// <exception cref="DatabaseFault">The database is not as it must be.</exception>
    public async Task CheckAsync(CancellationToken ct)
    {
        await using var connection = new SqlConnection(connectionString);
        await connection.OpenAsync(ct);
        DemandBinary(await CollationAsync(connection, ct));
        DemandSnapshot(await IsSnapshotAsync(connection, ct));
    }

    /// <summary>
    /// Whether names that differ are different: <c>Latin1_General_100_BIN2</c>, <c>latin1_general_bin2</c>, and the like.
    /// </summary>
    internal static bool IsBinary(string collation) => collation.EndsWith("_BIN2", StringComparison.OrdinalIgnoreCase);

    internal static string Quoted(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static async Task<string> CollationAsync(SqlConnection connection, CancellationToken ct) =>
        await ScalarAsync(connection, "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'Collation') AS nvarchar(128))", ct) as string ?? "";

    private static async Task<bool> IsSnapshotAsync(SqlConnection connection, CancellationToken ct) =>
        await ScalarAsync(connection, "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()", ct) is true;

    private static async Task<bool> IsEmptyAsync(SqlConnection connection, CancellationToken ct) =>
        await ScalarAsync(connection, "SELECT COUNT(*) FROM sys.tables WHERE is_ms_shipped = 0", ct) is 0;

    private static async Task<object?> ScalarAsync(SqlConnection connection, string text, CancellationToken ct)
    {
        await using var command = new SqlCommand(text, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    /// <summary>Azure SQL Database knows no such statement, and a login may lack the right: whoever asked looks at the outcome.</summary>
    private static async Task TryAsync(SqlConnection connection, string statement, CancellationToken ct)
    {
        try
        {
            await using var command = new SqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
        catch (SqlException) when (!ct.IsCancellationRequested)
        {
            return;
        }
    }

    private async Task<SqlConnection> OpenOrCreateAsync(CancellationToken ct)
    {
        try
        {
            return await OpenAsync(new SqlConnectionStringBuilder(connectionString) { Pooling = false }, ct);
        }
        catch (SqlException fault) when (fault.Number == NoSuchDatabase)
        {
            await using (var master =
                await OpenAsync(new SqlConnectionStringBuilder(connectionString) { Pooling = false, InitialCatalog = "master" }, ct))
            {
                await using var create = new SqlCommand(Advice, master);
                await create.ExecuteNonQueryAsync(ct);
            }

            return await OpenAsync(new SqlConnectionStringBuilder(connectionString) { Pooling = false }, ct);
        }
    }

    private static async Task<SqlConnection> OpenAsync(SqlConnectionStringBuilder where, CancellationToken ct)
    {
        var connection = new SqlConnection(where.ToString());
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private void DemandBinary(string collation)
    {
        if (IsBinary(collation)) return;
        throw new DatabaseFault(
            $"The database {Database} has the collation {collation}, under which names that differ count as the same. Make it anew: "
                + $"{Advice}");
    }

    private void DemandSnapshot(bool isOn)
    {
        if (isOn) return;
        throw new DatabaseFault(
            $"In the database {Database} readers wait for writers. Let its owner run: " +
            $"ALTER DATABASE {Quoted(Database)} SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE");
    }
}
