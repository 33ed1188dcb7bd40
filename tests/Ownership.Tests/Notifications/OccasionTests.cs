using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using Duration = NodaTime.Duration;
using Feasibility = Governance.Patching.V1.Feasibility;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>What happens elsewhere is told to those who answer for it, once, and not when it is over.</summary>
public sealed class OccasionTests : IAsyncLifetime
{
    private NotifyingEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await NotifyingEstate.StartAsync();
        await _estate.HookedPartyAsync("shop");
        await _estate.Estate.ComponentAsync("checkout", owner: "parties/shop", tier: 1);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Rollout_AwaitingApproval_IsToldOnceHoweverOftenItIsHeard()
    {
        var rollout = NotifyingEstate.Waiting("r1");
        await _estate.DeliverAsync(rollout, version: 3);
        var told = (await _estate.ToldAsync(rollout.Name, 1, State.Sent))[0];
        (told.Occasion, told.Party, told.Component, told.Address).ShouldBe(
            (Occasion.ApprovalWaiting, "parties/shop", "components/checkout", "webhookEndpoints/shop-hook"));

        await _estate.DeliverAsync(rollout, version: 3);
        await _estate.DeliverAsync(rollout, version: 4);
        await _estate.DeliverAsync(rollout, version: 4, run: "run-1");
        await _estate.SettleAsync();

        (await _estate.LogAsync(rollout.Name)).ShouldHaveSingleItem();
        var received = _estate.Hooks.All.ShouldHaveSingleItem();
        received.Json.GetProperty("type").GetString().ShouldBe("approval.waiting");
        received.Json.GetProperty("data").GetProperty("subject").GetString().ShouldBe("rollouts/r1");
        received.Json.GetProperty("data").GetProperty("link").GetString().ShouldBe("https://governance.example.com/v1/rollouts/r1");
    }

    [Fact]
    public async Task Rollout_ApprovedBeforeItCouldBeSent_IsNotSentAnyMore()
    {
        _estate.Hooks.Answer = _ => 503;
        var rollout = NotifyingEstate.Waiting("r2");
        await _estate.DeliverAsync(rollout, version: 3);
        await Eventually.HoldsAsync(() => !_estate.Hooks.All.IsEmpty, "the first attempt");

        rollout.State = Rollout.Types.State.Scheduled;
        await _estate.DeliverAsync(rollout, version: 5);
        _estate.Hooks.Answer = _ => 204;
        var waiting = NotifyingEstate.Waiting("r2");
        await _estate.DeliverAsync(waiting, version: 4);
        await _estate.SettleAsync();

        (await _estate.ToldAsync(rollout.Name, 1, State.Suppressed))[0].Reason.ShouldContain("over");
    }

