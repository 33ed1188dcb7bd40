using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>
/// What a commit changed in the calendar: replicas load what these rows name, from the stamp on that they hold. Kept for a
/// day; who holds an older calendar loads it as a whole.
/// </summary>
internal sealed class CalendarChangeRow
{
    /// <summary>The calendar's stamp: 1, 2, 3 …, without gaps, in the order of commits.</summary>
    public long Stamp { get; set; }

    /// <summary>What changed, <c>bookings/b1</c>.</summary>
    public required string Name { get; set; }

    public Instant CommitTime { get; set; }
}

internal sealed class CalendarChangeConfiguration : IEntityTypeConfiguration<CalendarChangeRow>
{
    public void Configure(EntityTypeBuilder<CalendarChangeRow> builder)
    {
        builder.ToTable("CalendarChanges").HasKey(row => new { row.Stamp, row.Name });
        builder.Property(row => row.Stamp).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(300);
        builder.HasIndex(row => row.CommitTime);
    }
}
