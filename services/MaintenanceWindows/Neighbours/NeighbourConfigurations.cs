using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Neighbours;

internal sealed class ComponentConfiguration : IEntityTypeConfiguration<ComponentCopy>
{
    public void Configure(EntityTypeBuilder<ComponentCopy> builder)
    {
        builder.ToTable("Components");
        builder.Property(component => component.System).HasMaxLength(300);
        builder.Property(component => component.Owner).HasMaxLength(300);
        builder.HasIndex(component => component.System);
        builder.HasIndex(component => component.Owner);
    }
}

internal sealed class PartyConfiguration : IEntityTypeConfiguration<PartyCopy>
{
    public void Configure(EntityTypeBuilder<PartyCopy> builder) => builder.ToTable("Parties");
}
