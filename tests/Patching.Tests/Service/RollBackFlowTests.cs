using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using StageState = Governance.Patching.V1.Stage.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

public class RollBackFlowTests
{
    private const string Evidence = "https://ci.example.org/runs/9";

    [Fact]
    public async Task RollBack_StageUnderWay_EndsItsBookingAsBackedOutAndOpensItsRemediation()
    {
        await using var patching = await StartAsync();
        var client = patching.As(Ines);
        await CanaryUnderWayAsync(patching);
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.InProgress);

        var undoing = await client.Rollouts.RollBackRolloutAsync(new RollBackRolloutRequest { Name = Name, Reason = "Error rates rise." });
        (undoing.State, undoing.Stages[1].State, undoing.Stages[2].State).ShouldBe(
            (Rollout.Types.State.BackingOut, StageState.BackingOut, StageState.Cancelled));
        (await patching.WishAsync(Name, "wave-1", Wanted.Cancelled)).Reason.ShouldBe("Error rates rise.");
        patching.Estate.PubSub.Of<BookingRequestChanged>()
            .ShouldNotContain(changed => changed.Request.Stage.EndsWith("/canary") && changed.Request.Wanted == Wanted.Completed);
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Open);
        (await Refusal.OfAsync(client.Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = "canary" }))).Reason
            .ShouldBe("STAGE_BACKING_OUT");

        var undone = await client.Rollouts.RollBackRolloutAsync(new RollBackRolloutRequest { Name = Name, Evidence = Evidence });
        (undone.State, undone.Stages[1].State, undone.Stages[1].StageBackOut.Evidence).ShouldBe(
            (Rollout.Types.State.Halted, StageState.BackedOut, Evidence));
        (await patching.WishAsync(Name, "canary", Wanted.Completed)).Outcome.ShouldBe(ChangeOutcome.BackedOut);
        (await patching.OnlyAsync()).Rollout.ShouldBe(Name);

        var whole = await client.Rollouts.RollBackRolloutAsync(
            new RollBackRolloutRequest { Name = Name, All = true, Reason = "All of it.", Evidence = Evidence });
        whole.State.ShouldBe(Rollout.Types.State.BackedOut);
        var open = await patching.OnlyAsync();
        (open.State, open.Rollout).ShouldBe((Remediation.Types.State.Open, ""));
    }

    [Fact]
    public async Task RollBack_CompletedRollout_OpensWhatItRemedied()
    {
        await using var patching = await StartAsync();
        await CanaryUnderWayAsync(patching);
        await EndAsync(patching, "canary");
        patching.Estate.Clock.Advance(TimeSpan.FromMinutes(30));
        await StageAsync(patching, "canary", StageState.Completed);
        await CarryOutAsync(patching, "wave-1");
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Remediated);

        var undone = await patching.As(Ines).Rollouts
            .RollBackRolloutAsync(new RollBackRolloutRequest { Name = Name, All = true, Reason = "Checkout breaks.", Evidence = Evidence });
        undone.State.ShouldBe(Rollout.Types.State.BackedOut);
        (await patching.WishAsync(Name, "wave-1", Wanted.Completed, attempt: undone.Stages[2].Booking.RequestedAttempt)).Outcome.ShouldBe(
            ChangeOutcome.BackedOut);
        var open = await patching.OnlyAsync();
        (open.State, open.Rollout, open.DeadlineOutcome, open.Evidence).ShouldBe(
            (Remediation.Types.State.Open, "", Remediation.Types.DeadlineOutcome.Unspecified, ""));
        open.Closed.ShouldBeNull();
    }

    [Fact]
    public async Task RollBack_FaultyRequest_IsRefused()
    {
        await using var patching = await StartAsync();
        await ApprovedAsync(patching);
        var both = new RollBackRolloutRequest { Name = Name, All = true, Stages = { "canary" }, Reason = "x" };
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.RollBackRolloutAsync(both))).Fields.ShouldBe(["all"]);
        (await Refusal.OfAsync(patching.As(Ines).Rollouts
            .RollBackRolloutAsync(new RollBackRolloutRequest { Name = Name, Reason = "x" }))).Reason.ShouldBe("NOTHING_TO_BACK_OUT");
    }

    private static async Task CanaryUnderWayAsync(PatchingEstate patching)
    {
        await ApprovedAsync(patching);
        await BookAllAsync(patching);
        await CarryOutAsync(patching, "staging");
        patching.Estate.Clock.Advance(TimeSpan.FromHours(1));
        await StageAsync(patching, "staging", StageState.AwaitingVerification);
        await patching.As(Ines).Rollouts.VerifyRolloutAsync(new VerifyRolloutRequest { Name = Name, Verification = Passed() });
        await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = "canary" });
        await patching.AnswerAsync(await patching.WishAsync(Name, "canary", Wanted.Started), BookingState.Started);
        await StageAsync(patching, "canary", StageState.InProgress);
    }

    private static async Task EndAsync(PatchingEstate patching, string stage)
    {
        await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = stage });
        await patching.AnswerAsync(await patching.WishAsync(Name, stage, Wanted.Completed), BookingState.Completed);
    }
}