    [Fact]
    public async Task Remediation_DueWithinTheLeadTime_IsToldThenAndAsOverdueAfterwards()
    {
        var one = _estate.Due("m1", hours: 72);
        await _estate.DeliverAsync(one);
        await _estate.SettleAsync();
        (await _estate.LogAsync(one.Name)).ShouldBeEmpty();

        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromHours(48));
        (await _estate.ToldAsync(one.Name, 1, State.Sent))[0].Occasion.ShouldBe(Occasion.DueSoon);
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromHours(24));
        await _estate.SettleAsync();
        (await _estate.LogAsync(one.Name)).ShouldHaveSingleItem("due at an instant is due until its end");
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromSeconds(1));
        (await _estate.ToldAsync(one.Name, 2, State.Sent))
            .Select(told => told.Occasion)
            .ShouldBe([Occasion.ActionOverdue, Occasion.DueSoon]);
    }

    [Fact]
    public async Task Remediation_DoneBeforeTheLeadTimeOrLateWhenFirstSeen_IsNotTold()
    {
        var (done, late) = (_estate.Due("m2", hours: 48), _estate.Due("m3", hours: -2));
        await _estate.DeliverAsync(done, version: 1);
        done.State = Remediation.Types.State.Remediated;
        await _estate.DeliverAsync(done, version: 2);
        await _estate.DeliverAsync(late);
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromHours(72));
        await _estate.SettleAsync();

        (await _estate.LogAsync(done.Name)).ShouldBeEmpty();
        (await _estate.LogAsync(late.Name)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Remediation_WithoutASlotBeforeItIsDue_IsToldWithTheRemedies()
    {
        var one = _estate.Due("m4", hours: 100);
        one.Feasibility = new Feasibility
        {
            State = Feasibility.Types.State.Infeasible,
            Detail = "Peak season is frozen.",
            Remedies = { new Common.V1.Remedy { Detail = "Override the freeze." } },
        };
        await _estate.DeliverAsync(one);

        var told = (await _estate.ToldAsync(one.Name, 1, State.Sent))[0];
        (told.Occasion, told.Text.Contains("Peak season is frozen. Override the freeze.", StringComparison.Ordinal)).ShouldBe(
            (Occasion.DeadlineInfeasible, true));
    }

    [Fact]
    public async Task Booking_MovedAgainBeforeItCouldBeSent_IsToldOfTheLastMoveOnly()
    {
        _estate.Hooks.Answer = _ => 503;
        var booking = new Booking
        {
            Name = "bookings/b1",
            DisplayName = "Checkout",
            State = Booking.Types.State.Confirmed,
            Components = { "components/checkout" },
            Environment = "production",
        };
        await _estate.DeliverAsync(booking);
        Move(booking, hours: 1);
        await _estate.DeliverAsync(booking);
        await _estate.ToldAsync(booking.Name, 1, State.Pending);

        Move(booking, hours: 2);
        await _estate.DeliverAsync(booking);
        await Eventually.HoldsAsync(async () => (await _estate.LogAsync(booking.Name)).Count == 2, "the second move");
        _estate.Hooks.Answer = _ => 204;

        await Eventually.HoldsAsync(
            async () => (await _estate.LogAsync(booking.Name)).Any(one => one.State == State.Sent), "the second move is sent");
        var log = await _estate.LogAsync(booking.Name);
        log.Single(one => one.State == State.Sent).Text.ShouldContain("because of 2");
        log.Single(one => one.State == State.Suppressed).Text.ShouldContain("because of 1");
    }

    [Fact]
    public async Task Exception_EndingForSeveralRemediations_IsToldOnce()
    {
        var until = _estate.Now + Duration.FromDays(10);
        foreach (var id in new[] { "m5", "m6" })
        {
            var one = _estate.Due(id, hours: 1);
            (one.State, one.Exception, one.ExceptedUntil) = (Remediation.Types.State.Excepted, "exceptions/e1", until.ToStamp());
            await _estate.DeliverAsync(one);
        }

        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromDays(3));
        await _estate.SettleAsync();
        var told = (await _estate.ToldAsync("exceptions/e1", 1, State.Sent))[0];
        (told.Occasion, told.DueTime).ShouldBe((Occasion.ExceptionEnding, until.ToStamp()));
    }

    [Fact]
    public async Task Override_Pending_IsToldAsAnApprovalThatWaits()
    {
        await _estate.DeliverAsync(new Override
        {
            Name = "freezes/peak/overrides/o1",
            State = Override.Types.State.Pending,
            Digest = "d",
            Reason = "The payment library leaks cards.",
            Components = { "components/checkout" },
            ExpireTime = (_estate.Now + Duration.FromDays(1)).ToStamp(),
        });

        (await _estate.ToldAsync("freezes/peak/overrides/o1", 1, State.Sent))[0].Occasion.ShouldBe(Occasion.ApprovalWaiting);
    }

    [Fact]
    public async Task Exception_Requested_IsToldAsAnApprovalThatWaits()
    {
        await _estate.DeliverAsync(new RemediationException
        {
            Name = "exceptions/e1",
            State = RemediationException.Types.State.Requested,
            Digest = "d",
            Requester = "users/engineer",
            Reason = "The vendor has no fix yet.",
            Remediations = { "remediations/m8" },
            Components = { "components/checkout" },
            Risk = new Risk { Level = Common.V1.Severity.High },
            Expiry = (_estate.Now + Duration.FromDays(30)).ToStamp(),
        });

        var told = (await _estate.ToldAsync("exceptions/e1", 1, State.Sent))[0];
        (told.Occasion, told.Text.Contains("The vendor has no fix yet.", StringComparison.Ordinal)).ShouldBe(
            (Occasion.ApprovalWaiting, true));
    }

    [Fact]
    public async Task Restart_WithNotificationsOfBefore_SendsWhatWaitsAndNothingTwice()
    {
        var sent = NotifyingEstate.Waiting("r3");
        await _estate.DeliverAsync(sent, version: 1);
        await _estate.ToldAsync(sent.Name, 1, State.Sent);
        var soon = _estate.Due("m7", hours: 30);
        await _estate.DeliverAsync(soon);

        await _estate.RestartAsync();
        await _estate.DeliverAsync(sent, version: 1, run: "run-2");
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromHours(7));

        await _estate.ToldAsync(soon.Name, 1, State.Sent);
        (await _estate.LogAsync(sent.Name)).ShouldHaveSingleItem();
        _estate.Hooks.All.Count(one => one.Json.GetProperty("data").GetProperty("subject").GetString() == sent.Name).ShouldBe(1);
    }

    private void Move(Booking booking, int hours) => booking.Moves.Add(new BookingMove
    {
        At = (_estate.Now + Duration.FromSeconds(hours)).ToStamp(),
        From = (_estate.Now + Duration.FromHours(hours)).ToStamp(),
        To = (_estate.Now + Duration.FromHours(hours + 1)).ToStamp(),
        Reason = $"because of {hours}",
    });
}
