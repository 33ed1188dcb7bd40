using Governance.BuildingBlocks.Security;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using StageState = Governance.Patching.V1.Stage.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

public class EmergencyRolloutTests
{
    private const string Typed = "The shop is being broken into right now.";

    private static readonly Caller Lea = Callers.Person("lea", "approver");

    [Fact]
    public async Task Approve_Emergency_OneDecisionSettlesRolloutAndOverride()
    {
        await using var patching = await StartAsync(tier: 1);
        var created = await CreateAsync(patching, await EmergencyAsync(patching));
        (created.ApprovalsNeeded, created.Emergency.OverrideUntil).ShouldBe((1, null));
        created.Emergency.OverrideFor.ToTimeSpan().ShouldBe(TimeSpan.FromHours(24));
        var approved =
            await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name, Digest = created.Digest });
        approved.State.ShouldBe(Rollout.Types.State.Scheduled);
        var wish = await patching.WishAsync(Name, "staging", Wanted.Booked);
        (wish.ChangeType, wish.EmergencyOverride.Reason, wish.EmergencyOverride.Digest).ShouldBe(
            (ChangeType.Emergency, Typed, created.Digest));
        wish.EmergencyOverride.ExpireTime.ShouldBe(approved.Emergency.OverrideUntil);
        wish.Approvals.ShouldHaveSingleItem().Digest.ShouldBe(created.Digest);
    }

    [Fact]
    public async Task Create_EmergencyWithoutStaging_NeedsATypedReasonAndTwoApprovers()
    {
        await using var patching = await StartAsync();
        var plan = await EmergencyAsync(patching);
        plan.Stages.RemoveAt(0);
        var refused = await Refusal.OfAsync(patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = plan }));
        refused.Fields.ShouldBe(["rollout.stages[0].kind"]);
        plan.Emergency.SkipStagingReason = "No time";
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = plan }))).Fields.ShouldBe(
            ["rollout.emergency.skip_staging_reason"]);
        plan.Emergency.SkipStagingReason = "Staging has no copy of the payment provider.";
        (await CreateAsync(patching, plan)).ApprovalsNeeded.ShouldBe(2);
        (await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name })).State.ShouldBe(
            Rollout.Types.State.AwaitingApproval);
        (await patching.As(Lea).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name })).State.ShouldBe(
            Rollout.Types.State.Scheduled);
        (await patching.WishAsync(Name, "canary", Wanted.Booked)).Approvals.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Advance_DuringTheSoakWithATypedReason_ShortensItForEmergenciesAlone()
    {
        await using var patching = await StartAsync();
        await CompleteFirstStageAsync(patching, await EmergencyAsync(patching));
        var short_ = await Refusal.OfAsync(
            patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Reason = "Hurry" }));
        short_.Fields.ShouldBe(["reason"]);
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name }))).Reason.ShouldBe(
            "STAGE_BEING_WATCHED");
        var cut = await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Reason = Typed });
        (cut.Stages[0].State, cut.Stages[0].SoakShortening.Person).ShouldBe((StageState.AwaitingVerification, "users/ines"));
    }

    [Fact]
    public async Task Review_AfterTheEmergency_IsDueByAnOutsiderAndMissedOtherwise()
    {
        await using var patching = await StartAsync();
        await CompleteFirstStageAsync(patching, await EmergencyAsync(patching));
        var review = new ReviewRolloutRequest { Name = Name, Approved = true, Comment = "It could not wait." };
        (await Refusal.OfAsync(patching.As(Lea).Rollouts.ReviewRolloutAsync(review))).Reason.ShouldBe("ROLLOUT_NOT_OVER");
        var over =
            await patching.As(Ines).Rollouts.CancelRolloutAsync(new CancelRolloutRequest { Name = Name, Reason = "Settled otherwise." });
        over.Retrospective.State.ShouldBe(Retrospective.Types.State.Pending);
        (await Refusal.OfAsync(patching.As(Mia).Rollouts.ReviewRolloutAsync(review))).Reason.ShouldBe("SELF_APPROVAL");
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.ReviewRolloutAsync(review))).Reason.ShouldBe("SELF_APPROVAL");
        (await Refusal.OfAsync(patching.As(Callers.Key("k1", "lea", "approver")).Rollouts.ReviewRolloutAsync(review))).Reason.ShouldBe(
            "KEYS_CANNOT_APPROVE");

        patching.Estate.Clock.Advance(over.Retrospective.Due.ToDateTimeOffset() - patching.Estate.Clock.GetUtcNow());
        var missed = await Eventually.GetAsync(
            () => Task.FromResult(patching.Estate.PubSub.Of<RolloutChanged>()
                .LastOrDefault(changed => changed.Rollout.Retrospective is { Missed: true })), "the review is missed");
        (missed.Meta.Change, missed.Rollout.Retrospective.State).ShouldBe(("REVIEW_MISSED", Retrospective.Types.State.Missed));
        var late = await patching.As(Lea).Rollouts.ReviewRolloutAsync(review);
        (late.Retrospective.State, late.Retrospective.Missed, late.Retrospective.Reviewer).ShouldBe(
            (Retrospective.Types.State.Approved, true, "users/lea"));
    }

    private static async Task<Rollout> EmergencyAsync(PatchingEstate patching)
    {
        var plan = await PlanAsync(patching);
        (plan.ChangeType, plan.Emergency) = (ChangeType.Emergency, new Emergency { Reason = Typed });
        return plan;
    }

    private static async Task<Rollout> CreateAsync(PatchingEstate patching, Rollout plan)
    {
        await patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = plan });
        return await patching.As(Ines).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
    }

    private static async Task CompleteFirstStageAsync(PatchingEstate patching, Rollout plan)
    {
        await CreateAsync(patching, plan);
        await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name });
        await BookAllAsync(patching);
        await CarryOutAsync(patching, "staging");
    }
}
