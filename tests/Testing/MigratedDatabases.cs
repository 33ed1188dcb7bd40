using System.Collections.Concurrent;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Settings;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Governance.Testing;

/// <summary>
/// Empty migrated databases to start from. Migrating takes longer than most tests: each kind of service migrates one file in a
/// process, with its own migrations, and each estate gets a copy.
/// </summary>
internal static class MigratedDatabases
{
    private static readonly ConcurrentDictionary<Type, Lazy<Task<byte[]>>> Migrated = new();

    /// <summary>
    /// Puts a migrated database where the host would create its own; leaves alone one that is there, or not to be created.
    /// </summary>
    public static async Task PlaceAsync(ServiceDefinition definition, ServiceSettings settings)
    {
        if (settings is not { Database.IsSqlite: true, Migrate: MigrationMode.Start }) return;
        var file = new SqliteConnectionStringBuilder(settings.Database.ConnectionString).DataSource;
        if (File.Exists(file)) return;
        var migrated = Migrated.GetOrAdd(definition.GetType(), _ => new Lazy<Task<byte[]>>(() => MigrateAsync(definition)));
        await File.WriteAllBytesAsync(file, await migrated.Value);
    }

    /// <summary>With settings of its own: a test may start a host with settings that do not hold.</summary>
    private static async Task<byte[]> MigrateAsync(ServiceDefinition definition)
    {
        var folder = Directory.CreateTempSubdirectory("governance-migrated-").FullName;
        try
        {
            var file = Path.Combine(folder, "migrated.db");
            var settings = new ServiceSettings
            {
                Service = definition.Service,
                GrpcPort = 0,
                HttpPort = 0,
                Database = DatabaseSettings.Sqlite(file),
                KeysFile = Path.Combine(folder, "public-keys.json"),
                Migrate = MigrationMode.Only,
            };
            await using (var host = GovernanceHost.Build(definition, settings, Silence)) await host.MigrateAsync(CancellationToken.None);

            // The last connection to close has moved the log into the file; without that, the copy would lack tables.
            if (File.Exists(file + "-wal")) throw new InvalidOperationException($"{file} is still open.");
            return await File.ReadAllBytesAsync(file);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Silence(IServiceCollection services) => services.AddLogging(logging => logging.ClearProviders());
}
