using System.Collections.Frozen;
using System.Collections.Immutable;
using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
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
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Persistence;

/// <summary>The service's database.</summary>
internal abstract class WindowsDb(DbContextOptions options) : GovernanceDbContext(options)
{
    private static readonly FrozenSet<string> CopyVersion =
        [nameof(Copy.Epoch), nameof(Copy.Version), nameof(Copy.Sequence), nameof(Copy.LastRun)];

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

    /// <summary>
    /// Whatever decides when a change may start raises the calendar's stamp and has bookings looked at again, in the same
    /// commit; bookings raise the stamp. A copy that only took over a version, as in a republish, decides nothing new.
    /// </summary>
    protected override void Saving(WriteUnit unit)
    {
        var causes = ChangeTracker.Entries<ICalendarPart>().Where(DecidesAnew).Select(entry => entry.Entity.Name).ToList();
        var bookings = ChangeTracker.Entries<Booking>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .Select(entry => entry.Entity.Name).ToList();
        if (causes.Count + bookings.Count == 0) return;
        var stamp = unit.BumpStamp();
        CalendarChanges.AddRange(
            causes.Concat(bookings).Distinct().Select(name => new CalendarChangeRow { Stamp = stamp, Name = name, CommitTime = unit.Now }));
        Reevaluations.AddRange(
            causes.Distinct().Select(cause => new ReevaluationRow { Sequence = unit.Sequence, Cause = cause, CommitTime = unit.Now }));
    }

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

    private static bool DecidesAnew(EntityEntry entry) =>
        entry.State is EntityState.Added or EntityState.Deleted
        || (entry.State == EntityState.Modified
            && (entry.Entity is not Copy
                || entry.Properties.Any(property => property.IsModified && !CopyVersion.Contains(property.Metadata.Name))));

    /// <summary>Keeps every property of a type as JSON text.</summary>
    protected static void Json<T>(ModelConfigurationBuilder conventions) =>
        conventions.Properties<T>().HaveConversion<JsonColumn<T>, JsonComparer<T>>();
}

internal sealed class SqliteWindowsDb(DbContextOptions<SqliteWindowsDb> options) : WindowsDb(options);

internal sealed class SqlServerWindowsDb(DbContextOptions<SqlServerWindowsDb> options) : WindowsDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqliteWindowsDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerWindowsDb>(sqlite: false);
