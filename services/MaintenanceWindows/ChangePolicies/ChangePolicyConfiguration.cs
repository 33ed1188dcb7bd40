using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.ChangePolicies;

internal sealed class ChangePolicyConfiguration : IEntityTypeConfiguration<ChangePolicy>
{
    public void Configure(EntityTypeBuilder<ChangePolicy> builder)
    {
        builder.ToTable("ChangePolicies");
        builder.ComplexProperty(policy => policy.Terms, terms => terms.WithOwnNames());
    }
}
