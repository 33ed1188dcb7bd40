using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Reevaluation;

/// <summary>The time-zone database that the bookings were last looked at with.</summary>
internal sealed class ZoneVersionRow
{
    public int Id { get; set; }

    public required string Version { get; set; }
}

internal sealed class ZoneVersionConfiguration : IEntityTypeConfiguration<ZoneVersionRow>
{
    public void Configure(EntityTypeBuilder<ZoneVersionRow> builder)
    {
        builder.ToTable("ZoneVersions").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).HasMaxLength(100);
    }
}
