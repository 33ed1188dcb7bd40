using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Tests.Bookings;

public class ReevaluationTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task Freeze_OverABooking_MovesItBehindAndNamesTheFreeze()
    {
        await ReadyAsync("moved");
        var booking = await schedule.BookAsync(Wish("moved"));
        await schedule.FreezeAsync("moved-peak", "2026-03-02T00:00:00", "2026-03-03T12:00:00", "moved");
        var moved = await BecomesAsync(booking, now => now.Moves.Count > 0);
        moved.State.ShouldBe(State.Confirmed);
        moved.PlannedStart.ShouldBe(At("2026-03-03T22:00:00"));
        moved.Reason.ShouldContain("freezes/moved-peak");
        moved.Reasons.ShouldContain(reason => reason.Rule == "FROZEN" && reason.Resource == "freezes/moved-peak");
        moved.Moves[0].From.ShouldBe(booking.PlannedStart);
    }

    [Fact]
    public async Task Freeze_UntilBehindTheDeadline_UnschedulesWithReasonAndRemedies()
    {
        await ReadyAsync("lost");
        var wish = Wish("lost");
        wish.Deadline = At("2026-03-05T00:00:00");
        var booking = await schedule.BookAsync(wish);
        await schedule.FreezeAsync("lost-peak", "2026-03-02T00:00:00", "2026-03-06T00:00:00", "lost");
        var lost = await BecomesAsync(booking, now => now.State == State.Unscheduled);
        lost.PlannedStart.ShouldBeNull();
        lost.Reason.ShouldContain("freezes/lost-peak");
        lost.Remedies.ShouldContain(remedy => remedy.Action == "EXCEPTION_UNTIL");
    }

    [Fact]
    public async Task Window_ThatUnschedules_DoesNotMove()
    {
        await schedule.ComponentAsync("strict");
        var window = await schedule.NightsAsync("strict-nights", one => one.Displacement = Window.Types.Displacement.Unschedule, "strict");
        await schedule.NightsAsync("strict-others", one => one.Start = "2026-03-02T03:00:00", "strict");
        var booking = await schedule.BookAsync(Wish("strict"));
        booking.Window.ShouldBe(window.Name);
        await schedule.Planner.Windows.DeleteWindowAsync(new() { Name = window.Name });
        var lost = await BecomesAsync(booking, now => now.State == State.Unscheduled);
        lost.Moves.ShouldHaveSingleItem().To.ShouldBeNull();
    }

    [Fact]
    public async Task Capacity_Lowered_MovesTheLighterBooking()
    {
        await schedule.ComponentAsync("heavy");
        await schedule.ComponentAsync("light");
        var window = await schedule.NightsAsync("weight-nights", one => one.Capacity = 2, "heavy", "light");
        var light = await schedule.BookAsync(With(Wish("light", 240), Severity.Low));
        var heavy = await schedule.BookAsync(With(Wish("heavy", 240), Severity.Critical));
        light.PlannedStart.ShouldBe(heavy.PlannedStart);
        window.Capacity = 1;
        await schedule.Planner.Windows.UpdateWindowAsync(new() { Window = window });
        var moved = await BecomesAsync(light, now => now.Moves.Count > 0);
        moved.PlannedStart.ShouldBe(At("2026-03-03T22:00:00"));
        (await schedule.GetAsync(heavy.Name)).PlannedStart.ShouldBe(heavy.PlannedStart);
    }

    [Fact]
    public async Task Dependency_New_MovesOneOfTwoBookings()
    {
        await ReadyAsync("base");
        await ReadyAsync("needs");
        var first = await schedule.BookAsync(Wish("base", 240));
        var second = await schedule.BookAsync(Wish("needs", 240));
        await schedule.ComponentAsync("needs", 1, 2, "base");
        var moved = await BecomesAsync(second, now => now.Moves.Count > 0);
        moved.Reasons.ShouldContain(reason => reason.Rule == "DEPENDENCY_BUSY" && reason.Resource == first.Name);
    }

    [Fact]
    public async Task Request_MovedByAFreeze_AnswersWithTheSameAttempt()
    {
        await ReadyAsync("wave");
        await schedule.WantAsync(Request("wave", "wave"), 1);
        await schedule.AnswerAsync("bookingRequests/wave", booking => booking.State == State.Confirmed);
        await schedule.FreezeAsync("wave-peak", "2026-03-02T00:00:00", "2026-03-04T12:00:00", "wave");
        var moved = await schedule.AnswerAsync("bookingRequests/wave", booking => booking.Moves.Count > 0);
        (moved.Attempt, moved.PlannedStart).ShouldBe((1, At("2026-03-04T22:00:00")));
    }

    [Fact]
    public async Task Freeze_ValidateOnly_TellsWhatItWouldDisplaceAndMovesNothing()
    {
        await ReadyAsync("asked");
        var booking = await schedule.BookAsync(Wish("asked"));
        var freeze = new Freeze
        {
            Start = "2026-03-02",
            End = "2026-03-04",
            Reason = "Peak trading",
            Scope = new Scope { Components = { "components/asked" } },
        };
        var shown = await schedule.Planner.Freezes.CreateFreezeAsync(new() { Freeze = freeze, ValidateOnly = true });
        shown.DisplacedBookings.ShouldHaveSingleItem().Booking.ShouldBe(booking.Name);
        (await schedule.GetAsync(booking.Name)).Etag.ShouldBe(booking.Etag);
    }

    [Fact]
    public async Task Window_Shortened_TellsWhatItDisplaces()
    {
        await schedule.ComponentAsync("short");
        var window = await schedule.NightsAsync("short-nights", one => one.Capacity = 3, "short");
        var booking = await schedule.BookAsync(Wish("short", 180));
        window.Duration = Minutes(120);
        var changed = await schedule.Planner.Windows.UpdateWindowAsync(new() { Window = window, ValidateOnly = true });
        changed.DisplacedBookings.ShouldHaveSingleItem().Booking.ShouldBe(booking.Name);
        var occurrences = await schedule.Planner.Occurrences.ListOccurrencesAsync(new() { Window = window.Name, PageSize = 2 });
        occurrences.Occurrences.Select(one => one.RemainingCapacity).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Request_BeforeItsComponentIsKnown_IsAskedAgainWhenItIs()
    {
        await schedule.WantAsync(Request("overtaken", "overtaken"), 1);
        await schedule.AnswerAsync("bookingRequests/overtaken", booking => booking.State == State.Refused);
        await schedule.ComponentAsync("overtaken", tier: 4);
        var answer = await schedule.AnswerAsync("bookingRequests/overtaken", booking => booking.State == State.Confirmed);
        answer.Attempt.ShouldBe(1);
    }

    private Task<Booking> BecomesAsync(Booking booking, Func<Booking, bool> condition) => Eventually.GetAsync(
        async () => await schedule.GetAsync(booking.Name) is var now && condition(now) ? now : null, $"{booking.Name} to change");

    private static Booking With(Booking booking, Severity severity)
    {
        booking.Severity = severity;
        return booking;
    }

    private async Task ReadyAsync(string component)
    {
        await schedule.ComponentAsync(component);
        await schedule.NightsAsync($"{component}-nights", null, component);
    }
}
