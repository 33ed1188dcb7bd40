using Governance.BuildingBlocks.Errors;
using Governance.Patching.Rollouts;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Rollouts;

/// <summary>Verbs in any order, by anyone, never lead where the rules forbid.</summary>
public class RolloutPropertyTests
{
    private const string Typed = "The shop is being broken into right now.";
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] People = ["users/requester", "users/editor", "users/one", "users/two", "users/three"];

    private static readonly RolloutPlan Normal = new(
        "", "NORMAL", "PATCH", [],
        [
            new StagePlan("staging", StageKind.Staging, ["components/shop"], "staging", TimeSpan.FromHours(
                1), TimeSpan.FromHours(2), StageGate.Verification),
            new StagePlan("canary", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                1), TimeSpan.FromHours(2), StageGate.Automatic),
            new StagePlan("wave-1", StageKind.Production, ["components/shop"], "production", TimeSpan.FromHours(
                2), TimeSpan.Zero, StageGate.Approval),
        ],
        new BackOutPlan("Install the version before.", TimeSpan.FromMinutes(30)), "parties/shop-team");

    public static TheoryData<string> Plans => [.. Known.Keys];

    private static Dictionary<string, RolloutPlan> Known { get; } = new()
    {
        ["NORMAL"] = Normal,
        ["STANDARD"] = Normal with { ChangeType = RolloutPlan.Standard, Template = "rolloutTemplates/monthly" },
        ["EMERGENCY"] = Normal with { ChangeType = RolloutPlan.Urgent, Emergency = new EmergencyPlan(Typed, "", TimeSpan.FromHours(24)) },
        ["WITHOUT_STAGING"] = Normal with
        {
            ChangeType = RolloutPlan.Urgent,
            Emergency = new EmergencyPlan(Typed, Typed, TimeSpan.FromHours(24)),
            Stages = [.. Normal.Stages.Skip(1)],
        },
    };

    [Theory]
    [MemberData(nameof(Plans))]
    public void Verbs_InAnyOrder_NeverReachAnIllegalState(string name)
    {
        var (plan, reached) = (Known[name], new HashSet<RolloutState>());
        RolloutPlanRules.Check(plan).ShouldBeEmpty();
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Random(seed);
            var rollout = Rollout.Create("rollouts/r", plan, People[0], ApprovalRule.Needed(plan, _ => null));
            for (var step = 0; step < 80; step++)
            {
                var next = Step(rollout, plan, random, Now.AddHours(step));
                Check(rollout, next);
                rollout = next;
                reached.Add(rollout.State);
            }
        }

        var unreachable = plan.ChangeType == RolloutPlan.Standard ? [RolloutState.AwaitingApproval] : System.Array.Empty<RolloutState>();
        reached.ShouldBe(Enum.GetValues<RolloutState>().Except(unreachable), ignoreOrder: true);
    }

    private static void Check(Rollout before, Rollout after)
    {
        var begun = after.Stages.Where(stage => stage.HasBegun).ToList();
        CheckAuthority(after, begun);
        after.Stages.Take(begun.Count).SequenceEqual(begun).ShouldBeTrue("Stages begin in their order.");
        after.Stages.Count(stage => stage.State is StageState.Starting or StageState.InProgress).ShouldBeLessThanOrEqualTo(1);
        if (after.State == RolloutState.Completed) after.Stages.All(stage => stage.State == StageState.Completed).ShouldBeTrue();
        (after.State == RolloutState.BackedOut).ShouldBe(begun.Count > 0 && begun.All(stage => stage.State == StageState.BackedOut));
        (after.State == RolloutState.BackingOut).ShouldBe(after.Stages.Any(stage => stage.State == StageState.BackingOut));
        if (after.Stages.Any(stage => stage.State is StageState.BackedOut or StageState.BackingOut))
        {
            after.Stages.All(stage => stage.HasBegun || stage.State == StageState.Cancelled).ShouldBeTrue();
        }
        if (before.State is RolloutState.Cancelled or RolloutState.BackedOut) after.State.ShouldBe(before.State);
        if (before.State == RolloutState.Completed)
        {
            after.State.ShouldBeOneOf(RolloutState.Completed, RolloutState.BackingOut, RolloutState.BackedOut, RolloutState.Halted);
        }
        CheckReview(before, after);
        foreach (var (was, stage) in before.Stages.Zip(after.Stages))
        {
            stage.Booking.RequestedAttempt.ShouldBeGreaterThanOrEqualTo(
                after.State == RolloutState.Draft ? 0 : was.Booking.RequestedAttempt);
            if (was.Started is { } started) stage.Started.ShouldBe(started);
            if (was.Ended is { } ended) stage.Ended.ShouldBe(ended);
        }
    }

    private static void CheckAuthority(Rollout rollout, List<RolloutStage> begun)
    {
        if (begun.Count == 0) return;
        var counted = rollout.Approvals.Where(approval => approval.Digest == RolloutDigest.Of(rollout.Plan))
            .Select(approval => approval.Approver)
            .Distinct()
            .ToList();
        counted.Count.ShouldBeGreaterThanOrEqualTo(rollout.ApprovalsNeeded);
        counted.Exists(person => person == rollout.Requester || rollout.Editors.Contains(person)).ShouldBeFalse();
        (rollout.TemplateDigest.Length > 0).ShouldBe(rollout.Plan.ChangeType == RolloutPlan.Standard);
        if (begun.Any(stage => stage.Plan.Kind == StageKind.Production) && rollout.Plan.Emergency is not { SkipsStaging: true })
        {
            rollout.Stage("staging").Verification.ShouldNotBeNull().Passed.ShouldBeTrue();
        }
        if (rollout.Plan.Emergency is { SkipsStaging: true }) counted.Count.ShouldBeGreaterThanOrEqualTo(2);
    }

    private static void CheckReview(Rollout before, Rollout after)
    {
        var isDue = after.Plan.IsEmergency && after.Stages.Any(stage => stage.Ended is not null);
        (after.Retrospective is not null).ShouldBe(isDue);
        if (before.Retrospective is { Missed: true }) after.Retrospective!.Missed.ShouldBeTrue();
        if (before.Retrospective is { At: not null } done) after.Retrospective.ShouldBe(done);
        if (after.Retrospective is { Reviewer: { Length: > 0 } reviewer })
        {
            after.Approvals.Any(approval => approval.Approver == reviewer).ShouldBeFalse();
            ApprovalRule.Involvement(after, reviewer).ShouldBeNull();
        }
    }

    private static Rollout Step(Rollout rollout, RolloutPlan plan, Random random, DateTimeOffset at)
    {
        try
        {
            return random.Next(10) switch
            {
                < 5 => Fitting(rollout, random, at),
                < 8 => Often(rollout, random, at),
                _ => Seldom(rollout, plan, random, at),
            };
        }
        catch (RuleViolation)
        {
            return rollout;
        }
    }

    /// <summary>What a careful person would do next: without it nothing would ever be completed.</summary>
    private static Rollout Fitting(Rollout rollout, Random random, DateTimeOffset at)
    {
        if (rollout.State == RolloutState.Draft)
        {
            return rollout.Plan.ChangeType == RolloutPlan.Standard ? rollout.SubmitPreApproved("t") : rollout.Submit();
        }
        if (rollout.State == RolloutState.AwaitingApproval)
        {
            return rollout.Approve(Person(random), "", at, ApprovalRule.Needed(rollout.Plan, _ => null));
        }
        if (rollout.State == RolloutState.Halted) return rollout.Resume();
        if (rollout.Current is not { } stage) return rollout;
        var id = stage.Plan.Id;
        return stage.State switch
        {
            StageState.Pending => rollout.RequestSlots(at),
            StageState.Booking =>
                rollout.Book(id, stage.Booking.RequestedAttempt, new StageBooking { PlannedStart = at, PlannedEnd = at.AddHours(1) }),
            StageState.Unscheduled => rollout.RequestAgain(id),
            StageState.Scheduled => rollout.RequestStart(id),
            StageState.Starting => rollout.Start(id, at),
            StageState.InProgress => rollout.End(id, StageOutcome.Successful, at),
            StageState.Soaking => rollout.Elapse(at.AddHours(2)),
            StageState.AwaitingVerification =>
                rollout.Verify(id, new StageVerification(true, "https://ci.example.org/runs/1", "", Person(random), at), true),
            _ => rollout,
        };
    }

    private static Rollout Often(Rollout rollout, Random random, DateTimeOffset at)
    {
        var stage = rollout.Plan.Stages[random.Next(rollout.Plan.Stages.Count)].Id;
        return random.Next(8) switch
        {
            0 => rollout.Plan.ChangeType == RolloutPlan.Standard && random.Next(3) > 0 ? rollout.SubmitPreApproved("t") : rollout.Submit(),
            1 => rollout.Approve(Person(random), "", at, ApprovalRule.Needed(rollout.Plan, _ => null)),
            2 => rollout.RequestSlots(at),
            3 => rollout.Book(
                stage,
                rollout.Stage(stage).Booking.RequestedAttempt - random.Next(2),
                new StageBooking { PlannedStart = at.AddHours(1), PlannedEnd = at.AddHours(2) }),
            4 => rollout.RequestStart(stage),
            5 => rollout.Start(stage, at),
            6 => rollout.End(stage, random.Next(5) > 0 ? StageOutcome.Successful : (StageOutcome)random.Next(4), at),
            _ => rollout.Verify(
                stage,
                new StageVerification(random.Next(6) > 0, "https://ci.example.org/runs/1", "", Person(random), at),
                random.Next(2) == 0),
        };
    }

    private static Rollout Seldom(Rollout rollout, RolloutPlan plan, Random random, DateTimeOffset at)
    {
        var stage = rollout.Plan.Stages[random.Next(rollout.Plan.Stages.Count)].Id;
        return random.Next(13) switch
        {
            0 => rollout.Edit(
                plan with { DisplayName = $"{random.Next(3)}" }, People[random.Next(4) == 0 ? 2 : 1], ApprovalRule.Needed(plan, _ => null)),
            1 => rollout.Reject("x"),
            2 => random.Next(5) == 0 ? rollout.Cancel("x") : rollout,
            3 => rollout.Hold("x"),
            4 or 5 => rollout.Resume(),
            6 => rollout.Unschedule(stage, rollout.Stage(stage).Booking.RequestedAttempt, new StageBooking()),
            7 => rollout.RequestAgain(stage),
            8 => rollout.RefuseStart(stage, "x"),
            9 => rollout.ShortenSoak(stage, new SoakShortening(Typed, Person(random), at)),
            10 => random.Next(4) == 0 || rollout.IsOver || !rollout.IsRunning
                ? rollout.RollBack(
                    random.Next(2) == 0 ? [] : [stage], "x", random.Next(2) == 0 ? "" : "https://ci.example.org/runs/2", Person(random), at)
                : rollout,
            11 => rollout.Review(Person(random), random.Next(2) == 0, "x", at),
            _ => rollout.Elapse(at),
        };
    }

    private static string Person(Random random) => People[random.Next(People.Length)];
}
