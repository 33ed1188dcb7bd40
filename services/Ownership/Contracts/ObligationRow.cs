using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Contracts;

/// <summary>Where an obligation of a living contract stands, so that those due are found without reading every contract.</summary>
internal sealed class ObligationRow
{
    /// <summary>The contract's id.</summary>
    public required string Contract { get; init; }

    /// <summary>The obligation's id in the contract.</summary>
    public required string Id { get; init; }

    /// <summary>`parties/…`.</summary>
    public required string Party { get; set; }

    public required Status Status { get; set; }

    /// <summary>When it is due, as <see cref="DayNumber"/>.</summary>
    public required int Due { get; set; }
}

internal sealed class ObligationConfiguration : IEntityTypeConfiguration<ObligationRow>
{
    public void Configure(EntityTypeBuilder<ObligationRow> builder)
    {
        builder.ToTable("Obligations").HasKey(row => new { row.Contract, row.Id });
        builder.Property(row => row.Contract).HasMaxLength(200);
        builder.Property(row => row.Id).HasMaxLength(63);
        builder.Property(row => row.Party).HasMaxLength(220);
        builder.HasIndex(row => new { row.Due, row.Contract, row.Id });
        builder.HasIndex(row => new { row.Party, row.Due });
    }
}
