using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.MaintenanceWindows.Freezes;

internal sealed class FreezeConfiguration : IEntityTypeConfiguration<Freeze>
{
    public void Configure(EntityTypeBuilder<Freeze> builder)
    {
        builder.ToTable("Freezes");
        builder.ComplexProperty(freeze => freeze.Terms, terms =>
        {
            terms.WithOwnNames();
            // Freezes that were there before rdates were.
            terms.Property(one => one.Rdates).HasDefaultValueSql("'[]'").ValueGeneratedNever();
        });
    }
}

internal sealed class OverrideConfiguration : IEntityTypeConfiguration<Override>
{
    public void Configure(EntityTypeBuilder<Override> builder)
    {
        builder.ToTable("Overrides");
        builder.ComplexProperty(asked => asked.Terms, terms => terms.WithOwnNames());
        builder.Property(asked => asked.FreezeId).HasMaxLength(63);
        builder.Property(asked => asked.OverrideId).HasMaxLength(63);
        builder.Property(asked => asked.Requester).HasMaxLength(300);
        builder.HasOne<Freeze>().WithMany().HasForeignKey(asked => asked.FreezeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(asked => new { asked.FreezeId, asked.CreateTime });
    }
}
