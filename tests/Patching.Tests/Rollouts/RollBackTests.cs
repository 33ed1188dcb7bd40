using Governance.BuildingBlocks.Errors;
using Governance.Patching.Rollouts;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Rollouts;

public class RollBackTests
{
    private const string Evidence = "https://ci.example.org/runs/9";
    private const string Typed = "The shop is being broken into right now.";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);

    private static readonly RolloutPlan Plan = new(
        "", "NORMAL", "PATCH", ["remediations/1"],
        [
            new StagePlan(
                "staging", StageKind.Staging, ["components/shop"], "staging", TimeSpan.FromHours(1), TimeSpan.Zero, StageGate.Verification),
            new StagePlan("canary", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                1), TimeSpan.FromHours(2), StageGate.Verification),
            new StagePlan("wave-1", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                1), TimeSpan.Zero, StageGate.Automatic),
        ],
        new BackOutPlan("Install the version before.", TimeSpan.FromMinutes(30)), "");

    private static readonly RolloutPlan Urgent =
        Plan with { ChangeType = RolloutPlan.Urgent, Emergency = new EmergencyPlan(Typed, "", TimeSpan.FromHours(24)) };

    [Fact]
    public void RollBack_StageUnderWay_StaysInItsBookingUntilEvidenceEndsIt()
    {
        var underWay = Begun("canary");
        var undoing = underWay.RollBack([], "Error rates rise.", "", "users/ines", Now.AddHours(3));
        (undoing.State, undoing.Stage("canary").State, undoing.Stage("wave-1").State).ShouldBe(
            (RolloutState.BackingOut, StageState.BackingOut, StageState.Cancelled));
        undoing.Stage("canary").Booking.RequestedAttempt.ShouldBe(underWay.Stage("canary").Booking.RequestedAttempt);
        undoing.Stage("wave-1").Booking.RequestedAttempt.ShouldBe(underWay.Stage("wave-1").Booking.RequestedAttempt + 1);
        Refused(() => undoing.RollBack([], "Again.", "", "users/ines", Now)).ShouldBe("STAGE_BACKING_OUT");
        Refused(() => undoing.Cancel("")).ShouldBe("STAGE_UNDER_WAY");

        var undone = undoing.RollBack([], "", Evidence, "users/ines", Now.AddHours(4));
        var canary = undone.Stage("canary");
        (canary.State, canary.Outcome, canary.Ended).ShouldBe((StageState.BackedOut, StageOutcome.BackedOut, Now.AddHours(4)));
        canary.BackOut.ShouldBe(new StageBackOut("Error rates rise.", "users/ines", Now.AddHours(3), Now.AddHours(4), Evidence));
        canary.Booking.RequestedAttempt.ShouldBe(undoing.Stage("canary").Booking.RequestedAttempt + 1);

        // Staging is still in place: a person decides.
        undone.State.ShouldBe(RolloutState.Halted);
        Refused(() => undone.Resume()).ShouldBe("STAGE_BACKED_OUT");
        undone.RollBack(["staging"], "All of it.", Evidence, "users/ines", Now.AddHours(5)).State.ShouldBe(RolloutState.BackedOut);
        undone.Cancel("Staging keeps it.").State.ShouldBe(RolloutState.Cancelled);
    }

    [Fact]
    public void RollBack_FailedVerification_BacksOutWhatFailed()
    {
        var failed =
            Begun("canary").End("canary", StageOutcome.Successful, Now.AddHours(3)).Verify("canary", Result(false, Now.AddHours(4)), false);
        failed.State.ShouldBe(RolloutState.Halted);
        failed.Stage("wave-1").State.ShouldBe(StageState.Scheduled);
        var undone = failed.RollBack([], "It failed.", Evidence, "users/ines", Now.AddHours(5));
        (undone.State, undone.Stage("canary").State, undone.Stage("staging").State).ShouldBe(
            (RolloutState.Halted, StageState.BackedOut, StageState.Completed));
        undone.IsUndone("components/shop", "production").ShouldBeTrue();
        undone.IsUndone("components/shop", "staging").ShouldBeFalse();
    }

    [Fact]
    public void RollBack_CompletedRollout_BacksOutAllOfIt()
    {
        var completed = Completed(Plan);
        completed.State.ShouldBe(RolloutState.Completed);
        completed.RollBack([], "Checkout breaks.", "", "users/ines", Now.AddDays(3)).Stage("wave-1").State.ShouldBe(StageState.BackingOut);
        completed.RollBack(["staging", "canary", "wave-1"], "Checkout breaks.", Evidence, "users/ines", Now.AddDays(3)).State
            .ShouldBe(RolloutState.BackedOut);
    }

    [Fact]
    public void RollBack_WithoutReasonPlanOrAnythingBegun_IsRefused()
    {
        var underWay = Begun("canary");
        Refused(() => underWay.RollBack([], " ", "", "users/ines", Now)).ShouldBe("REASON_REQUIRED");
        Refused(() => underWay.RollBack(["wave-1"], "x", "", "users/ines", Now)).ShouldBe("STAGE_NOT_BEGUN");
        Refused(() => underWay.RollBack(["wave-9"], "x", "", "users/ines", Now)).ShouldBe("NO_SUCH_STAGE");
        Refused(() => (underWay with { Plan = Plan with { BackOut = new BackOutPlan("", TimeSpan.Zero) } }).RollBack(
            [], "x", "", "users/ines", Now)).ShouldBe("NO_BACK_OUT_PLAN");
        Refused(() => Booked(Plan).RollBack([], "x", "", "users/ines", Now)).ShouldBe("NOTHING_TO_BACK_OUT");
        Refused(() => Booked(Plan).RequestStart("staging").RollBack([], "x", "", "users/ines", Now)).ShouldBe("STAGE_STARTING");
        Refused(() => Booked(Plan).Cancel("").RollBack([], "x", "", "users/ines", Now)).ShouldBe("ROLLOUT_OVER");
    }

    [Fact]
    public void Elapse_AfterACancellation_DoesNotBringItBack()
    {
        var soaking = Begun("canary").End("canary", StageOutcome.Successful, Now.AddHours(3));
        var cancelled = soaking.Cancel("Changed plans.");
        cancelled.Elapse(Now.AddDays(9)).ShouldBe(cancelled);
        cancelled.NextMoment.ShouldBeNull();
    }

    [Fact]
    public void Check_EmergencyWithoutTypedReasons_NamesThem()
    {
        RolloutPlanRules.Check(Urgent).ShouldBeEmpty();
        Paths(Urgent with { Emergency = null }).ShouldBe(["emergency"]);
        Paths(Plan with { Emergency = Urgent.Emergency }).ShouldBe(["emergency"]);
        Paths(Urgent with { Emergency = new EmergencyPlan("Soon", "No time", TimeSpan.Zero) }).ShouldBe(
            ["emergency.reason", "emergency.skipStagingReason", "emergency.skipStagingReason", "emergency.overrideFor"]);
        var bare = Urgent with { Stages = [.. Plan.Stages.Skip(1)] };
        Paths(bare).ShouldBe(["stages[0].kind"]);
        var skipping = bare with { Emergency = Urgent.Emergency! with { SkipStagingReason = Typed } };
        RolloutPlanRules.Check(skipping).ShouldBeEmpty();
        Paths(skipping with { ChangeType = "NORMAL" }).ShouldContain("stages[0].kind");
        (ApprovalRule.Needed(Urgent, _ => 1), ApprovalRule.Needed(skipping, _ => 4)).ShouldBe((1, 2));
    }

    [Fact]
    public void ShortenSoak_Emergency_LetsTheNextStageStartWhileItsGateHolds()
    {
        var soaking = Begun("canary", Urgent).End("canary", StageOutcome.Successful, Now.AddHours(3));
        var cut = soaking.ShortenSoak("canary", new SoakShortening(Typed, "users/ines", Now.AddHours(3)));
        (cut.Stage("canary").State, cut.Stage("canary").SoakUntil).ShouldBe((StageState.AwaitingVerification, Now.AddHours(3)));
        Refused(() => cut.RequestStart("wave-1")).ShouldBe("EARLIER_STAGE_NOT_DONE");
        cut.Verify("canary", Result(true, Now.AddHours(4)), false)
            .RequestStart("wave-1")
            .Stage("wave-1").State
            .ShouldBe(StageState.Starting);
        var ordinary = Begun("canary").End("canary", StageOutcome.Successful, Now.AddHours(3));
        Refused(() => ordinary.ShortenSoak("canary", new SoakShortening(Typed, "users/ines", Now))).ShouldBe("NOT_AN_EMERGENCY");
    }

    [Fact]
    public void Review_ByAnOutsiderInTime_IsKept()
    {
        var completed = Completed(Urgent);
        var due = completed.Retrospective.ShouldNotBeNull().Due;
        due.ShouldBe(completed.Stage("wave-1").SoakUntil!.Value.AddHours(72));
        Refused(() => Begun("canary", Urgent).Review("users/third", true, "x", Now)).ShouldBe("ROLLOUT_NOT_OVER");
        Refused(() => completed.Review("users/requester", true, "x", Now)).ShouldBe("SELF_APPROVAL");
        Refused(() => completed.Review("users/approver", true, "x", Now)).ShouldBe("SELF_APPROVAL");
        Refused(() => Completed(Plan).Review("users/third", true, "x", Now)).ShouldBe("NOTHING_TO_REVIEW");
        var reviewed = completed.Review("users/third", false, "It could have waited.", due.AddSeconds(-1));
        (reviewed.Retrospective!.State, reviewed.Retrospective.Missed, reviewed.Retrospective.Reviewer).ShouldBe(
            (RetrospectiveState.Rejected, false, "users/third"));
        reviewed.Elapse(due.AddDays(1)).ShouldBe(reviewed);
        Refused(() => reviewed.Review("users/fourth", true, "x", due)).ShouldBe("REVIEWED_ALREADY");
    }

    [Fact]
    public void Elapse_ReviewNotDone_IsMissedAndStaysSo()
    {
        var completed = Completed(Urgent);
        var due = completed.Retrospective!.Due;
        completed.NextMoment.ShouldBe(due);
        completed.Elapse(due.AddSeconds(-1)).ShouldBe(completed);
        var missed = completed.Elapse(due);
        (missed.State, missed.Retrospective!.State, missed.Retrospective.Missed).ShouldBe(
            (RolloutState.Completed, RetrospectiveState.Missed, true));
        var late = missed.Review("users/third", true, "It was right.", due.AddDays(1)).Retrospective!;
        (late.State, late.Missed).ShouldBe((RetrospectiveState.Approved, true));
    }

    [Fact]
    public void Options_Hours_AreReadAndChecked()
    {
        RolloutOptions.Read(_ => null).ReviewWithin.ShouldBe(TimeSpan.FromHours(72));
        RolloutOptions.Read(_ => "24").ReviewWithin.ShouldBe(TimeSpan.FromHours(24));
        Should.Throw<InvalidOperationException>(() => RolloutOptions.Read(_ => "0")).Message
            .ShouldContain("GOVERNANCE_PATCHING_REVIEW_HOURS");
    }

    private static Rollout Completed(RolloutPlan plan) => Begun("wave-1", plan).End("wave-1", StageOutcome.Successful, Now.AddDays(1));

    /// <summary>The stage is under way, and all before it are done.</summary>
    private static Rollout Begun(string id, RolloutPlan? plan = null)
    {
        var rollout = Booked(plan ?? Plan);
        foreach (var (stage, hour) in rollout.Plan.Stages.Zip([1, 2, 8]))
        {
            rollout = rollout.RequestStart(stage.Id).Start(stage.Id, Now.AddHours(hour));
            if (stage.Id == id) return rollout;
            var ended = rollout.End(stage.Id, StageOutcome.Successful, Now.AddHours(hour + 1));
            rollout = ended.Verify(stage.Id, Result(true, Now.AddHours(hour + 1)), false).Elapse(Now.AddHours(hour + 4));
        }

        throw new InvalidOperationException(id);
    }

    private static Rollout Booked(RolloutPlan plan)
    {
        var rollout = Rollout.Create("rollouts/r", plan, "users/requester", 1).Submit().Approve("users/approver", "", Now, 1);
        foreach (var (stage, hours) in plan.Stages.Zip([3, 20, 30]))
        {
            rollout = rollout.RequestSlots(Now);
            var booking =
                new StageBooking { State = "CONFIRMED", PlannedStart = Now.AddHours(hours), PlannedEnd = Now.AddHours(hours + 1) };
            rollout = rollout.Book(stage.Id, rollout.Stage(stage.Id).Booking.RequestedAttempt, booking);
        }

        return rollout;
    }

    private static StageVerification Result(bool passed, DateTimeOffset at) => new(passed, Evidence, "", "users/tester", at);

    private static IEnumerable<string> Paths(RolloutPlan plan) => RolloutPlanRules.Check(plan).Select(fault => fault.Path);

    private static string Refused(Func<Rollout> verb) => Should.Throw<RuleViolation>(verb).Reason;
}
