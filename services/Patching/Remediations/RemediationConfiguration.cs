using Governance.Patching.Fields;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Patching.Remediations;

internal sealed class RemediationConfiguration : IEntityTypeConfiguration<Remediation>
{
    public void Configure(EntityTypeBuilder<Remediation> builder)
    {
        builder.ToTable("Remediations");
        builder.Property(remediation => remediation.Body).AsMessage();
        builder.Property(remediation => remediation.AdvisoryId).HasMaxLength(200);
        builder.Property(remediation => remediation.LifecycleName).HasMaxLength(LifecycleNames.Longest);
        builder.Property(remediation => remediation.Component).HasMaxLength(220);
        builder.Property(remediation => remediation.Environment).HasMaxLength(63);
        builder.Property(remediation => remediation.Owner).HasMaxLength(220);
        builder.Property(remediation => remediation.RolloutId).HasMaxLength(200);
        builder.Property(remediation => remediation.AssessedBy).HasMaxLength(100);
        builder.HasIndex(remediation =>
            new { remediation.AdvisoryId, remediation.LifecycleName, remediation.Component, remediation.Environment }).IsUnique();
        builder.HasIndex(remediation => new { remediation.Component, remediation.Environment, remediation.IsOpen });
        builder.HasIndex(remediation => new { remediation.Due, remediation.Id });
        builder.HasIndex(remediation => new { remediation.IsOpen, remediation.Outcome, remediation.Due });
        builder.HasIndex(remediation => remediation.RolloutId);
        builder.HasIndex(remediation => remediation.ClosedAt);
        builder.HasIndex(remediation => new { remediation.IsOpen, remediation.AssessedBy });
    }
}
