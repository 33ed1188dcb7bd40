using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Planning.World;
using static Governance.Windows.V1.CheckChangeResponse.Types;
using Duration = NodaTime.Duration;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Tests.Planning;

public class VerdictTests
{
    private static readonly TimeRange Tuesday = Range("2026-01-13T22:00", "2026-01-14T02:00");
    private static readonly TimeRange Thursday = Range("2026-01-15T22:00", "2026-01-16T02:00");

    private static World Shop() => new World().Component("shop").With(Window("night", Tuesday, Thursday));

    [Fact]
    public void Check_InOpenWindow_IsAllowedUntilTheRoomEnds()
    {
        var answer = Shop().Check(Demand(1), "2026-01-13T23:00");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("WINDOW_OPEN");
        answer.Reasons[0].Detail.ShouldContain("Tue 2026-01-13 22:00");
        answer.Reasons[0].Detail.ShouldContain("Europe/Vienna");
        answer.OpenUntil.ToDateTime().ShouldBe(At("2026-01-14T01:00").ToDateTimeUtc());
        answer.NextAllowed.ShouldBeNull();
    }

    [Fact]
    public void Check_BetweenWindows_IsDeniedWithTheNextOne()
    {
        var answer = Shop().Check(Demand(1), "2026-01-14T10:00");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe("NO_OPEN_WINDOW");
        answer.NextAllowed.ToDateTime().ShouldBe(Thursday.Start.ToDateTimeUtc());
        answer.Reasons[0].Detail.ShouldContain("Thu 2026-01-15 22:00");
    }

