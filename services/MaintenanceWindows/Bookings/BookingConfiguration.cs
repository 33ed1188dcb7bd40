using System.Collections.Immutable;
using System.Globalization;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Planning;
using Governance.Windows.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using NodaTime;

namespace Governance.MaintenanceWindows.Bookings;

internal sealed class BookingConfiguration : IEntityTypeConfiguration<Booking>
{
    public void Configure(EntityTypeBuilder<Booking> builder)
    {
        builder.ToTable("Bookings");
        builder.ComplexProperty(booking => booking.Terms, terms =>
        {
            terms.Property(one => one.Change).HasMaxLength(300);
            terms.Property(one => one.Environment).HasMaxLength(63);
            terms.WithOwnNames();
        });
        builder.Property(booking => booking.Reasons)
            .HasConversion<JsonColumn<ImmutableArray<Reason>>, JsonComparer<ImmutableArray<Reason>>>();
        builder.Property(booking => booking.Remedies)
            .HasConversion<JsonColumn<ImmutableArray<Remedy>>, JsonComparer<ImmutableArray<Remedy>>>();
        builder.Property(booking => booking.Moves)
            .HasConversion<JsonColumn<ImmutableArray<BookingMove>>, JsonComparer<ImmutableArray<BookingMove>>>();
        builder.Property(booking => booking.Places).HasConversion<PlacesColumn, PlacesComparer>();
        builder.Property(booking => booking.Status).HasColumnName("State");
        builder.Property(booking => booking.BookingRequest).HasMaxLength(300);
        builder.Property(booking => booking.Window).HasMaxLength(300);
        builder.HasMany(booking => booking.ComponentRows).WithOne().HasForeignKey(row => row.BookingId);
        builder.Navigation(booking => booking.ComponentRows).AutoInclude();
        builder.HasIndex(booking => new { booking.SortTime, booking.Id });
        builder.HasIndex(booking => booking.Status);
        builder.HasIndex(booking => booking.BookingRequest);
        builder.HasIndex(booking => booking.Window);
    }
}

internal sealed class BookingComponentConfiguration : IEntityTypeConfiguration<BookingComponent>
{
    public void Configure(EntityTypeBuilder<BookingComponent> builder)
    {
        builder.ToTable("BookingComponents").HasKey(row => new { row.BookingId, row.Component });
        // With the booking's id 900 bytes, the most of a clustered key in SQL Server; a component's name has at most 211 characters.
        builder.Property(row => row.Component).HasMaxLength(250);
        builder.HasIndex(row => row.Component);
    }
}

/// <summary>Places as text, <c>windows/night 17683416000000000;windows/…</c>: the window and the occurrence's start in ticks.</summary>
internal sealed class PlacesColumn() : ValueConverter<ImmutableArray<PlaceInWindow>, string>(
    places => Write(places), text => Read(text))
{
    public static string Write(ImmutableArray<PlaceInWindow> places) => string.Join(
        ';',
        places.Select(place => string.Create(CultureInfo.InvariantCulture, $"{place.Window} {place.OccurrenceStart.ToUnixTimeTicks()}")));

    private static ImmutableArray<PlaceInWindow> Read(string text) =>
    [
        .. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split(' ')).Select(part =>
            new PlaceInWindow(part[0], Instant.FromUnixTimeTicks(long.Parse(part[1], CultureInfo.InvariantCulture)))),
    ];
}

internal sealed class PlacesComparer() : ValueComparer<ImmutableArray<PlaceInWindow>>(
    (left, right) => PlacesColumn.Write(left) == PlacesColumn.Write(right),
    places => PlacesColumn.Write(places).GetHashCode(StringComparison.Ordinal),
    places => places);
