using System.Collections.Immutable;
using Governance.BuildingBlocks.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.MaintenanceWindows.Imports;

/// <summary>What was imported of an event or a series, so that the next import of it finds what it was taken as.</summary>
internal sealed class ImportedEventRow
{
    /// <summary>A digest of source and UID, which are too long for a key.</summary>
    public required string Id { get; set; }

    public required string Source { get; set; }

    public required string Uid { get; set; }

    public long Sequence { get; set; }

    public Instant? Modified { get; set; }

    /// <summary>Empty: it was cancelled.</summary>
    public ImmutableArray<ImportedPart> Parts { get; set; } = [];

    public static string IdOf(string source, string uid) => Digests.Of($"{source}\n{uid}");
}

/// <summary>One freeze or window of an event.</summary>
/// <param name="Key">Empty for the series itself, else the occurrence that is told by itself.</param>
/// <param name="Resource"><c>freezes/…</c> or <c>windows/…</c>.</param>
/// <param name="Digest">Of what the event said.</param>
internal sealed record ImportedPart(string Key, string Resource, string Digest);

internal sealed class ImportedEventConfiguration : IEntityTypeConfiguration<ImportedEventRow>
{
    public void Configure(EntityTypeBuilder<ImportedEventRow> builder)
    {
        builder.ToTable("ImportedEvents").HasKey(row => row.Id);
        builder.Property(row => row.Id).HasMaxLength(64);
        builder.Property(row => row.Source).HasMaxLength(63);
        builder.Property(row => row.Uid).HasMaxLength(EventReader.LongestUid);
    }
}