    [Theory]
    [InlineData("2026-01-14T01:00", true)]
    [InlineData("2026-01-14T01:01", false)]
    public void Check_Cutoff_AllowsTheLastInstantAndNothingAfter(string at, bool allowed)
    {
        var world = new World().Component("shop").With(Window("night", Tuesday) with { Cutoff = Hours(1) });
        var answer = world.Check(Demand(0), at);
        answer.Verdict.ShouldBe(allowed ? Verdict.Allowed : Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe(allowed ? "WINDOW_OPEN" : "CUTOFF");
    }

    [Fact]
    public void Check_AtTheWindowsEnd_IsDenied() =>
        Shop().Check(Demand(0), "2026-01-14T02:00").Verdict.ShouldBe(Verdict.Denied);

    [Fact]
    public void Check_TooLittleRoom_IsDenied()
    {
        var answer = Shop().Check(Demand(3), "2026-01-14T00:00");
        answer.Reasons[0].Rule.ShouldBe("TOO_SHORT");
        answer.NextAllowed.ToDateTime().ShouldBe(Thursday.Start.ToDateTimeUtc());
    }

    [Fact]
    public void Check_FreezeOverWindow_WinsAndIsListedFirst()
    {
        var answer = Shop().With(Freeze("sale", Range("2026-01-13T00:00", "2026-01-14T00:30"))).Check(Demand(1), "2026-01-13T23:00");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons.Select(reason => reason.Rule).ShouldBe(["FROZEN", "WINDOW_OPEN"]);
        answer.Reasons[0].Resource.ShouldBe("freezes/sale");
        answer.NextAllowed.ToDateTime().ShouldBe(At("2026-01-14T00:30").ToDateTimeUtc());
    }

    [Fact]
    public void Check_FreezeThatBeginsDuringTheWork_Denies()
    {
        var world = Shop().With(Freeze("sale", Range("2026-01-13T23:30", "2026-01-14T12:00")));
        world.Check(Demand(1), "2026-01-13T22:45").Reasons[0].Rule.ShouldBe("FROZEN");
        var before = world.Check(Demand(1), "2026-01-13T22:15");
        before.Verdict.ShouldBe(Verdict.Allowed);
        before.OpenUntil.ToDateTime().ShouldBe(At("2026-01-13T22:30").ToDateTimeUtc());
    }

    [Fact]
    public void Check_OnlyOverridableFreezes_AsksForAnOverride()
    {
        var sale = Freeze("sale", Tuesday) with { OverrideRoles = ["approver", "leadership"] };
        var answer = Shop().With(sale).Check(Demand(1), "2026-01-13T22:30");
        answer.Verdict.ShouldBe(Verdict.OverrideRequired);
        answer.MayOverride.ShouldBe(["approver", "leadership"]);
        answer.Reasons[0].Effect.ShouldBe(Effect.RequireOverride);
    }

    [Fact]
    public void Check_OneFreezeWithoutPolicy_DeniesWithThatOneFirst()
    {
        var sale = Freeze("a-sale", Tuesday) with { OverrideRoles = ["approver"] };
        var answer = Shop().With(sale).With(Freeze("provider", Tuesday)).Check(Demand(1), "2026-01-13T22:30");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Resource.ShouldBe("freezes/provider");
        answer.MayOverride.ShouldBeEmpty();
    }

    [Fact]
    public void Check_ApprovedOverride_LetsExactlyItsChangePass()
    {
        var passes = new OverrideFacts("freezes/sale/overrides/o1", ["components/shop"], [], KindSet.All, "CHG-1", At("2026-01-14T00:00"));
        var world = Shop().With(Freeze("sale", Tuesday) with { Overrides = [passes], OverrideRoles = ["approver"] });
        world.Check(Demand(1) with { Change = "CHG-2" }, "2026-01-13T22:30").Verdict.ShouldBe(Verdict.OverrideRequired);
        world.Check(Demand(1) with { Change = "CHG-1" }, "2026-01-13T23:30").Verdict.ShouldBe(Verdict.OverrideRequired);
        var answer = world.Check(Demand(1) with { Change = "CHG-1" }, "2026-01-13T22:30");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons.ShouldContain(reason => reason.Rule == "FREEZE_OVERRIDDEN" && reason.Resource == "freezes/sale/overrides/o1");
        answer.OpenUntil.ToDateTime().ShouldBe(At("2026-01-13T23:00").ToDateTimeUtc());
    }

    [Theory]
    [InlineData(Severity.High, Verdict.Denied)]
    [InlineData(Severity.Critical, Verdict.Allowed)]
    public void Check_Exemption_PassesKindAndSeverity(Severity severity, Verdict verdict)
    {
        var sale = Freeze("sale", Tuesday) with { Exemptions = [new(KindSet.Of([ChangeKind.Patch]), Severity.Critical)] };
        Shop().With(sale).Check(Demand(1) with { Severity = severity }, "2026-01-13T22:30").Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Check_BackOut_IsNeverDenied()
    {
        var world = Shop().With(Freeze("sale", Range("2026-01-01T00:00", "2026-02-01T00:00")));
        var question = new ChangeQuestion(Demand(1), At("2026-01-14T10:00"), world.Now) { BacksOut = "bookings/b1" };
        var answer = Verdicts.Check(world.Calendar, question);
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("BACK_OUT");
        answer.Reasons.ShouldContain(reason => reason.Rule == "FROZEN");
    }

    [Fact]
    public void Check_Tier3_NeedsNoWindow()
    {
        var answer = new World().Component("intranet", tier: 3).Check(Demand(1, "intranet"), "2026-01-14T10:00");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("NO_WINDOW_REQUIRED");
        answer.OpenUntil.ShouldBeNull();
    }

    [Fact]
    public void Check_UnknownComponent_IsDeniedEvenInAWindowForEverything()
    {
        var answer = Shop().Check(Demand(1, "chekout"), "2026-01-13T23:00");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe("COMPONENT_UNKNOWN");
        answer.Reasons[1].Rule.ShouldBe("NO_WINDOW");
    }

    [Fact]
    public void Check_UnknownComponentInAWindowThatNamesIt_IsAllowedAndSaysSo()
    {
        var window = Window("new", Tuesday) with { Scope = new ScopeFacts { Components = ["components/brand-new"] } };
        var answer = Shop().With(window).Check(Demand(1, "brand-new"), "2026-01-13T23:00");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("COMPONENT_UNKNOWN");
        answer.Reasons[0].Effect.ShouldBe(Effect.Warn);
    }

    [Fact]
    public void Check_MistypedEnvironment_IsJudgedAsProduction()
    {
        var world = new World().Component("intranet", tier: 3);
        var answer = world.Check(Demand(1, "intranet") with { Environment = "prodution" }, "2026-01-14T10:00");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe("ENVIRONMENT_UNKNOWN");
    }

    [Fact]
    public void Check_CapacityTaken_IsDeniedUntilItIsFree()
    {
        var world = new World().Component("shop").Component("erp")
            .With(Window("night", Tuesday) with { Capacity = 1 })
            .With(Booked("b1", Range("2026-01-13T22:00", "2026-01-13T23:30"), "erp", "night"));
        var answer = world.Check(Demand(1), "2026-01-13T22:30");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe("CAPACITY");
        answer.NextAllowed.ToDateTime().ShouldBe(At("2026-01-13T23:30").ToDateTimeUtc());
        world.Check(Demand(1) with { Booking = "bookings/b1" }, "2026-01-13T22:30").Verdict.ShouldBe(Verdict.Allowed);
    }

    [Fact]
    public void Check_DependentBookingInTheWay_IsDenied()
    {
        var world = Shop().Component("cart", 1, "shop").Component("session", 1, "cart")
            .With(Booked("b1", Range("2026-01-13T22:00", "2026-01-13T23:30"), "session", "night"));
        var answer = world.Check(Demand(1), "2026-01-13T22:30");
        answer.Reasons[0].Rule.ShouldBe("DEPENDENCY_BUSY");
        answer.Reasons[0].Resource.ShouldBe("bookings/b1");
        answer.Reasons[0].Detail.ShouldContain("components/session");
    }

    [Fact]
    public void Check_ExclusiveBookingInTheOccurrence_IsDenied()
    {
        var alone = Booked("b1", Range("2026-01-13T22:00", "2026-01-13T22:30"), "erp", "night") with { Exclusive = true };
        var answer = Shop().Component("erp").With(alone).Check(Demand(1), "2026-01-13T23:30");
        answer.Reasons[0].Rule.ShouldBe("EXCLUSIVE");
        answer.NextAllowed.ToDateTime().ShouldBe(Thursday.Start.ToDateTimeUtc());
    }

    [Fact]
    public void Check_RunningChangeThatIsOverdue_StaysInTheWay()
    {
        var late = Booked("b1", Range("2026-01-13T22:00", "2026-01-13T22:30"), "shop", "night") with { Running = true };
        var world = Shop().With(late);
        world.Now = At("2026-01-13T23:00");
        world.Check(Demand(1), "2026-01-13T23:00").Reasons[0].Rule.ShouldBe("COMPONENT_BUSY");
    }

    [Theory]
    [InlineData(ChangeType.Standard, 0, Verdict.Allowed)]
    [InlineData(ChangeType.Emergency, 0, Verdict.ApprovalRequired)]
    [InlineData(ChangeType.Emergency, 1, Verdict.Allowed)]
    [InlineData(ChangeType.Normal, 1, Verdict.ApprovalRequired)]
    [InlineData(ChangeType.Normal, 2, Verdict.Allowed)]
    public void Check_ApprovalsByChangeType(ChangeType type, int given, Verdict verdict)
    {
        var world = Shop().With(new PolicyFacts("changePolicies/two", ScopeFacts.Everything, KindSet.All, false, 2));
        var demand = Demand(1) with { Type = type, Approvers = [.. Enumerable.Range(0, given).Select(i => $"users/u{i}")] };
        world.Check(demand, "2026-01-13T22:30").Verdict.ShouldBe(verdict);
    }

    [Fact]
    public void Check_ApprovalMissingBetweenWindows_IsDeniedAndListsBoth()
    {
        var world = Shop().With(new PolicyFacts("changePolicies/one", ScopeFacts.Everything, KindSet.All, false, 1));
        var answer = world.Check(Demand(1), "2026-01-14T10:00");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons.Select(reason => reason.Rule).ShouldBe(["NO_OPEN_WINDOW", "APPROVAL_MISSING"]);
        answer.NextAllowed.ToDateTime().ShouldBe(Thursday.Start.ToDateTimeUtc());
    }

    [Fact]
    public void Check_PausedWindow_IsHeldAgainWhenItResumes()
    {
        var paused = Window("night", Tuesday) with { HeldFrom = At("2026-01-14T00:00") };
        var world = new World().Component("shop").With(paused);
        var answer = world.Check(Demand(1), "2026-01-13T23:00");
        answer.Reasons[0].Rule.ShouldBe("WINDOW_PAUSED");
        answer.NextAllowed.ToDateTime().ShouldBe(At("2026-01-14T00:00").ToDateTimeUtc());
    }

    [Fact]
    public void Check_KindNotAllowed_SaysSo()
    {
        var content = Window("content", Tuesday) with { Kinds = KindSet.Of([ChangeKind.Content]) };
        new World().Component("shop").With(content).Check(Demand(1), "2026-01-13T23:00").Reasons[0].Rule.ShouldBe("KIND_NOT_ALLOWED");
    }

    [Fact]
    public void Check_BackToBackWindows_AreOpenThroughout()
    {
        var world = new World().Component("shop")
            .With(Window("a", Range("2026-01-13T22:00", "2026-01-14T00:00")))
            .With(Window("b", Range("2026-01-13T23:00", "2026-01-14T03:00")));
        world.Check(Demand(1), "2026-01-13T22:00").OpenUntil.ToDateTime().ShouldBe(At("2026-01-14T02:00").ToDateTimeUtc());
    }

    [Fact]
    public void Check_NothingAllowedWithin400Days_NamesNoNext() =>
        Shop().Check(Demand(5), "2026-01-14T10:00").NextAllowed.ShouldBeNull();

    [Fact]
    public void Duration_InWords_IsReadable() =>
        LocalTimes.Say(Duration.FromMinutes(90)).ShouldBe("1 h 30 min");
}
