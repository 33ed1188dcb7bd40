using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Advisories.Epss;

/// <summary>The newest score of a CVE, whether an advisory of it is known or not.</summary>
internal sealed class EpssRow
{
    public const int LongestModelVersion = 40;

    public required string CveId { get; set; }

    /// <summary>0 to 1, in steps of a billionth.</summary>
    public decimal Probability { get; set; }

    /// <summary>0 to 1, in steps of a billionth.</summary>
    public decimal Percentile { get; set; }

    public LocalDate Day { get; set; }

    public required string ModelVersion { get; set; }

    public EpssScore ToScore() => new(CveId, Probability, Percentile, Day, ModelVersion);
}

/// <summary>Shares are kept as whole billionths, which both databases order and compare alike.</summary>
internal sealed class EpssConfiguration : IEntityTypeConfiguration<EpssRow>
{
    private const int Billion = 1_000_000_000;

    public void Configure(EntityTypeBuilder<EpssRow> builder)
    {
        builder.ToTable("EpssScores").HasKey(row => row.CveId);
        builder.Property(row => row.CveId).HasMaxLength(CveId.Longest);
        builder.Property(row => row.Probability).HasConversion(share => (int)(share * Billion), stored => (decimal)stored / Billion);
        builder.Property(row => row.Percentile).HasConversion(share => (int)(share * Billion), stored => (decimal)stored / Billion);
        builder.Property(row => row.ModelVersion).HasMaxLength(EpssRow.LongestModelVersion);
    }
}
