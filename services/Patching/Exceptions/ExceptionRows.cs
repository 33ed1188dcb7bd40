using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Patching.Exceptions;

/// <summary>By which exceptions are found.</summary>
internal sealed class ExceptionRemediationRow
{
    public required string ExceptionId { get; set; }

    public required string RemediationId { get; set; }

    public required string Component { get; set; }
}

internal sealed class StoredExceptionConfiguration : IEntityTypeConfiguration<StoredException>
{
    public void Configure(EntityTypeBuilder<StoredException> builder)
    {
        builder.ToTable("Exceptions");
        builder.Property(exception => exception.Body).AsMessage();
        builder.HasIndex(exception => new { exception.CreateTime, exception.Id });
        builder.HasIndex(exception => exception.NextMoment);
    }
}

internal sealed class ExceptionRemediationConfiguration : IEntityTypeConfiguration<ExceptionRemediationRow>
{
    public void Configure(EntityTypeBuilder<ExceptionRemediationRow> builder)
    {
        builder.ToTable("ExceptionRemediations").HasKey(row => new { row.RemediationId, row.ExceptionId });
        builder.Property(row => row.RemediationId).HasMaxLength(200);
        builder.Property(row => row.ExceptionId).HasMaxLength(200);
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.HasIndex(row => row.ExceptionId);
        builder.HasIndex(row => row.Component);
    }
}
