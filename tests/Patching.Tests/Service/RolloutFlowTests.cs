using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.RolloutScene;
using BookingState = Governance.Windows.V1.Booking.Types.State;
using StageState = Governance.Patching.V1.Stage.Types.State;
using Wanted = Governance.Patching.V1.BookingRequest.Types.Wanted;

namespace Governance.Patching.Tests.Service;

public class RolloutFlowTests
{
    [Fact]
    public async Task Flow_StageByStage_EndsRemediatedWithEvidence()
    {
        await using var patching = await StartAsync();
        var client = patching.As(Ines);
        await ApprovedAsync(patching);
        var wish = await patching.WishAsync(Name, "staging", Wanted.Booked);
        (wish.Attempt, wish.Requester, wish.Approvals.ShouldHaveSingleItem().Approver).ShouldBe((1, "users/ines", "users/mia"));
        wish.Deadline.ShouldBe((await patching.OnlyAsync()).Due);
        wish.RolloutTail.ToTimeSpan().ShouldBe(TimeSpan.FromMinutes(60 + 90 + 30 + 90));

        await BookAllAsync(patching);
        (await patching.GetAsync(Name)).Stages.ShouldAllBe(stage => stage.State == StageState.Scheduled);
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Scheduled);
        (await Refusal.OfAsync(client.Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name, Stage = "canary" }))).Reason
            .ShouldBe("STAGING_NOT_VERIFIED");

        await CarryOutAsync(patching, "staging");
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.InProgress);
        patching.Estate.Clock.Advance(TimeSpan.FromHours(1));
        await StageAsync(patching, "staging", StageState.AwaitingVerification);
        var verified = await client.Rollouts.VerifyRolloutAsync(new VerifyRolloutRequest { Name = Name, Verification = Passed() });
        verified.Stages[0].State.ShouldBe(StageState.Completed);

        await CarryOutAsync(patching, "canary");
        patching.Estate.Clock.Advance(TimeSpan.FromMinutes(30));
        await StageAsync(patching, "canary", StageState.Completed);
        await CarryOutAsync(patching, "wave-1");
        var done = await patching.GetAsync(Name);
        done.State.ShouldBe(Rollout.Types.State.Completed);
        var remediation = await patching.OnlyAsync();
        (remediation.State, remediation.Evidence.Contains("https://ci.example.org/runs/7", StringComparison.Ordinal)).ShouldBe(
            (Remediation.Types.State.Remediated, true));

        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        var shown = await patching.OnlyAsync();
        (shown.State, shown.ClosedBy).ShouldBe((Remediation.Types.State.Remediated, Remediation.Types.ClosedBy.Rollout));
        shown.StillShownBy.ShouldStartWith("CYCLONEDX of ");
    }

    [Fact]
    public async Task Approve_ByAnyoneInvolved_IsRefusedWhateverTheCredential()
    {
        await using var patching = await StartAsync();
        var key = patching.As(Callers.Key("k1", "ines", "engineer", "approver"));
        await key.Rollouts.CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await PlanAsync(patching) });
        var edited = await patching.As(Omar).Rollouts.UpdateRolloutAsync(new UpdateRolloutRequest
        {
            Rollout = new Rollout { Name = Name, DisplayName = "Patch the shop" },
            UpdateMask = new FieldMask { Paths = { "display_name" } },
        });
        (edited.DisplayName, edited.Stages.Count, edited.Editors.ShouldHaveSingleItem()).ShouldBe(("Patch the shop", 3, "users/omar"));
        await key.Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
        async Task<string> RefusedAsync(Caller caller) =>
            (await Refusal.OfAsync(patching.As(caller).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name }))).Reason;
        (await RefusedAsync(Ines)).ShouldBe("SELF_APPROVAL");
        (await RefusedAsync(Omar)).ShouldBe("SELF_APPROVAL");
        (await RefusedAsync(Callers.Key("k1", "ines", "approver"))).ShouldBe("KEYS_CANNOT_APPROVE");
        (await RefusedAsync(Callers.Key("k2", "mia", "approver"))).ShouldBe("KEYS_CANNOT_APPROVE");
        (await RefusedAsync(Callers.Person("zoe", "engineer"))).ShouldBe("PERMISSION_MISSING");
    }

    [Fact]
    public async Task Approve_TierOneProduction_TakesTwoAndAnEditVoidsThem()
    {
        await using var patching = await StartAsync(tier: 1);
        var created = await patching.As(Ines).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = await PlanAsync(patching) });
        created.ApprovalsNeeded.ShouldBe(2);
        await patching.As(Ines).Rollouts.SubmitRolloutAsync(new SubmitRolloutRequest { Name = Name });
        var once = await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name });
        (once.State, once.Approvals.Count).ShouldBe((Rollout.Types.State.AwaitingApproval, 1));
        (await Refusal.OfAsync(patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name }))).Reason.ShouldBe(
            "ALREADY_APPROVED");
        (await Refusal.OfAsync(patching.As(Omar).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name, Etag = "1" }))).Code
            .ShouldBe(StatusCode.Aborted);
        var edited = await patching.As(Ines).Rollouts.UpdateRolloutAsync(new UpdateRolloutRequest
        {
            Rollout = new Rollout { Name = Name, Implementer = "parties/storefront" },
            UpdateMask = new FieldMask { Paths = { "implementer" } },
        });
        edited.Approvals.ShouldBeEmpty();
        await patching.As(Mia).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name });
        (await patching.As(Omar).Rollouts.ApproveRolloutAsync(new ApproveRolloutRequest { Name = Name })).State.ShouldBe(
            Rollout.Types.State.Scheduled);
    }

    [Fact]
    public async Task Booking_MovedRefusedOrStale_ShowsOnTheStageAndMovesThoseAfterIt()
    {
        await using var patching = await StartAsync();
        await ApprovedAsync(patching);
        await BookAllAsync(patching);
        var canary = await patching.WishAsync(Name, "canary", Wanted.Booked);
        var moved = patching.Estate.Clock.GetUtcNow().AddHours(30);
        await patching.AnswerAsync(canary, BookingState.Confirmed, moved, "Moved by freezes/peak.");
        var next = await patching.WishAsync(Name, "wave-1", Wanted.Booked, attempt: 2);
        next.NotBefore.ToDateTimeOffset().ShouldBe(moved.AddMinutes(60 + 30));
        (await patching.GetAsync(Name)).Stages[1].Booking.Reason.ShouldContain("freezes/peak");

        await patching.AnswerAsync(next, BookingState.Confirmed, attempt: 1);
        (await patching.GetAsync(Name)).Stages[2].State.ShouldBe(StageState.Booking);
        await patching.AnswerAsync(next, BookingState.Unscheduled, reason: "Frozen by freezes/peak.");
        var stage = (await patching.GetAsync(Name)).Stages[2];
        (stage.State, stage.Booking.State, stage.Booking.Remedies[0].Resource).ShouldBe(
            (StageState.Unscheduled, "UNSCHEDULED", "freezes/peak"));
        stage.Booking.Reason.ShouldContain("freezes/peak");
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Open);
    }

    [Fact]
    public async Task Start_RefusedByTheCalendar_IsShownAndTheServiceGoesOnAfterAKill()
    {
        await using var patching = await StartAsync();
        await ApprovedAsync(patching);
        await BookAllAsync(patching);
        await patching.As(Ines).Rollouts.AdvanceRolloutAsync(new AdvanceRolloutRequest { Name = Name });
        var start = await patching.WishAsync(Name, "staging", Wanted.Started);
        await patching.AnswerAsync(start, BookingState.Confirmed, reason: "freezes/peak forbids it.");
        var refused = (await patching.GetAsync(Name)).Stages[0];
        (refused.State, refused.Booking.Reason).ShouldBe((StageState.Scheduled, "freezes/peak forbids it."));

        await patching.Estate.RestartAsync(ServiceCatalog.Patching, abruptly: true);
        await CarryOutAsync(patching, "staging");
        var failed = await patching.As(Ines).Rollouts.VerifyRolloutAsync(new VerifyRolloutRequest
        {
            Name = Name,
            Verification = new Verification { Result = Verification.Types.Result.Failed, Evidence = "https://ci.example.org/runs/8" },
        });
        (failed.State, failed.Stages[0].State).ShouldBe((Rollout.Types.State.Halted, StageState.Failed));
        var cancelled =
            await patching.As(Ines).Rollouts.CancelRolloutAsync(new CancelRolloutRequest { Name = Name, Reason = "It does not work." });
        cancelled.State.ShouldBe(Rollout.Types.State.Cancelled);
        (await patching.WishAsync(Name, "wave-1", Wanted.Cancelled)).Reason.ShouldBe("It does not work.");
        var open = await patching.OnlyAsync();
        (open.State, open.Rollout).ShouldBe((Remediation.Types.State.Open, ""));
    }

    [Fact]
    public async Task Create_FaultyPlan_NamesEveryFault()
    {
        await using var patching = await StartAsync();
        var plan = await PlanAsync(patching);
        plan.Stages[2].Duration = null;
        plan.Stages[1].Components[0] = "shop";
        plan.Remediations.Add("remediations/none");
        var refused = await Refusal.OfAsync(
            patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = plan, RolloutId = "X" }));
        refused.Fields.ShouldBe(["rollout_id", "rollout.stages[1].components[0]", "rollout.stages[2].duration"], ignoreOrder: true);
        var unknown = await PlanAsync(patching);
        unknown.Remediations.Add("remediations/none");
        unknown.Stages[1].Environment = unknown.Stages[2].Environment = "elsewhere";
        (await Refusal.OfAsync(patching.As(Ines).Rollouts.CreateRolloutAsync(new CreateRolloutRequest { Rollout = unknown }))).Fields
            .ShouldBe(["rollout.remediations[0]", "rollout.remediations[1]"]);
    }
}
