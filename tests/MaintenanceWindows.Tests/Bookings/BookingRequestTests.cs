using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.Booking.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.MaintenanceWindows.Tests.Bookings;

public class BookingRequestTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task Wanted_Booked_IsAnsweredNamingRequestAndAttempt()
    {
        await ReadyAsync("ask");
        await schedule.WantAsync(Request("ask", "ask"), 1);
        var answer = await schedule.AnswerAsync("bookingRequests/ask", booking => booking.State == State.Confirmed);
        answer.Attempt.ShouldBe(1);
        answer.PlannedStart.ShouldBe(At("2026-03-02T22:00:00"));
        answer.Change.ShouldBe("rollouts/ask/stages/wave-1");
    }

    [Fact]
    public async Task Wanted_WithoutASlot_IsRefusedWithReasonsAndRemedies()
    {
        await ReadyAsync("none");
        var request = Request("none", "none");
        request.Deadline = At("2026-03-02T20:00:00");
        await schedule.WantAsync(request, 1);
        var answer = await schedule.AnswerAsync("bookingRequests/none", booking => booking.State == State.Refused);
        answer.Reasons[0].Rule.ShouldBe("AFTER_DEADLINE");
        answer.Remedies.ShouldContain(remedy => remedy.Action == "EXCEPTION_UNTIL");
        request.Attempt = 2;
        request.Deadline = null;
        await schedule.WantAsync(request, 2);
        var second = await schedule.AnswerAsync("bookingRequests/none", booking => booking.Attempt == 2);
        (second.State, second.Name).ShouldBe((State.Confirmed, answer.Name));
    }

    [Fact]
    public async Task Events_RepeatedAndOutOfOrder_EndInTheNewestWish()
    {
        await ReadyAsync("late");
        var cancelled = Request("late", "late");
        cancelled.Wanted = Wanted.Cancelled;
        await schedule.WantAsync(cancelled, 5);
        await schedule.WantAsync(Request("late", "late"), 4);
        await schedule.WantAsync(cancelled, 5);
        var all = await schedule.Planner.Bookings.ListBookingsAsync(new() { Change = "rollouts/late" });
        all.Bookings.ShouldHaveSingleItem().State.ShouldBe(State.Cancelled);
    }

    [Fact]
    public async Task Wanted_StartedOutsideTheWindow_StaysConfirmedAndSaysWhy()
    {
        await ReadyAsync("early");
        var request = Request("early", "early");
        await schedule.WantAsync(request, 1);
        request.Wanted = Wanted.Started;
        await schedule.WantAsync(request, 2);
        var answer = await schedule.AnswerAsync("bookingRequests/early", booking => booking.Reasons.Count > 0);
        answer.State.ShouldBe(State.Confirmed);
        answer.Reasons[0].Rule.ShouldBe("NO_OPEN_WINDOW");
    }

    [Fact]
    public async Task Wanted_StartedAndCompleted_FollowsToTheEnd()
    {
        await schedule.ComponentAsync("whole", tier: 3);
        var request = Request("whole", "whole");
        await schedule.WantAsync(request, 1);
        request.Wanted = Wanted.Started;
        await schedule.WantAsync(request, 2);
        await schedule.AnswerAsync("bookingRequests/whole", booking => booking.State == State.Started);
        (request.Wanted, request.Outcome) = (Wanted.Completed, ChangeOutcome.Unsuccessful);
        await schedule.WantAsync(request, 3);
        var done = await schedule.AnswerAsync("bookingRequests/whole", booking => booking.State == State.Completed);
        done.Outcome.ShouldBe(ChangeOutcome.Unsuccessful);
        (request.Wanted, request.Attempt) = (Wanted.Booked, 2);
        await schedule.WantAsync(request, 4);
        var again = await schedule.AnswerAsync("bookingRequests/whole", booking => booking.Attempt == 2);
        again.Name.ShouldNotBe(done.Name);
    }

    [Fact]
    public async Task Wanted_NewAttemptThatStillFits_KeepsItsSlotAndItsApprovals()
    {
        await ReadyAsync("keep");
        var request = Request("keep", "keep");
        request.NotBefore = At("2026-03-04T00:00:00");
        request.Approvals.Add(new Approval { Approver = "users/boss", Source = "governance" });
        await schedule.WantAsync(request, 1);
        var first = await schedule.AnswerAsync("bookingRequests/keep", booking => booking.State == State.Confirmed);
        (request.Attempt, request.NotBefore) = (2, At("2026-03-02T12:00:00"));
        await schedule.WantAsync(request, 2);
        var second = await schedule.AnswerAsync("bookingRequests/keep", booking => booking.Attempt == 2);
        second.PlannedStart.ShouldBe(first.PlannedStart);
        second.Approvals.ShouldHaveSingleItem().Approver.ShouldBe("users/boss");
    }

    [Fact]
    public async Task SlotDemand_IsAnsweredAndAgainWhenTheCalendarChanges()
    {
        await ReadyAsync("need");
        var demand = new SlotDemand
        {
            Name = "slotDemands/need",
            Component = "components/need",
            Environment = "production",
            Kind = ChangeKind.Patch,
            Severity = Severity.Critical,
            Duration = Minutes(60),
            EarliestDue = At("2026-03-05T00:00:00"),
        };
        var told = new SlotDemandChanged { Meta = Envelopes.Meta(1), Demand = demand };
        (await schedule.Host.DeliverAsync(ServiceCatalog.Patching, demand.Name, told)).ShouldBe("SUCCESS");
        (await SupplyAsync(supply => supply.FirstSlot is not null)).FirstSlot.ShouldBe(At("2026-03-02T22:00:00"));
        await schedule.FreezeAsync("need-peak", "2026-03-02T00:00:00", "2026-03-06T00:00:00", "need");
        var frozen = await SupplyAsync(supply => supply.FirstSlot is null);
        frozen.BindingConstraint.ShouldBe("FROZEN");
        frozen.FirstSlotAtAll.ShouldBe(At("2026-03-06T00:00:00"));
    }

    private Task<SlotSupply> SupplyAsync(Func<SlotSupply, bool> condition) => Eventually.GetAsync(
        () => Task.FromResult(schedule.Estate.PubSub.Of<SlotSupplyChanged>()
            .LastOrDefault(told => told.Supply.Demand == "slotDemands/need") is { } last && condition(last.Supply) ? last.Supply : null),
        "a supply");

    private async Task ReadyAsync(string component)
    {
        await schedule.ComponentAsync(component);
        await schedule.NightsAsync($"{component}-nights", null, component);
    }
}
