using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Reevaluation;

internal sealed class ReevaluationConfiguration : IEntityTypeConfiguration<ReevaluationRow>
{
    public void Configure(EntityTypeBuilder<ReevaluationRow> builder)
    {
        builder.ToTable("Reevaluations").HasKey(row => new { row.Sequence, row.Cause });
        builder.Property(row => row.Cause).HasMaxLength(300);
    }
}
