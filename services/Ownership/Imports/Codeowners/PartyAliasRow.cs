using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Parties;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>What a living party is called in CODEOWNERS, so that it is found without reading every party.</summary>
internal sealed class PartyAliasRow
{
    /// <summary>Longer ones are no names that a host of repositories gives.</summary>
    public const int Longest = 256;

    /// <summary>In upper case, for the names of CODEOWNERS are told apart without it.</summary>
    public required string Alias { get; init; }

    /// <summary>`parties/…`.</summary>
    public required string Party { get; init; }

    /// <summary>As the alias is kept.</summary>
    public static string KeyOf(string alias) => alias.ToUpperInvariant();

    /// <summary>Brings the rows in line with every party that this write changes.</summary>
    public static void Follow(OwnershipDb db, WriteUnit<OwnershipDb> unit)
    {
        foreach (var entry in db.ChangeTracker.Entries<Party>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .ToList())
        {
            var party = entry.Entity.Name;
            var (before, after) = (Before(entry), entry.Entity.IsDeleted ? [] : Of(party, entry.Entity.Terms));
            db.PartyAliases.RemoveRange(before.Except(after).Select(alias => new PartyAliasRow { Alias = alias, Party = party }));
            unit.InsertRange(after.Except(before).Select(alias => new PartyAliasRow { Alias = alias, Party = party }));
        }
    }

    private static HashSet<string> Before(EntityEntry<Party> entry)
    {
        if (entry.State == EntityState.Added || entry.OriginalValues[nameof(Aggregate.DeleteTime)] is not null) return [];
        return Of(entry.Entity.Name, RevisionLog.Parse<Proto.Party>((byte[])entry.OriginalValues[nameof(IDated.Content)]!));
    }

    private static HashSet<string> Of(string party, Proto.Party terms) =>
        [.. PartyAliases.Of(party, terms).Where(alias => alias.Length <= Longest).Select(KeyOf)];
}

internal sealed class PartyAliasConfiguration : IEntityTypeConfiguration<PartyAliasRow>
{
    public void Configure(EntityTypeBuilder<PartyAliasRow> builder)
    {
        // With both in it the key stays below SQL Server's limit for one that is not clustered.
        builder.ToTable("PartyAliases").HasKey(row => new { row.Alias, row.Party }).IsClustered(false);
        builder.Property(row => row.Alias).HasMaxLength(PartyAliasRow.Longest);
        builder.Property(row => row.Party).HasMaxLength(220);
    }
}
