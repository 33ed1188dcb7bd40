using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.ProviderMaintenances;

internal sealed class MaintenanceConfiguration : IEntityTypeConfiguration<ProviderMaintenance>
{
    public void Configure(EntityTypeBuilder<ProviderMaintenance> builder)
    {
        builder.ToTable("ProviderMaintenances");
        builder.ComplexProperty(maintenance => maintenance.Terms, terms => terms.WithOwnNames());
        builder.Ignore(maintenance => maintenance.Held);
        builder.Property(maintenance => maintenance.Party).HasMaxLength(300);
        builder.Property(maintenance => maintenance.SourceUid).HasMaxLength(MaintenanceFields.LongestUid);
        builder.Property(maintenance => maintenance.RecurrenceId).HasMaxLength(20);
        builder.HasIndex(maintenance => new { maintenance.Party, maintenance.SourceUid, maintenance.RecurrenceId });
    }
}
