using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Windows;

internal sealed class WindowConfiguration : IEntityTypeConfiguration<Window>
{
    public void Configure(EntityTypeBuilder<Window> builder)
    {
        builder.ToTable("Windows");
        builder.ComplexProperty(window => window.Terms, terms => terms.WithOwnNames());
    }
}
