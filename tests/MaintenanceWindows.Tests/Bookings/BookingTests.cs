using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.Booking.Types.State;

namespace Governance.MaintenanceWindows.Tests.Bookings;

public class BookingTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task Create_WithoutATime_TakesTheBestSlotAndTellsTheWorld()
    {
        await schedule.ComponentAsync("best");
        await schedule.NightsAsync("best-nights", null, "best");
        var booking = await schedule.BookAsync(Wish("best"), "best-one");
        booking.State.ShouldBe(State.Confirmed);
        booking.PlannedStart.ShouldBe(At("2026-03-02T22:00:00"));
        booking.PlannedEnd.ShouldBe(At("2026-03-02T23:00:00"));
        booking.Window.ShouldBe("windows/best-nights");
        booking.OccurrenceStart.ShouldBe(booking.PlannedStart);
        booking.Requester.ShouldBe("users/planner");
        await Eventually.HoldsAsync(
            () => schedule.Estate.PubSub.Of<BookingChanged>()
                .Any(told => told.Booking.Name == "bookings/best-one" && told.Booking.State == State.Confirmed),
            "BookingChanged");
    }

    [Fact]
    public async Task Create_OutsideWindows_IsRefusedWithTheRule()
    {
        await schedule.ComponentAsync("outside");
        await schedule.NightsAsync("outside-nights", null, "outside");
        var wish = Wish("outside");
        wish.PlannedStart = At("2026-03-03T12:00:00");
        var refusal = await Refusal.OfAsync(() => schedule.BookAsync(wish));
        refusal.Code.ShouldBe(StatusCode.FailedPrecondition);
        refusal.Reason.ShouldBe("NO_OPEN_WINDOW");
    }

    [Fact]
    public async Task Create_InsideFreeze_IsRefusedWithTheFreezeThatForbadeIt()
    {
        await schedule.ComponentAsync("frozen");
        await schedule.NightsAsync("frozen-nights", null, "frozen");
        await schedule.FreezeAsync("frozen-peak", "2026-03-03T00:00:00", "2026-03-05T00:00:00", "frozen");
        var wish = Wish("frozen");
        wish.PlannedStart = At("2026-03-03T22:00:00");
        var refusal = await Refusal.OfAsync(() => schedule.BookAsync(wish));
        refusal.Reason.ShouldBe("FROZEN");
        refusal.Facts["freeze"].ShouldBe("freezes/frozen-peak");
    }

    [Fact]
    public async Task Create_EightWritersAtOnce_NeverOverbookACapacityOfTwo()
    {
        string[] components = [.. Enumerable.Range(0, 8).Select(i => $"race-{i}")];
        foreach (var component in components) await schedule.ComponentAsync(component);
        await schedule.NightsAsync("race-nights", window => window.Capacity = 2, components);
        var calls = components.Select(async component =>
        {
            var wish = Wish(component, 240);
            wish.PlannedStart = At("2026-03-04T22:00:00");
            try
            {
                return (await schedule.BookAsync(wish)).State.ToString();
            }
            catch (RpcException fault)
            {
                return Refusal.From(fault).Reason;
            }
        });
        var outcomes = await Task.WhenAll(calls);
        outcomes.Count(outcome => outcome == "Confirmed").ShouldBe(2);
        outcomes.Count(outcome => outcome == "CAPACITY").ShouldBe(6);
    }

    [Fact]
    public async Task Create_ValidateOnly_ShowsTheSlotAndKeepsNothing()
    {
        await schedule.ComponentAsync("dry");
        await schedule.NightsAsync("dry-nights", null, "dry");
        var shown =
            await schedule.Planner.Bookings.CreateBookingAsync(new() { Booking = Wish("dry"), BookingId = "dry-one", ValidateOnly = true });
        shown.PlannedStart.ShouldBe(At("2026-03-02T22:00:00"));
        (await Refusal.OfAsync(() => schedule.GetAsync("bookings/dry-one"))).Code.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Create_WrongFields_AreAllReported()
    {
        var refusal = await Refusal.OfAsync(() => schedule.BookAsync(new Booking { Components = { "Not a name" } }));
        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(["booking.components[0]", "booking.environment", "booking.kind", "booking.duration"], ignoreOrder: true);
    }

    [Fact]
    public async Task Approve_ByTheRequesterTheImplementerOrAKey_IsRefused()
    {
        await schedule.ComponentAsync("duty", tier: 3);
        var wish = Wish("duty");
        wish.Implementer = "users/doer";
        var booking = await schedule.BookAsync(wish);
        var own = await Refusal.OfAsync(schedule.Planner.Bookings.ApproveBookingAsync(new() { Name = booking.Name }));
        own.Reason.ShouldBe("SELF_APPROVAL");
        var doer = await Refusal.OfAsync(
            schedule.As(Callers.Person("doer", "approver")).Bookings.ApproveBookingAsync(new() { Name = booking.Name }));
        doer.Reason.ShouldBe("SELF_APPROVAL");
        var key = await Refusal.OfAsync(
            schedule.As(Callers.Key("k1", "someone", "admin")).Bookings.ApproveBookingAsync(new() { Name = booking.Name }));
        key.Reason.ShouldBe("KEYS_CANNOT_APPROVE");
        var approved = await schedule.As(Callers.Person("approver", "approver")).Bookings
            .ApproveBookingAsync(new() { Name = booking.Name, Etag = booking.Etag });
        approved.Approvals.ShouldHaveSingleItem().Approver.ShouldBe("users/approver");
        var stale = await Refusal.OfAsync(schedule.As(Callers.Person("other", "approver")).Bookings
            .ApproveBookingAsync(new() { Name = booking.Name, Etag = booking.Etag }));
        stale.Code.ShouldBe(StatusCode.Aborted);
    }

    [Fact]
    public async Task Start_BeforeTheWindowOpens_IsRefusedByTheGate()
    {
        await schedule.ComponentAsync("gate");
        await schedule.NightsAsync("gate-nights", null, "gate");
        var booking = await schedule.BookAsync(Wish("gate"));
        var refusal = await Refusal.OfAsync(schedule.Planner.Bookings.StartBookingAsync(new() { Name = booking.Name }));
        refusal.Reason.ShouldBe("NO_OPEN_WINDOW");
    }

    [Fact]
    public async Task Start_AndComplete_KeepActualTimesAndOutcome()
    {
        await schedule.ComponentAsync("life", tier: 3);
        var booking = await schedule.BookAsync(Wish("life"));
        var started = await schedule.Planner.Bookings.StartBookingAsync(new() { Name = booking.Name });
        started.State.ShouldBe(State.Started);
        started.ActualStart.ShouldBe(At("2026-03-02T09:00:00"));
        var again = await Refusal.OfAsync(schedule.Planner.Bookings.CancelBookingAsync(new() { Name = booking.Name }));
        again.Reason.ShouldBe("BOOKING_STARTED");
        var done = await schedule.Planner.Bookings.CompleteBookingAsync(
            new() { Name = booking.Name, Outcome = ChangeOutcome.SuccessfulWithIssues, Reason = "Slow cache" });
        (done.State, done.Outcome, done.Overran).ShouldBe((State.Completed, ChangeOutcome.SuccessfulWithIssues, false));
    }

    [Fact]
    public async Task Record_ThenBackItOut_IsAllowedInAnyFreeze()
    {
        await schedule.ComponentAsync("back");
        await schedule.FreezeAsync("back-peak", "2026-03-01T00:00:00", "2026-04-01T00:00:00", "back");
        var recorded = await schedule.Planner.Bookings.RecordChangeAsync(
            new() { Components = { "components/back" }, Environment = "production", Change = "run-7" });
        (recorded.State, recorded.Recorded, recorded.Kind).ShouldBe((State.Completed, true, ChangeKind.Release));
        var question = new CheckChangeRequest { Component = "back", Environment = "production", Kind = ChangeKind.Release };
        (await schedule.Planner.Changes.CheckChangeAsync(question)).Verdict.ShouldBe(CheckChangeResponse.Types.Verdict.Denied);
        question.BacksOut = recorded.Name;
        var answer = await schedule.Planner.Changes.CheckChangeAsync(question);
        answer.Verdict.ShouldBe(CheckChangeResponse.Types.Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("BACK_OUT");
    }

    [Fact]
    public async Task Check_RightAfterAChange_KnowsOfIt()
    {
        await schedule.ComponentAsync("fresh", tier: 3);
        var question = new CheckChangeRequest { Component = "components/fresh", Environment = "production", Kind = ChangeKind.Patch };
        for (var i = 0; i < 5; i++)
        {
            (await schedule.Planner.Changes.CheckChangeAsync(question)).Verdict.ShouldBe(CheckChangeResponse.Types.Verdict.Allowed);
            var freeze = await schedule.FreezeAsync($"fresh-{i}", "2026-03-01T00:00:00", "2026-04-01T00:00:00", "fresh");
            var frozen = await schedule.Planner.Changes.CheckChangeAsync(question);
            frozen.Reasons[0].Resource.ShouldBe(freeze.Name);
            await schedule.Planner.Freezes.DeleteFreezeAsync(new() { Name = freeze.Name, Reason = "Over" });
        }
    }

    [Fact]
    public async Task List_ByComponentAndState_PagesInOrderOfTheSchedule()
    {
        await schedule.ComponentAsync("listed");
        await schedule.NightsAsync("listed-nights", null, "listed");
        for (var i = 0; i < 3; i++) await schedule.BookAsync(Wish("listed", 120), $"listed-{i}");
        var request = new ListBookingsRequest { Component = "listed", PageSize = 2, States = { State.Confirmed } };
        var first = await schedule.Planner.Bookings.ListBookingsAsync(request);
        request.PageToken = first.NextPageToken;
        var second = await schedule.Planner.Bookings.ListBookingsAsync(request);
        first.Bookings.Concat(second.Bookings).Select(booking => booking.PlannedStart)
            .ShouldBe([At("2026-03-02T22:00:00"), At("2026-03-03T00:00:00"), At("2026-03-03T22:00:00")]);
        second.NextPageToken.ShouldBeEmpty();
    }

    [Fact]
    public async Task FindSlots_NothingFits_NamesConstraintAndRemedies()
    {
        await schedule.ComponentAsync("slots");
        await schedule.NightsAsync("slots-nights", null, "slots");
        await schedule.FreezeAsync("slots-peak", "2026-03-02T00:00:00", "2026-03-10T00:00:00", "slots");
        var answer = await schedule.Planner.Slots.FindSlotsAsync(new()
        {
            Components = { "components/slots" },
            Environment = "production",
            Kind = ChangeKind.Patch,
            Duration = Minutes(60),
            Deadline = At("2026-03-08T00:00:00"),
        });
        answer.Slots.ShouldBeEmpty();
        answer.BindingConstraint.ShouldBe("FROZEN");
        answer.Remedies.ShouldContain(remedy =>
            remedy.Action == "EXCEPTION_UNTIL" && remedy.FirstSlotTime.Equals(At("2026-03-10T00:00:00")));
    }
}
