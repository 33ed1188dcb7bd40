using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Proto = Governance.Ownership.V1;

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

    /// <summary>Brings the arrows in line with every component that this write changes.</summary>
    public static void Follow(OwnershipDb db, WriteUnit<OwnershipDb> unit)
    {
        foreach (var entry in db.ChangeTracker.Entries<Component>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .ToList())
        {
            var (before, after) = (Before(entry), entry.Entity.IsDeleted ? [] : Of(entry.Entity.Name, entry.Entity.Terms));
            db.Relations.RemoveRange(before.Except(after).Select(arrow => arrow.ToRow()));
            unit.InsertRange(after.Except(before).Select(arrow => arrow.ToRow()));
        }

        foreach (var component in unit.Inserted<Component>())
        {
            unit.InsertRange(Of(component.Name, component.Terms).Select(arrow => arrow.ToRow()));
        }
    }

    private static HashSet<Arrow> Before(EntityEntry<Component> entry)
    {
        if (entry.State == EntityState.Added || entry.OriginalValues[nameof(Component.DeleteTime)] is not null) return [];
        return Of(entry.Entity.Name, RevisionLog.Parse<Proto.Component>((byte[])entry.OriginalValues[nameof(Component.Content)]!));
    }

    private static HashSet<Arrow> Of(string from, Proto.Component terms) =>
    [
        .. terms.DependsOn.Select(to => new Arrow(from, RelationKind.DependsOn, to)),
        .. terms.ProvidesApi.Select(to => new Arrow(from, RelationKind.ProvidesApi, to)),
        .. terms.ConsumesApi.Select(to => new Arrow(from, RelationKind.ConsumesApi, to)),
        .. terms.SubcomponentOf.Length == 0 ? [] : new[] { new Arrow(from, RelationKind.SubcomponentOf, terms.SubcomponentOf) },
    ];

    private readonly record struct Arrow(string From, RelationKind Kind, string To)
    {
        public RelationRow ToRow() => new() { From = From, Kind = Kind, To = To };
    }
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
