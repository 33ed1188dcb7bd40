using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Ownership.History;

/// <summary>A state that held before the present one, or a change that is planned.</summary>
internal sealed class RevisionRow
{
    /// <summary>`components/checkout`.</summary>
    public required string Resource { get; init; }

    /// <summary>From when it holds, inclusive.</summary>
    public required Instant From { get; init; }

    /// <summary>The state; of a planned change, what the mask names of it.</summary>
    public required byte[] Content { get; set; }

    /// <summary>Null for what held. Of a planned change the fields that it takes over, comma-separated; `*` for all.</summary>
    public string? Mask { get; set; }
}

internal sealed class RevisionConfiguration : IEntityTypeConfiguration<RevisionRow>
{
    public void Configure(EntityTypeBuilder<RevisionRow> builder)
    {
        builder.ToTable("Revisions").HasKey(row => new { row.Resource, row.From });
        builder.Property(row => row.Resource).HasMaxLength(300);
        builder.Property(row => row.Mask).HasMaxLength(2000);
        builder.HasIndex(row => row.From).HasFilter("[Mask] IS NOT NULL");
    }
}
