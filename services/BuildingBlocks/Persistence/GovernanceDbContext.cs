using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Neighbours;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.BuildingBlocks.Persistence;

/// <summary>
/// A service's database: its own tables beside those of outbox, inbox, audit and idempotent requests. A service derives
/// one abstract context with its sets, and one empty context per provider, each with its own migrations. Configurations
/// (<see cref="IEntityTypeConfiguration{TEntity}"/>) in the service's assembly apply by themselves.
/// </summary>
/// <param name="options">Provider options.</param>
public abstract class GovernanceDbContext(DbContextOptions options) : DbContext(options)
{
    private static readonly Func<GovernanceDbContext, CancellationToken, Task<long>> LastStamp =
        EF.CompileAsyncQuery((GovernanceDbContext db, CancellationToken ct) => db.Ledger.Select(row => row.Stamp).Single());

    internal DbSet<LedgerRow> Ledger => Set<LedgerRow>();

    internal DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    internal DbSet<InboxRow> Inbox => Set<InboxRow>();

    internal DbSet<RequestRow> RequestResults => Set<RequestRow>();

    internal DbSet<AuditRow> AuditEntries => Set<AuditRow>();

    internal DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();

    internal DbSet<ApprovalRow> ApprovalRecords => Set<ApprovalRow>();

    internal DbSet<TombstoneRow> Tombstones => Set<TombstoneRow>();

    internal DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();

    internal DbSet<NeighbourRow> Neighbours => Set<NeighbourRow>();

    internal DbSet<RepublishRow> RepublishRuns => Set<RepublishRow>();

    internal DbSet<LeaseRow> Leases => Set<LeaseRow>();

    /// <summary>
    /// The service's stamp in the ledger row: what was read and held in memory under another one is old. See
    /// `WriteUnit.BumpStamp`.
    /// </summary>
    public Task<long> ReadStampAsync(CancellationToken ct) => LastStamp(this, ct);

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantConverter>();
        configurationBuilder.Properties<Duration>().HaveConversion<DurationConverter>();
        configurationBuilder.Properties<LocalDate>().HaveConversion<LocalDateConverter>().HaveMaxLength(16);
        configurationBuilder.Properties<LocalDateTime>().HaveConversion<LocalDateTimeConverter>().HaveMaxLength(32);
    }

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        InfrastructureModel.Configure(modelBuilder);
        modelBuilder.ApplyConfigurationsFromAssembly(GetType().Assembly, OwnConfiguration);
        foreach (var type in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (type.ClrType.IsAssignableTo(typeof(Aggregate))) InfrastructureModel.Aggregate(modelBuilder.Entity(type.ClrType));
            if (type.ClrType.IsAssignableTo(typeof(Copy))) InfrastructureModel.Copy(modelBuilder.Entity(type.ClrType));
        }
    }

    /// <summary>Which of the assembly's configurations belong to this context; all, unless an assembly holds several contexts.</summary>
    protected virtual bool OwnConfiguration(Type configuration) => true;
}
