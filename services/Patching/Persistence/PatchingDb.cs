using Governance.BuildingBlocks.Persistence;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Csaf;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Deadlines;
using Governance.Patching.Demands;
using Governance.Patching.Exceptions;
using Governance.Patching.Feeds;
using Governance.Patching.Inventory;
using Governance.Patching.Lifecycles;
using Governance.Patching.Neighbours;
using Governance.Patching.Remediations;
using Governance.Patching.Rollouts;
using Microsoft.EntityFrameworkCore;

namespace Governance.Patching.Persistence;

/// <summary>The service's database.</summary>
internal abstract class PatchingDb(DbContextOptions options) : GovernanceDbContext(options)
{
    public DbSet<Advisory> Advisories => Set<Advisory>();

    public DbSet<AdvisoryIdRow> AdvisoryIds => Set<AdvisoryIdRow>();

    public DbSet<AdvisorySourceRow> AdvisorySources => Set<AdvisorySourceRow>();

    public DbSet<AdvisoryPackageRow> AdvisoryPackages => Set<AdvisoryPackageRow>();

    public DbSet<CatalogRow> Catalogs => Set<CatalogRow>();

    public DbSet<EpssRow> EpssScores => Set<EpssRow>();

    public DbSet<CsafDocumentRow> CsafDocuments => Set<CsafDocumentRow>();

    public DbSet<Feed> Feeds => Set<Feed>();

    public DbSet<InventoryRow> Inventory => Set<InventoryRow>();

    public DbSet<InventoryDocumentRow> InventoryDocuments => Set<InventoryDocumentRow>();

    public DbSet<WorkCalendar> Calendars => Set<WorkCalendar>();

    public DbSet<LifecycleRow> Lifecycles => Set<LifecycleRow>();

    public DbSet<ProductRow> Products => Set<ProductRow>();

    public DbSet<ProductIdentifierRow> ProductIdentifiers => Set<ProductIdentifierRow>();

    public DbSet<Policy> Policies => Set<Policy>();

    public DbSet<Remediation> Remediations => Set<Remediation>();

    public DbSet<StoredException> Exceptions => Set<StoredException>();

    public DbSet<ExceptionRemediationRow> ExceptionRemediations => Set<ExceptionRemediationRow>();

    public DbSet<SlotDemand> SlotDemands => Set<SlotDemand>();

    public DbSet<SlotSupplyRow> SlotSupplies => Set<SlotSupplyRow>();

    public DbSet<StoredRollout> Rollouts => Set<StoredRollout>();

    public DbSet<StoredTemplate> RolloutTemplates => Set<StoredTemplate>();

    public DbSet<RolloutComponentRow> RolloutComponents => Set<RolloutComponentRow>();

    public DbSet<BookingRequest> BookingRequests => Set<BookingRequest>();

    public DbSet<ComponentCopy> Components => Set<ComponentCopy>();
}

internal sealed class SqlitePatchingDb(DbContextOptions<SqlitePatchingDb> options) : PatchingDb(options);

internal sealed class SqlServerPatchingDb(DbContextOptions<SqlServerPatchingDb> options) : PatchingDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqlitePatchingDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerPatchingDb>(sqlite: false);
