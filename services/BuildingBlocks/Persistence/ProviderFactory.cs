using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>Creates the context of the configured provider.</summary>
internal sealed class ProviderFactory<TDb, TSqlite, TSqlServer>(
    DatabaseSettings settings, IServiceProvider application) : IDbContextFactory<TDb>
    where TDb : GovernanceDbContext
    where TSqlite : TDb
    where TSqlServer : TDb
{
    private const int MostKept = 32;

    private readonly Func<TDb> _create =
        settings.IsSqlite ? Creator<TSqlite>(settings, application) : Creator<TSqlServer>(settings, application);

    public TDb CreateDbContext() => _create();

    /// <summary>Setting a context up costs more than most questions that are asked through it: used ones are kept.</summary>
    private static Func<TDb> Creator<TContext>(DatabaseSettings settings, IServiceProvider application)
        where TContext : TDb => new PooledDbContextFactory<TContext>(settings.Options<TContext>(application), MostKept).CreateDbContext;
}

/// <summary>
/// Lets `dotnet ef migrations add` create a context. A service derives one empty class per provider:
/// <c>internal sealed class SqliteDesign() : DesignTimeFactory&lt;SqliteWindowsDb&gt;(sqlite: true);</c>
/// </summary>
/// <param name="sqlite">SQLite, or else SQL Server.</param>
/// <typeparam name="TContext">The provider's context; its constructor takes its options.</typeparam>
public abstract class DesignTimeFactory<TContext>(bool sqlite) : IDesignTimeDbContextFactory<TContext>
    where TContext : GovernanceDbContext
{
    /// <inheritdoc/>
    public TContext CreateDbContext(string[] args)
    {
        var settings = sqlite ? DatabaseSettings.Sqlite("design.db") : DatabaseSettings.SqlServer("Server=.;Database=design");
        return (TContext)Activator.CreateInstance(typeof(TContext), settings.Options<TContext>())!;
    }
}
