using Governance.BuildingBlocks.Neighbours;
using Governance.BuildingBlocks.Persistence;
using Governance.Sample.V1;
using Microsoft.EntityFrameworkCore;

namespace Governance.BuildingBlocks.Tests.Sample;

/// <summary>One database type serves both halves of the tests: `depot` owns lots, `front` keeps copies of them.</summary>
internal abstract class SampleDb(DbContextOptions options) : GovernanceDbContext(options)
{
    public DbSet<StoredLot> Lots => Set<StoredLot>();

    public DbSet<LotCopy> Copies => Set<LotCopy>();

    public DbSet<Applied> Applied => Set<Applied>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<StoredLot>(lot =>
        {
            lot.Ignore(row => row.Approvers);
            lot.Property(row => row.Component).HasMaxLength(200);
            lot.HasIndex(row => row.Component);
        });
        modelBuilder.Entity<LotCopy>();
        modelBuilder.Entity<Applied>(applied =>
        {
            applied.HasKey(row => row.Subject);
            applied.Property(row => row.Subject).HasMaxLength(300);
        });
        base.OnModelCreating(modelBuilder);
    }
}

internal sealed class SqliteSampleDb(DbContextOptions<SqliteSampleDb> options) : SampleDb(options);

internal sealed class SqlServerSampleDb(DbContextOptions<SqlServerSampleDb> options) : SampleDb(options);

internal sealed class SqliteDesign() : DesignTimeFactory<SqliteSampleDb>(sqlite: true);

internal sealed class SqlServerDesign() : DesignTimeFactory<SqlServerSampleDb>(sqlite: false);

/// <summary>What a lot and a copy of one have in common: a kind that followers may name.</summary>
internal interface ILot
{
    string Name { get; }

    string DisplayName { get; }
}

/// <summary>What `front` knows of a lot.</summary>
internal sealed class LotCopy : Copy<LotChanged>, ILot
{
    public string DisplayName { get; private set; } = "";

    public int Reserved { get; private set; }

    protected override void Take(LotChanged changed) => (DisplayName, Reserved) = (changed.Lot.DisplayName, changed.Lot.Reserved);
}

/// <summary>How often a handler ran for a lot: an effect that is not idempotent, so that doubles show.</summary>
internal sealed class Applied
{
    public required string Subject { get; set; }

    public int Count { get; set; }
}
