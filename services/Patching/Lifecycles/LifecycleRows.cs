using Governance.Patching.Fields;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Lifecycles;

/// <summary>A product whose cycles are known.</summary>
internal sealed class ProductRow
{
    public required string Id { get; init; }

    public required string Title { get; set; }

    public IReadOnlyList<string> Identifiers { get; set; } = [];
}

/// <summary>Finds a product by what it is called elsewhere.</summary>
internal sealed class ProductIdentifierRow
{
    /// <summary>A canonical package URL without version, or <c>cpe:vendor:product</c>.</summary>
    public required string Key { get; init; }

    public required string Product { get; init; }
}

/// <summary>One cycle of a product.</summary>
internal sealed class LifecycleRow
{
    public required string Product { get; init; }

    public required string Cycle { get; init; }

    /// <summary>Its place among the product's cycles: 0 is the newest.</summary>
    public int Place { get; set; }

    /// <summary>The last supported day; null: no day is known.</summary>
    public LocalDate? LastDay { get; set; }

    /// <summary>Its life ended on a day that nobody says.</summary>
    public bool HasEnded { get; set; }

    /// <summary>In lower case.</summary>
    public required string SearchText { get; set; }

    /// <summary>What is shown of it, apart from what is its product's.</summary>
    public required Proto.Lifecycle Body { get; set; }

    public string Name => LifecycleNames.Of(Product, Cycle);

    public Proto.Lifecycle ToProto(ProductRow product)
    {
        var message = Body.Clone();
        message.ProductTitle = product.Title;
        message.Identifiers.AddRange(product.Identifiers);
        return message;
    }
}

internal sealed class ProductConfiguration : IEntityTypeConfiguration<ProductRow>
{
    public void Configure(EntityTypeBuilder<ProductRow> builder)
    {
        builder.ToTable("Products").HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(LifecycleNames.LongestId);
        builder.Property(row => row.Title).HasMaxLength(200);
        builder.Property(row => row.Identifiers).AsJson();
    }
}

internal sealed class ProductIdentifierConfiguration : IEntityTypeConfiguration<ProductIdentifierRow>
{
    public void Configure(EntityTypeBuilder<ProductIdentifierRow> builder)
    {
        builder.ToTable("ProductIdentifiers").HasKey(row => new { row.Key, row.Product });
        builder.Property(row => row.Key).HasMaxLength(300);
        builder.Property(row => row.Product).HasMaxLength(LifecycleNames.LongestId);
        builder.HasIndex(row => row.Product);
    }
}

internal sealed class LifecycleConfiguration : IEntityTypeConfiguration<LifecycleRow>
{
    public void Configure(EntityTypeBuilder<LifecycleRow> builder)
    {
        builder.ToTable("Lifecycles").HasKey(row => new { row.Product, row.Cycle });
        builder.Property(row => row.Product).HasMaxLength(LifecycleNames.LongestId);
        builder.Property(row => row.Cycle).HasMaxLength(LifecycleNames.LongestId);
        builder.Property(row => row.LastDay).HasMaxLength(10);
        builder.Property(row => row.SearchText).HasMaxLength(600);
        builder.Property(row => row.Body).AsMessage();
        builder.Ignore(row => row.Name);
        builder.HasIndex(row => row.LastDay);
    }
}
