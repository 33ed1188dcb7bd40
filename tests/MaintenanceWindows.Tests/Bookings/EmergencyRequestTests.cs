using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.Booking.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.MaintenanceWindows.Tests.Bookings;

public class EmergencyRequestTests(Schedule schedule) : IClassFixture<Schedule>
{
    private const string Typed = "The shop is being broken into right now.";

    [Fact]
    public async Task Emergency_ApprovedWithItsRollout_PassesTheFreezeByARecordedOverride()
    {
        var request = await FrozenAsync("pass", new OverridePolicy());
        await schedule.WantAsync(request, 1);
        var booked = await schedule.AnswerAsync("bookingRequests/pass", booking => booking.State == State.Confirmed);
        var granted = await OverrideAsync("pass");
        booked.Override.ShouldBe(granted.Name);
        booked.PlannedStart.ToDateTimeOffset().ShouldBeLessThan(At("2026-03-03T00:00:00").ToDateTimeOffset());
        (granted.State, granted.Reason, granted.Requester, granted.Change).ShouldBe(
            (Override.Types.State.Approved, Typed, "users/ines", request.Stage));
        (granted.Approvals.ShouldHaveSingleItem().Approver, granted.Approvals[0].Digest).ShouldBe(("users/boss", "d1"));
        (granted.Components.ShouldHaveSingleItem(), granted.ExpireTime).ShouldBe(("components/pass", At("2026-03-03T09:00:00")));

        (request.Wanted, request.Attempt) = (Wanted.Started, 2);
        await schedule.WantAsync(request, 2);
        await schedule.AnswerAsync("bookingRequests/pass", booking => booking.State == State.Started);
        (await schedule.Planner.Overrides.ListOverridesAsync(new() { Parent = "freezes/pass" })).Overrides.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Emergency_FreezeThatNobodyMayPass_IsRefused()
    {
        await schedule.WantAsync(await FrozenAsync("shut", null), 1);
        (await RefusedAsync("shut")).Reasons.ShouldContain(reason => reason.Resource == "freezes/shut");
        (await schedule.Planner.Overrides.ListOverridesAsync(new() { Parent = "freezes/shut" })).Overrides.ShouldBeEmpty();
    }

    [Fact]
    public async Task Emergency_FreezeThatAsksForMoreApprovals_WaitsForThem()
    {
        var request = await FrozenAsync("two", new OverridePolicy { ApprovalsNeeded = 2 });
        await schedule.WantAsync(request, 1);
        await RefusedAsync("two");
        var pending = await OverrideAsync("two");
        (pending.State, pending.Approvals.Count).ShouldBe((Override.Types.State.Pending, 1));
        await schedule.Planner.Overrides.ApproveOverrideAsync(new() { Name = pending.Name });
        request.Attempt = 2;
        await schedule.WantAsync(request, 2);
        (await schedule.AnswerAsync("bookingRequests/two", booking => booking.State == State.Confirmed)).Override.ShouldBe(pending.Name);
    }

    [Fact]
    public async Task Emergency_ApprovalsOfSomethingElseOrByThoseInvolved_DoNotCount()
    {
        var request = await FrozenAsync("void", new OverridePolicy());
        request.Approvals[0].Digest = "d0";
        request.Approvals.Add(new Approval { Approver = "users/ines", Source = "governance", Digest = "d1" });
        await schedule.WantAsync(request, 1);
        await RefusedAsync("void");
        var other = await FrozenAsync("roles", new OverridePolicy { Roles = { "leadership" } });
        await schedule.WantAsync(other, 1);
        await RefusedAsync("roles");
        (await schedule.Planner.Overrides.ListOverridesAsync(new() { Parent = "freezes/roles" })).Overrides.ShouldBeEmpty();
    }

    [Fact]
    public async Task Normal_WithAnOverrideInItsRequest_StaysFrozen()
    {
        var request = await FrozenAsync("plain", new OverridePolicy());
        request.ChangeType = ChangeType.Normal;
        await schedule.WantAsync(request, 1);
        await RefusedAsync("plain");
    }

    [Fact]
    public async Task Completed_AndBackedOutLater_ShowsThat()
    {
        await schedule.ComponentAsync("undo", tier: 3);
        var request = Request("undo", "undo");
        foreach (var (wanted, attempt) in new[] { (Wanted.Booked, 1), (Wanted.Started, 2), (Wanted.Completed, 3) })
        {
            (request.Wanted, request.Attempt) = (wanted, attempt);
            await schedule.WantAsync(request, attempt);
        }

        await schedule.AnswerAsync("bookingRequests/undo", booking => booking.Outcome == ChangeOutcome.Successful);
        (request.Outcome, request.Attempt, request.Reason) = (ChangeOutcome.BackedOut, 4, "Checkout breaks.");
        await schedule.WantAsync(request, 4);
        var undone = await schedule.AnswerAsync("bookingRequests/undo", booking => booking.Attempt == 4);
        (undone.State, undone.Outcome, undone.Reason).ShouldBe((State.Completed, ChangeOutcome.BackedOut, "Checkout breaks."));
    }

    /// <summary>A component that is frozen until after the request's deadline.</summary>
    private async Task<BookingRequest> FrozenAsync(string id, OverridePolicy? policy)
    {
        await schedule.ComponentAsync(id, tier: 3);
        await schedule.Planner.Freezes.CreateFreezeAsync(new()
        {
            FreezeId = id,
            Freeze = new Freeze
            {
                DisplayName = id,
                TimeZone = "Etc/UTC",
                Start = "2026-03-01",
                End = "2026-03-20",
                Reason = "Peak trading",
                Scope = new Scope { Components = { $"components/{id}" } },
                OverridePolicy = policy,
            },
        });
        var request = Request(id, id);
        (request.ChangeType, request.Deadline) = (ChangeType.Emergency, At("2026-03-10T00:00:00"));
        request.EmergencyOverride = new EmergencyOverride { Reason = Typed, ExpireTime = At("2026-03-03T09:00:00"), Digest = "d1" };
        request.Approvals.Add(new Approval { Approver = "users/boss", Source = "governance", Digest = "d1", Roles = { "approver" } });
        return request;
    }

    private Task<Booking> RefusedAsync(string id) =>
        schedule.AnswerAsync($"bookingRequests/{id}", booking => booking.State == State.Refused);

    private async Task<Override> OverrideAsync(string freeze) =>
        (await schedule.Planner.Overrides.ListOverridesAsync(new() { Parent = $"freezes/{freeze}" })).Overrides.ShouldHaveSingleItem();
}
