using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>A component's CODEOWNERS file as it was imported.</summary>
internal sealed class CodeownersRow
{
    /// <summary>`components/…`.</summary>
    public required string Component { get; init; }

    public required string Text { get; set; }

    /// <summary>SHA-256 of the text, hex.</summary>
    public required string Digest { get; set; }

    public required Instant ImportTime { get; set; }
}

internal sealed class CodeownersConfiguration : IEntityTypeConfiguration<CodeownersRow>
{
    public void Configure(EntityTypeBuilder<CodeownersRow> builder)
    {
        builder.ToTable("Codeowners").HasKey(row => row.Component);
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.Property(row => row.Digest).HasMaxLength(64);
    }
}
