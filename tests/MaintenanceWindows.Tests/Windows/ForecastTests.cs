using Governance.MaintenanceWindows.Tests.Bookings;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;

namespace Governance.MaintenanceWindows.Tests.Windows;

public sealed class ForecastTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task UpdateWindow_ValidateOnly_TellsWhichBookingsItWouldDisplaceAndMovesNone()
    {
        await schedule.ComponentAsync("foretold");
        var window = await schedule.NightsAsync("foretold-nights", null, "foretold");
        var booking = await schedule.BookAsync(Wish("foretold"));

        var forecast = await schedule.Planner.Windows.UpdateWindowAsync(new()
        {
            Window = new() { Name = window.Name, Start = "2026-03-01T10:00:00" },
            UpdateMask = new() { Paths = { "start" } },
            ValidateOnly = true,
        });

        forecast.DisplacedBookings.ShouldHaveSingleItem().Booking.ShouldBe(booking.Name);
        (await schedule.Planner.Windows.GetWindowAsync(new() { Name = window.Name })).Start.ShouldBe("2026-03-01T22:00:00");
        (await schedule.Planner.Bookings.GetBookingAsync(new() { Name = booking.Name })).Moves.ShouldBeEmpty();
    }

    [Fact]
    public async Task CreateFreeze_ValidateOnly_TellsWhichBookingsItWouldDisplace()
    {
        await schedule.ComponentAsync("frosty");
        await schedule.NightsAsync("frosty-nights", null, "frosty");
        var booking = await schedule.BookAsync(Wish("frosty"));

        var forecast = await schedule.Planner.Freezes.CreateFreezeAsync(new()
        {
            Freeze = new()
            {
                Start = "2026-03-02",
                End = "2026-03-09",
                Reason = "Sale",
                TimeZone = "UTC",
                Scope = new() { Components = { "components/frosty" } },
            },
            ValidateOnly = true,
        });

        var displaced = forecast.DisplacedBookings.ShouldHaveSingleItem();
        (displaced.Booking, displaced.PlannedStart).ShouldBe((booking.Name, booking.PlannedStart));
    }

    [Fact]
    public async Task ListOccurrences_OfABookedWindow_TellsWhatRoomIsLeft()
    {
        await schedule.ComponentAsync("roomy");
        var window = await schedule.NightsAsync("roomy-nights", one => one.Capacity = 3, "roomy");
        var booking = await schedule.BookAsync(Wish("roomy"));

        var listed = await schedule.Planner.Occurrences.ListOccurrencesAsync(new() { Window = window.Name, PageSize = 10 });

        var booked = listed.Occurrences.Single(one => one.Start <= booking.PlannedStart && one.End > booking.PlannedStart);
        (booked.Capacity, booked.RemainingCapacity).ShouldBe((3, 2));
        listed.Occurrences.Count(one => one.RemainingCapacity == 3).ShouldBe(listed.Occurrences.Count - 1);
    }

    [Fact]
    public async Task Feed_ShowsABookingInItsTime_AndAsCancelledOnceTakenBack()
    {
        await schedule.ComponentAsync("shown");
        await schedule.NightsAsync("shown-nights", null, "shown");
        var booking = await schedule.BookAsync(Wish("shown"));
        var feed = await schedule.Planner.CalendarFeeds.CreateCalendarFeedAsync(new()
        {
            CalendarFeed = new()
            {
                Scope = new() { Components = { "components/shown" } },
                Contents = { CalendarFeed.Types.Content.Bookings },
            },
        });

        var before = await schedule.Host.Http.GetStringAsync(feed.Path);
        await schedule.Planner.Bookings.CancelBookingAsync(new() { Name = booking.Name });
        var after = await schedule.Host.Http.GetStringAsync(feed.Path);

        before.ShouldContain($"DTSTART:{booking.PlannedStart.ToDateTime():yyyyMMdd'T'HHmmss'Z'}\r\n");
        before.ShouldContain("CATEGORIES:BOOKING");
        before.ShouldContain("STATUS:CONFIRMED");
        after.ShouldContain("STATUS:CANCELLED");
    }
}
