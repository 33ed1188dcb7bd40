using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Ownership.Components;

/// <summary>How one component refers to another, or to an interface.</summary>
internal enum RelationKind
{
    DependsOn = 1,
    ProvidesApi = 2,
    ConsumesApi = 3,
    SubcomponentOf = 4,
}

/// <summary>
/// One arrow of the living components' graph, so that it can be walked against its direction without reading every component.
/// What it points to need not exist.
/// </summary>
internal sealed class RelationRow
{
    /// <summary>`components/…`.</summary>
    public required string From { get; init; }

    public required RelationKind Kind { get; init; }

    /// <summary>`components/…` or `apis/…`.</summary>
    public required string To { get; init; }
}

internal sealed class RelationConfiguration : IEntityTypeConfiguration<RelationRow>
{
    public void Configure(EntityTypeBuilder<RelationRow> builder)
    {
        // Names of 200 characters: with both in it the key stays below SQL Server's limit for one that is not clustered.
        builder.ToTable("Relations").HasKey(row => new { row.From, row.Kind, row.To }).IsClustered(false);
        builder.Property(row => row.From).HasMaxLength(220);
        builder.Property(row => row.To).HasMaxLength(220);
        builder.HasIndex(row => new { row.To, row.Kind, row.From });
    }
}
