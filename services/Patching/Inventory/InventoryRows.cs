using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.Patching.Inventory;

/// <summary>A package version that a component has in an environment.</summary>
internal sealed class InventoryRow
{
    public required string Component { get; init; }

    public required string Environment { get; init; }

    /// <summary>The purl without version.</summary>
    public required string Package { get; init; }

    /// <summary>Empty when the document does not say.</summary>
    public required string Version { get; init; }

    /// <summary>
    /// OSV's ecosystem, with its release where it is known; empty where OSV has none for it, so that no advisory can name it.
    /// </summary>
    public required string Ecosystem { get; set; }

    /// <summary>Its name there, normalised as the registry does.</summary>
    public required string PackageName { get; set; }

    /// <summary>The version that advisories compare, where it is not the installed one: a distribution's source, or an epoch.</summary>
    public string? SourceVersion { get; set; }

    /// <summary>All that advisories ask of it.</summary>
    public InstalledVersion Installed => new(Ecosystem, PackageName, SourceVersion ?? Version);

    /// <summary>Isolated patches on it: the ids of what they resolve.</summary>
    public IReadOnlyList<string> AppliedPatches { get; set; } = [];

    /// <summary>Takes over what a newer document says of the same package.</summary>
    public void Take(InventoryRow newer)
    {
        (Ecosystem, PackageName, SourceVersion) = (newer.Ecosystem, newer.PackageName, newer.SourceVersion);
        if (!AppliedPatches.SequenceEqual(newer.AppliedPatches)) AppliedPatches = newer.AppliedPatches;
    }

    /// <summary>What tells it from the component's other packages.</summary>
    public (string Package, string Version) Key => (Package, Version);
}

/// <summary>A version of a package, as advisories name it.</summary>
/// <param name="Ecosystem">As in <see cref="InventoryRow.Ecosystem"/>.</param>
/// <param name="Name">As in <see cref="InventoryRow.PackageName"/>.</param>
/// <param name="Version">The one to compare; empty when it is not known.</param>
internal readonly record struct InstalledVersion(string Ecosystem, string Name, string Version);

/// <summary>The document that says what a component has in an environment.</summary>
internal sealed class InventoryDocumentRow
{
    public required string Component { get; init; }

    public required string Environment { get; init; }

    /// <summary><c>CYCLONEDX</c> or <c>SPDX</c>, with the document's serial number or namespace where it has one.</summary>
    public required string Source { get; set; }

    public Instant ImportTime { get; set; }
}

internal sealed class InventoryConfiguration : IEntityTypeConfiguration<InventoryRow>
{
    public void Configure(EntityTypeBuilder<InventoryRow> builder)
    {
        // Too wide for a clustered key of SQL Server (900 bytes); one that is not may have 1,700.
        builder.ToTable("Inventory").HasKey(row => new { row.Component, row.Environment, row.Package, row.Version }).IsClustered(false);
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.Property(row => row.Environment).HasMaxLength(63);
        builder.Property(row => row.Package).HasMaxLength(400);
        builder.Property(row => row.Version).HasMaxLength(100);
        builder.Property(row => row.Ecosystem).HasMaxLength(64);
        builder.Property(row => row.PackageName).HasMaxLength(300);
        builder.Property(row => row.SourceVersion).HasMaxLength(100);
        builder.Property(row => row.AppliedPatches).AsJson();
        builder.Ignore(row => row.Key);
        builder.Ignore(row => row.Installed);
        builder.HasIndex(row => new { row.PackageName, row.Ecosystem });
        builder.HasIndex(row => row.Package);
    }
}

internal sealed class InventoryDocumentConfiguration : IEntityTypeConfiguration<InventoryDocumentRow>
{
    public void Configure(EntityTypeBuilder<InventoryDocumentRow> builder)
    {
        builder.ToTable("InventoryDocuments").HasKey(row => new { row.Component, row.Environment });
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.Property(row => row.Environment).HasMaxLength(63);
    }
}
