using System.Text.Json;
using Governance.BuildingBlocks.Errors;
using Governance.Patching.Rollouts;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Rollouts;

public class RolloutTests
{
    private const string Requester = "users/requester";
    private const string Approver = "users/approver";

    private static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static readonly RolloutPlan Plan = new(
        "Patch the shop", "NORMAL", "PATCH", ["remediations/1"],
        [
            new StagePlan("staging", StageKind.Staging, ["components/shop"], "staging", TimeSpan.FromHours(
                1), TimeSpan.FromHours(4), StageGate.Verification),
            new StagePlan("canary", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                1), TimeSpan.FromHours(2), StageGate.Automatic),
            new StagePlan("wave-1", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                2), TimeSpan.Zero, StageGate.Automatic),
        ],
        new BackOutPlan("Install the previous version.", TimeSpan.FromMinutes(30)), "parties/shop-team");

    [Fact]
    public void Lifecycle_EveryStageInTurn_Completes()
    {
        var rollout = Scheduled();
        rollout = Done(rollout, "staging", Now.AddHours(10));
        rollout.State.ShouldBe(RolloutState.Scheduled);
        rollout = Done(rollout, "canary", Now.AddHours(30));
        rollout = Done(rollout, "wave-1", Now.AddHours(50));
        rollout.State.ShouldBe(RolloutState.Completed);
        rollout.Stages.ShouldAllBe(stage => stage.State == StageState.Completed);
        Refused(() => rollout.Cancel("too late")).ShouldBe("ROLLOUT_OVER");
    }

    [Theory]
    [InlineData(Requester)]
    [InlineData(" USERS/Requester")]
    [InlineData("users/editor")]
    [InlineData("parties/shop-team")]
    public void Approve_BySomebodyInvolved_IsRefused(string person)
    {
        var rollout = Draft().Edit(Plan with { DisplayName = "Patch the whole shop" }, "users/editor", 1).Submit();
        Refused(() => rollout.Approve(person, "", Now, 1)).ShouldBe("SELF_APPROVAL");
    }

    [Fact]
    public void Approve_TierOneProduction_NeedsTwoPeople()
    {
        var needed = ApprovalRule.Needed(Plan, _ => 1);
        needed.ShouldBe(2);
        var once = Draft().Submit().Approve(Approver, "fine", Now, needed);
        once.State.ShouldBe(RolloutState.AwaitingApproval);
        Refused(() => once.Approve(Approver, "again", Now, needed)).ShouldBe("ALREADY_APPROVED");
        once.Approve("users/second", "", Now, needed).State.ShouldBe(RolloutState.Scheduled);
    }

    [Fact]
    public void Needed_OtherTiersOrStagingAlone_IsOne()
    {
        ApprovalRule.Needed(Plan, _ => 2).ShouldBe(1);
        ApprovalRule.Needed(Plan, _ => null).ShouldBe(1);
        ApprovalRule.Needed(Plan with { Stages = [Plan.Stages[0]] }, _ => 1).ShouldBe(1);
    }

    [Fact]
    public void Edit_AfterAnApproval_VoidsIt()
    {
        var once = Draft(2).Submit().Approve(Approver, "", Now, 2);
        var edited = once.Edit(Plan with { Implementer = "parties/other" }, "users/editor", 2);
        edited.Approvals.ShouldBeEmpty();
        edited.Digest.ShouldNotBe(once.Digest);
        once.Edit(Plan, "users/editor", 2).Approvals.ShouldHaveSingleItem();
        Refused(() => Scheduled().Edit(Plan, "users/editor", 1)).ShouldBe("ROLLOUT_NOT_EDITABLE");
    }

    [Fact]
    public void Digest_AnyPartOfThePlan_ChangesIt()
    {
        var stage = Plan.Stages[0];
        RolloutPlan[] others =
        [
            Plan with { DisplayName = "x" }, Plan with
            {
                ChangeType = "EMERGENCY",
            }, Plan with { Kind = "UPGRADE" }, Plan with { Remediations = [] },
            Plan with { BackOut = Plan.BackOut with { Plan = "x" } }, Plan with
            {
                BackOut = Plan.BackOut with { Duration = TimeSpan.Zero },
            }, Plan with { Implementer = "" },
            Plan with { Stages = [Plan.Stages[1], Plan.Stages[0], Plan.Stages[2]] }, With(
                stage with { Id = "x" }), With(stage with { Components = ["components/x"] }),
            With(stage with { Environment = "x" }), With(
                stage with { Duration = TimeSpan.FromHours(2) }), With(stage with { Soak = TimeSpan.Zero }),
            With(stage with { Gate = StageGate.Approval }), With(stage with { Kind = StageKind.Production }),
        ];
        others.Append(Plan).Select(RolloutDigest.Of).Distinct().Count().ShouldBe(others.Length + 1);

        static RolloutPlan With(StagePlan first) => Plan with { Stages = [first, .. Plan.Stages.Skip(1)] };
    }

    [Fact]
    public void Reject_SubmittedRollout_IsADraftAgain()
    {
        var rejected = Draft(2).Submit().Approve(Approver, "", Now, 2).Reject("Which back-out?");
        (rejected.State, rejected.Reason, rejected.Approvals.Count).ShouldBe((RolloutState.Draft, "Which back-out?", 0));
    }

    [Fact]
    public void RequestStart_ProductionBeforeStagingWasVerified_IsRefused()
    {
        var rollout = Scheduled();
        Refused(() => rollout.RequestStart("canary")).ShouldBe("STAGING_NOT_VERIFIED");
        var ended = rollout.RequestStart("staging").Start("staging", Now).End("staging", StageOutcome.Successful, Now.AddHours(1));
        var soaked = ended.Elapse(Now.AddHours(6));
        soaked.Stage("staging").State.ShouldBe(StageState.AwaitingVerification);
        Refused(() => soaked.RequestStart("canary")).ShouldBe("STAGING_NOT_VERIFIED");
        Refused(() => soaked.Start("canary", Now)).ShouldBe("STAGING_NOT_VERIFIED");
        soaked.Verify("staging", Passed(Now.AddHours(7)), false).RequestStart("canary").Stage("canary").State.ShouldBe(StageState.Starting);
    }

    [Fact]
    public void Verify_DuringTheSoak_DoesNotShortenIt()
    {
        var verified = Scheduled().RequestStart("staging").Start("staging", Now).End(
            "staging", StageOutcome.Successful, Now.AddHours(1)).Verify("staging", Passed(Now.AddHours(2)), false);
        verified.Stage("staging").State.ShouldBe(StageState.Soaking);
        verified.Elapse(Now.AddHours(4.9)).Stage("staging").State.ShouldBe(StageState.Soaking);
        verified.Elapse(Now.AddHours(5)).Stage("staging").State.ShouldBe(StageState.Completed);
    }

    [Fact]
    public void Verify_Failure_HaltsUntilItPasses()
    {
        var failed = Scheduled().RequestStart("staging").Start("staging", Now).End("staging", StageOutcome.Successful, Now.AddHours(1))
            .Verify("staging", Passed(Now.AddHours(2)) with { Passed = false }, false);
        (failed.State, failed.Stage("staging").State).ShouldBe((RolloutState.Halted, StageState.Failed));
        Refused(() => failed.Resume()).ShouldBe("STAGE_FAILED");
        var resumed = failed.Verify("staging", Passed(Now.AddHours(9)), false);
        resumed.State.ShouldBe(RolloutState.Halted);
        resumed.Stage("staging").State.ShouldBe(StageState.Completed);
        resumed.Resume().State.ShouldBe(RolloutState.Scheduled);
    }

    [Fact]
    public void Verify_ApprovalGate_NeedsAnApproverWithoutAnotherDuty()
    {
        var plan = Plan with { Stages = [Plan.Stages[0] with { Gate = StageGate.Approval }, .. Plan.Stages.Skip(1)] };
        var soaking = Booked(Rollout.Create("rollouts/r", plan, Requester, 1).Submit().Approve(Approver, "", Now, 1))
            .RequestStart("staging").Start("staging", Now).End("staging", StageOutcome.Successful, Now.AddHours(1));
        Refused(() => soaking.Verify("staging", Passed(Now), false)).ShouldBe("APPROVER_REQUIRED");
        Refused(() => soaking.Verify("staging", Passed(Now) with { Verifier = Requester }, true)).ShouldBe("SELF_APPROVAL");
        soaking.Verify("staging", Passed(Now.AddHours(9)), true).Stage("staging").State.ShouldBe(StageState.Completed);
    }

    [Theory]
    [InlineData(nameof(StageOutcome.BackedOut), nameof(RolloutState.BackedOut))]
    [InlineData(nameof(StageOutcome.Unsuccessful), nameof(RolloutState.Halted))]
    public void End_Badly_StopsTheRollout(string outcome, string state)
    {
        var ended = Scheduled().RequestStart("staging").Start("staging", Now).End("staging", Enum.Parse<StageOutcome>(outcome), Now);
        ended.State.ToString().ShouldBe(state);
        ended.IsRunning.ShouldBeFalse();
    }

    [Fact]
    public void Hold_StageUnderWay_LetsItEndAndNoOtherStart()
    {
        var held = Scheduled().RequestStart("staging").Start("staging", Now).Hold("freeze").End(
            "staging", StageOutcome.Successful, Now.AddHours(1));
        held.State.ShouldBe(RolloutState.Halted);
        var verified = held.Verify("staging", Passed(Now.AddHours(9)), false);
        Refused(() => verified.RequestStart("canary")).ShouldBe("ROLLOUT_NOT_RUNNING");
        verified.Resume().State.ShouldBe(RolloutState.Scheduled);
    }

    [Fact]
    public void Cancel_StageUnderWay_IsRefused()
    {
        var underWay = Scheduled().RequestStart("staging").Start("staging", Now);
        Refused(() => underWay.Cancel("no")).ShouldBe("STAGE_UNDER_WAY");
        var cancelled = underWay.End("staging", StageOutcome.Successful, Now).Cancel("changed plans");
        cancelled.Stages.Skip(1).ShouldAllBe(stage => stage.State == StageState.Cancelled);
        (cancelled.State, cancelled.Reason).ShouldBe((RolloutState.Cancelled, "changed plans"));
    }

    [Fact]
    public void RequestSlots_OneStageAfterAnother_EachAfterTheSoakBefore()
    {
        var rollout = Approved().RequestSlots(Now);
        rollout.Stages.Select(stage => stage.State).ShouldBe([StageState.Booking, StageState.Pending, StageState.Pending]);
        rollout = Slot(rollout, "staging", Now.AddHours(3)).RequestSlots(Now);
        rollout.Stage("canary").Booking.NotBefore.ShouldBe(Now.AddHours(3 + 1 + 4));
        rollout = Slot(rollout, "canary", Now.AddHours(20)).RequestSlots(Now);
        rollout.Stage("wave-1").Booking.NotBefore.ShouldBe(Now.AddHours(20 + 1 + 2));
        rollout = Slot(rollout, "wave-1", Now.AddHours(30));
        rollout.RequestSlots(Now.AddHours(1)).ShouldBe(rollout);
        rollout.RequestSlots(Now.AddDays(9)).Stage("staging").Booking.RequestedAttempt.ShouldBe(1);
    }

    [Fact]
    public void Book_StageMoved_RaisesTheAttemptsOfThoseThatWouldBeginTooEarly()
    {
        var moved = Slot(Scheduled(), "staging", Now.AddHours(40)).RequestSlots(Now);
        moved.Stage("canary").Booking.RequestedAttempt.ShouldBe(2);
        moved.Stage("canary").Booking.NotBefore.ShouldBe(Now.AddHours(45));
        moved.Stage("wave-1").Booking.RequestedAttempt.ShouldBe(1);
        var stale = moved.Book("canary", 1, new StageBooking { PlannedStart = Now, PlannedEnd = Now.AddHours(1) });
        stale.ShouldBe(moved);
        Slot(moved, "canary", Now.AddHours(46)).RequestSlots(Now).Stage("wave-1").Booking.RequestedAttempt.ShouldBe(2);
    }

    [Fact]
    public void Unschedule_ByAFreeze_ShowsItAndASlotBringsItBack()
    {
        var lost = Scheduled().Unschedule("canary", 1, new StageBooking { State = "UNSCHEDULED", Reason = "freezes/peak" });
        lost.Stage("canary").State.ShouldBe(StageState.Unscheduled);
        lost.Stage("canary").Booking.Reason.ShouldBe("freezes/peak");
        lost.RequestAgain("canary").Stage("canary").Booking.RequestedAttempt.ShouldBe(2);
        Slot(lost, "canary", Now.AddHours(60)).Stage("canary").State.ShouldBe(StageState.Scheduled);
    }

    [Fact]
    public void Serialize_AnyState_ReadsBackAsItWas()
    {
        var rollout = Scheduled().RequestStart("staging").Start("staging", Now).End(
            "staging", StageOutcome.Successful, Now.AddHours(1)).Verify("staging", Passed(Now.AddHours(2)), false);
        var json = JsonSerializer.Serialize(rollout);
        var again = JsonSerializer.Deserialize<Rollout>(json).ShouldNotBeNull();
        JsonSerializer.Serialize(again).ShouldBe(json);
        RolloutDigest.Of(again.Plan).ShouldBe(rollout.Digest);
        again.Elapse(Now.AddHours(5)).RequestStart("canary").Stage("canary").State.ShouldBe(StageState.Starting);
    }

    [Fact]
    public void TailAfter_Stage_IsWhatTheRestStillNeeds()
    {
        var rollout = Draft();
        rollout.TailAfter("wave-1").ShouldBe(TimeSpan.Zero);
        rollout.TailAfter("canary").ShouldBe(TimeSpan.FromHours(2 + 2.5));
        rollout.TailAfter("staging").ShouldBe(TimeSpan.FromHours(4 + 1.5 + 2 + 2.5));
    }

    [Fact]
    public void Check_GoodPlan_HasNoFault() => RolloutPlanRules.Check(Plan).ShouldBeEmpty();

    [Fact]
    public void Check_FaultyPlan_NamesEveryFault()
    {
        var stages = new[]
        {
            Plan.Stages[1] with { Id = "Bad Id", Components = [] },
            Plan.Stages[0] with { Gate = StageGate.Automatic, Duration = TimeSpan.Zero, Soak = TimeSpan.FromSeconds(-1), Environment = "" },
        };
        RolloutPlanRules.Check(Plan with { Stages = stages, BackOut = new BackOutPlan("", TimeSpan.FromDays(30)) })
            .Select(fault => fault.Path)
            .ShouldBe(
                [
                    "stages[0].id", "stages[0].components", "stages[1].environment", "stages[1].duration", "stages[1].soak", "stages[1].gate",
                    "stages[0].kind", "stages[1].kind", "backOut.plan", "backOut.duration",
                ],
                ignoreOrder: true);
        RolloutPlanRules.Check(Plan with { Stages = [] }).Select(fault => fault.Path).ShouldBe(["stages"]);
    }

    private static Rollout Draft(int needed = 1) => Rollout.Create("rollouts/r", Plan, Requester, needed);

    private static Rollout Approved() => Draft().Submit().Approve(Approver, "", Now, 1);

    private static Rollout Scheduled() => Booked(Approved());

    private static Rollout Booked(Rollout rollout)
    {
        foreach (var (stage, start) in rollout.Plan.Stages.Zip([3, 20, 30]))
        {
            rollout = Slot(rollout.RequestSlots(Now), stage.Id, Now.AddHours(start));
        }
        return rollout;
    }

    private static Rollout Slot(Rollout rollout, string id, DateTimeOffset start)
    {
        var stage = rollout.Stage(id);
        return rollout.Book(id, stage.Booking.RequestedAttempt, new StageBooking
        {
            Name = $"bookings/{id}",
            State = "CONFIRMED",
            PlannedStart = start,
            PlannedEnd = start + stage.Plan.Duration,
        });
    }

    private static Rollout Done(Rollout rollout, string id, DateTimeOffset at)
    {
        var ended = rollout.RequestStart(id).Start(id, at).End(id, StageOutcome.Successful, at.AddHours(1));
        if (ended.Stage(id).Plan.Gate != StageGate.Automatic)
        {
            ended = ended.Verify(id, Passed(at.AddHours(1)), true);
        }
        return ended.Elapse(at.AddHours(10));
    }

    private static StageVerification Passed(DateTimeOffset at) => new(true, "https://ci.example.org/runs/1", "", "users/tester", at);

    private static string Refused(Func<Rollout> verb) => Should.Throw<RuleViolation>(verb).Reason;
}
