using Governance.BuildingBlocks.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Gateway.Identity;

/// <summary>The gateway's own small database: whom it lets in.</summary>
internal abstract class GatewayDb(DbContextOptions options) : GovernanceDbContext(options)
{
    public DbSet<User> Users => Set<User>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Credential> Credentials => Set<Credential>();
}

/// <summary>The gateway's database on SQLite.</summary>
internal sealed class SqliteGatewayDb(DbContextOptions<SqliteGatewayDb> options) : GatewayDb(options);

/// <summary>The gateway's database on SQL Server.</summary>
internal sealed class SqlServerGatewayDb(DbContextOptions<SqlServerGatewayDb> options) : GatewayDb(options);

/// <summary>For `dotnet ef`.</summary>
internal sealed class SqliteDesign() : DesignTimeFactory<SqliteGatewayDb>(sqlite: true);

/// <summary>For `dotnet ef`.</summary>
internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerGatewayDb>(sqlite: false);
