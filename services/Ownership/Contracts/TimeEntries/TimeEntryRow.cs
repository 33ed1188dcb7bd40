using Governance.BuildingBlocks.Security;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Governance.Ownership.Contracts.TimeEntries;

/// <summary>Time that a vendor worked. It is kept as it was reported: what it counts follows from the contract.</summary>
internal sealed class TimeEntryRow
{
    public const int LongestId = 200;

    /// <summary>The contract's id.</summary>
    public required string Contract { get; init; }

    /// <summary>The vendor's own, or made from the content.</summary>
    public required string Id { get; init; }

    /// <summary>As <see cref="DayNumber"/>, in the contract's zone.</summary>
    public required int Day { get; set; }

    public required int Minutes { get; set; }

    public required string WorkType { get; set; }

    /// <summary>`components/…`, or empty. It need not exist: a vendor's sheet may name what is gone.</summary>
    public required string Component { get; set; }

    public required bool AfterHours { get; set; }

    public required string Note { get; set; }

    public string Name => $"contracts/{Contract}/timeEntries/{Id}";

    /// <summary>Of everything but the id.</summary>
    public string ContentDigest => Digests.Of(string.Join('\n', Day, Minutes, WorkType, Component, AfterHours, Note));

    /// <returns>Whether anything is different.</returns>
    public bool Take(TimeEntryRow other)
    {
        if (ContentDigest == other.ContentDigest) return false;
        (Day, Minutes, WorkType, Component, AfterHours, Note) =
            (other.Day, other.Minutes, other.WorkType, other.Component, other.AfterHours, other.Note);
        return true;
    }

    public TimeEntry ToProto() => new()
    {
        Name = Name,
        Date = Terms.Text(DayNumber.ToDate(Day)),
        Minutes = Minutes,
        WorkType = WorkType,
        Component = Component,
        AfterHours = AfterHours,
        Note = Note,
    };
}

internal sealed class TimeEntryConfiguration : IEntityTypeConfiguration<TimeEntryRow>
{
    public void Configure(EntityTypeBuilder<TimeEntryRow> builder)
    {
        builder.ToTable("TimeEntries").HasKey(row => new { row.Contract, row.Id });
        builder.Property(row => row.Contract).HasMaxLength(200);
        builder.Property(row => row.Id).HasMaxLength(TimeEntryRow.LongestId);
        builder.Property(row => row.WorkType).HasMaxLength(100);
        builder.Property(row => row.Component).HasMaxLength(220);
        builder.Property(row => row.Note).HasMaxLength(1000);
        builder.Ignore(row => row.Name).Ignore(row => row.ContentDigest);
        builder.HasIndex(row => new { row.Contract, row.Day });
    }
}
