using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

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

    /// <summary>For people: the file, or server and database; never a password.</summary>
    internal string Place => IsSqlite ? $"The database at {SqlitePath}" : Named(new SqlConnectionStringBuilder(ConnectionString));

    /// <param name="application">
    /// Whose log EF writes to. Not <c>UseLoggerFactory</c>, with which each host of a process would build the model and compile
    /// its queries anew.
    /// </param>
    internal DbContextOptions<TContext> Options<TContext>(IServiceProvider? application = null)
        where TContext : DbContext
    {
        var options = new DbContextOptionsBuilder<TContext>();
        if (IsSqlite) options.UseSqlite(ConnectionString, WithListsAsOne).AddInterceptors(SqlitePragmas.Instance);
        else options.UseSqlServer(ConnectionString, server => server.EnableRetryOnFailure());
        if (application is not null) options.UseApplicationServiceProvider(application);
        return options.Options;
    }

    private static string Named(SqlConnectionStringBuilder to) => $"The database {to.InitialCatalog} on {to.DataSource}";

    /// <summary>
    /// SQLite finds a parameter by going through their names: a thousand values are faster, and never too many, as one JSON array.
    /// </summary>
    private static void WithListsAsOne(SqliteDbContextOptionsBuilder sqlite) =>
        sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter);
}
