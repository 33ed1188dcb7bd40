using Governance.BuildingBlocks.Persistence;
using Governance.Ownership.History;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using Proto = Governance.Ownership.V1;
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

    /// <summary>Brings the rows in line with every contract that this write changes.</summary>
    public static void Follow(OwnershipDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<Contract>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified)
            .ToList())
        {
            var before = Before(entry).ToDictionary(row => row.Id);
            foreach (var row in entry.Entity.IsDeleted ? [] : Of(entry.Entity.Id, entry.Entity.Terms))
            {
                if (!before.Remove(row.Id, out var old)) db.Obligations.Add(row);
                else if ((old.Party, old.Status, old.Due) != (row.Party, row.Status, row.Due)) db.Obligations.Update(row);
            }

            db.Obligations.RemoveRange(before.Values);
        }
    }

    private static IEnumerable<ObligationRow> Before(EntityEntry<Contract> entry)
    {
        if (entry.State == EntityState.Added || entry.OriginalValues[nameof(Aggregate.DeleteTime)] is not null) return [];
        return Of(entry.Entity.Id, RevisionLog.Parse<Proto.Contract>((byte[])entry.OriginalValues[nameof(IDated.Content)]!));
    }

    private static IEnumerable<ObligationRow> Of(string contract, Proto.Contract terms) => terms.Obligations.Select(one => new ObligationRow
    {
        Contract = contract,
        Id = one.Id,
        Party = terms.Party,
        Status = one.IsOpen() ? Status.Open : one.Status,
        Due = DayNumber.Of(one.DueOn(terms)),
    });
}

/// <summary>Days as 20260331: they order, and lists page by them.</summary>
internal static class DayNumber
{
    /// <summary>After every day.</summary>
    public const int None = 99991231;

    public static int Of(LocalDate? day) => day is { } date ? (date.Year * 10_000) + (date.Month * 100) + date.Day : None;

    public static LocalDate? ToDate(int number) => number == None ? null : new LocalDate(number / 10_000, number / 100 % 100, number % 100);
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
