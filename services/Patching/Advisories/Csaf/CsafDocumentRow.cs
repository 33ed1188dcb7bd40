using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>The newest issue of a document that was imported.</summary>
internal sealed class CsafDocumentRow
{
    /// <summary>Of its publisher's namespace and its tracking id.</summary>
    public required string Key { get; set; }

    /// <summary>The version of that issue.</summary>
    public required string Version { get; set; }

    /// <summary>Its current release date.</summary>
    public Instant Modified { get; set; }

    /// <summary>The keys of the sources that it stands for.</summary>
    public required IReadOnlyList<string> Sources { get; set; }
}

internal sealed class CsafDocumentConfiguration : IEntityTypeConfiguration<CsafDocumentRow>
{
    public void Configure(EntityTypeBuilder<CsafDocumentRow> builder)
    {
        builder.ToTable("CsafDocuments").HasKey(row => row.Key);
        builder.Property(row => row.Key).HasMaxLength(64);
        builder.Property(row => row.Version).HasMaxLength(4000);
        builder.Property(row => row.Sources).AsJson();
    }
}
