using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>Which database: an embedded SQLite file, or SQL Server.</summary>
/// <param name="IsSqlite">SQLite, or else SQL Server.</param>
/// <param name="ConnectionString">Of the provider.</param>
public sealed record DatabaseSettings(bool IsSqlite, string ConnectionString)
{
    /// <summary>An SQLite file. Foreign keys are on, and a busy file is waited for.</summary>
    /// <param name="path">The file; it is created by the first migration.</param>
    public static DatabaseSettings Sqlite(string path) => new(true, new SqliteConnectionStringBuilder
    {
        DataSource = path,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString());

    /// <summary>A SQL Server database.</summary>
    public static DatabaseSettings SqlServer(string connectionString) => new(false, connectionString);

    internal string SqlitePath => new SqliteConnectionStringBuilder(ConnectionString).DataSource;

    internal DbContextOptions<TContext> Options<TContext>(ILoggerFactory? log = null)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();

        // A list is one parameter, so that one statement serves every length; with a parameter for each of its values the statement would be written and parsed anew.
        if (IsSqlite) options.UseSqlite(ConnectionString, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).AddInterceptors(SqlitePragmas.Instance);
        else options.UseSqlServer(ConnectionString, server => server.EnableRetryOnFailure().UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
        if (log is not null) options.UseLoggerFactory(log);
        return options.Options;
    }
}
