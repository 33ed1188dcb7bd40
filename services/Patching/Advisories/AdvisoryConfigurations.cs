using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Patching.Advisories;

internal sealed class AdvisoryConfiguration : IEntityTypeConfiguration<Advisory>
{
    public void Configure(EntityTypeBuilder<Advisory> builder)
    {
        builder.ToTable("Advisories");
        builder.Property(advisory => advisory.Body).AsMessage();
        builder.HasIndex(advisory => new { advisory.Modified, advisory.Id });
        builder.HasIndex(advisory => new { advisory.IsKev, advisory.Modified });
    }
}

internal sealed class AdvisoryIdConfiguration : IEntityTypeConfiguration<AdvisoryIdRow>
{
    public void Configure(EntityTypeBuilder<AdvisoryIdRow> builder)
    {
        builder.ToTable("AdvisoryIds").HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(200);
        builder.Property(row => row.AdvisoryId).HasMaxLength(200);
        builder.HasIndex(row => row.AdvisoryId);
    }
}

internal sealed class AdvisorySourceConfiguration : IEntityTypeConfiguration<AdvisorySourceRow>
{
    public void Configure(EntityTypeBuilder<AdvisorySourceRow> builder)
    {
        builder.ToTable("AdvisorySources").HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(220);
        builder.Property(row => row.AdvisoryId).HasMaxLength(200);
        builder.Property(row => row.DocumentId).HasMaxLength(200);
        builder.Property(row => row.Format).HasMaxLength(16);
        builder.Property(row => row.Digest).HasMaxLength(64);
        builder.Ignore(row => row.Record);
        builder.HasIndex(row => row.AdvisoryId);
        builder.HasIndex(row => new { row.Format, row.IsRetracted });
    }
}

internal sealed class AdvisoryPackageConfiguration : IEntityTypeConfiguration<AdvisoryPackageRow>
{
    public void Configure(EntityTypeBuilder<AdvisoryPackageRow> builder)
    {
        // Too wide for a clustered key of SQL Server (900 bytes); one that is not may have 1,700.
        builder.ToTable("AdvisoryPackages").HasKey(row => new { row.Package, row.Ecosystem, row.AdvisoryId }).IsClustered(false);
        builder.Property(row => row.Package).HasMaxLength(300);
        builder.Property(row => row.Ecosystem).HasMaxLength(64);
        builder.Property(row => row.AdvisoryId).HasMaxLength(200);
        builder.HasIndex(row => row.AdvisoryId);
    }
}

internal sealed class CatalogConfiguration : IEntityTypeConfiguration<CatalogRow>
{
    public void Configure(EntityTypeBuilder<CatalogRow> builder)
    {
        builder.ToTable("Catalogs").HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(16);
        builder.Property(row => row.Version).HasMaxLength(64);
    }
}
