using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Ownership.Insights.Gaps;

/// <summary>In which order marks are worked off.</summary>
internal enum MarkKind
{
    /// <summary>Others are concerned: they are found page by page and marked.</summary>
    Spread = 0,

    /// <summary>A component's gaps may be others now.</summary>
    Component = 1,

    /// <summary>A party's gaps, or those of its contracts.</summary>
    Party = 2,
}

/// <summary>
/// A change after which gaps have to be looked at again. Every write adds its own, without looking whether there is one
/// already, so that marking costs a write next to nothing; the worker takes all of a subject at once.
/// </summary>
internal sealed class GapMarkRow
{
    /// <summary>`components/…`, `parties/…`, `areas/…` or `escalationPolicies/…`.</summary>
    public required string Subject { get; init; }

    public required MarkKind Kind { get; init; }

    /// <summary>The write that made it.</summary>
    public required long Sequence { get; init; }

    /// <summary>From when on what changed may have changed gaps.</summary>
    public required Instant From { get; init; }

    /// <summary>When it changed.</summary>
    public required Instant Time { get; init; }

    /// <summary>The area for which somebody asked in vain; else empty.</summary>
    public string Asked { get; init; } = "";

    /// <summary>How far a spread has come.</summary>
    public string Cursor { get; set; } = "";
}

/// <summary>When time alone may open or close a gap of a subject.</summary>
internal sealed class GapTimerRow
{
    /// <summary>`components/…` or `parties/…`.</summary>
    public required string Subject { get; init; }

    public required MarkKind Kind { get; init; }

    public required Instant Due { get; set; }
}

internal sealed class GapMarkConfiguration : IEntityTypeConfiguration<GapMarkRow>
{
    public void Configure(EntityTypeBuilder<GapMarkRow> builder)
    {
        builder.ToTable("GapMarks").HasKey(row => new { row.Subject, row.Kind, row.Asked, row.Sequence });
        builder.Property(row => row.Subject).HasMaxLength(220);
        builder.Property(row => row.Asked).HasMaxLength(200);
        builder.Property(row => row.Cursor).HasMaxLength(450);
        builder.HasIndex(row => new { row.Kind, row.Sequence });
    }
}

internal sealed class GapTimerConfiguration : IEntityTypeConfiguration<GapTimerRow>
{
    public void Configure(EntityTypeBuilder<GapTimerRow> builder)
    {
        builder.ToTable("GapTimers").HasKey(row => row.Subject);
        builder.Property(row => row.Subject).HasMaxLength(220);
        builder.HasIndex(row => new { row.Kind, row.Due });
    }
}
