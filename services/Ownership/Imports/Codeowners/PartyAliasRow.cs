using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

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
