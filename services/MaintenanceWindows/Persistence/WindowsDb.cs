using System.Collections.Immutable;
using Governance.BuildingBlocks.Persistence;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Bookings;
using Governance.MaintenanceWindows.ChangePolicies;
using Governance.MaintenanceWindows.Demands;
using Governance.MaintenanceWindows.Feeds;
using Governance.MaintenanceWindows.Freezes;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Neighbours;
using Governance.MaintenanceWindows.Planning;
using Governance.MaintenanceWindows.ProviderMaintenances;
using Governance.MaintenanceWindows.Reevaluation;
using Governance.MaintenanceWindows.Windows;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Persistence;

/// <summary>The service's database.</summary>
internal abstract class WindowsDb(DbContextOptions options) : GovernanceDbContext(options)
{
    public DbSet<Window> Windows => Set<Window>();

    public DbSet<Freeze> Freezes => Set<Freeze>();

    public DbSet<ProviderMaintenance> ProviderMaintenances => Set<ProviderMaintenance>();

    public DbSet<ImportedEventRow> ImportedEvents => Set<ImportedEventRow>();

    public DbSet<Override> Overrides => Set<Override>();

    public DbSet<ChangePolicy> ChangePolicies => Set<ChangePolicy>();

    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();

    public DbSet<ComponentCopy> Components => Set<ComponentCopy>();

    public DbSet<PartyCopy> Parties => Set<PartyCopy>();

    public DbSet<ReevaluationRow> Reevaluations => Set<ReevaluationRow>();

    public DbSet<Booking> Bookings => Set<Booking>();

    public DbSet<CalendarChangeRow> CalendarChanges => Set<CalendarChangeRow>();

    public DbSet<ZoneVersionRow> ZoneVersions => Set<ZoneVersionRow>();

    public DbSet<SlotDemandCopy> SlotDemands => Set<SlotDemandCopy>();

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        Json<Scope>(configurationBuilder);
        Json<ImmutableArray<string>>(configurationBuilder);
        Json<ImmutableArray<ChangeKind>>(configurationBuilder);
        Json<ImmutableArray<Approval>>(configurationBuilder);
        Json<ImmutableArray<FreezeExemption>>(configurationBuilder);
        Json<OverridePolicy>(configurationBuilder);
        Json<ImmutableArray<Proto.CalendarFeed.Types.Content>>(configurationBuilder);
        Json<ImmutableArray<Proto.ProviderMaintenance.Types.Step>>(configurationBuilder);
        Json<ImmutableArray<ImportedPart>>(configurationBuilder);
        Json<ImmutableDictionary<string, string>>(configurationBuilder);
    }

    /// <summary>Keeps every property of a type as JSON text.</summary>
    protected static void Json<T>(ModelConfigurationBuilder conventions) =>
        conventions.Properties<T>().HaveConversion<JsonColumn<T>, JsonComparer<T>>();
}

internal sealed class SqliteWindowsDb(DbContextOptions<SqliteWindowsDb> options) : WindowsDb(options);

internal sealed class SqlServerWindowsDb(DbContextOptions<SqlServerWindowsDb> options) : WindowsDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqliteWindowsDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerWindowsDb>(sqlite: false);
