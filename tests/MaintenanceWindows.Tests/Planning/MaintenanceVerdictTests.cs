using Governance.MaintenanceWindows.Planning;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Planning.World;
using static Governance.Windows.V1.CheckChangeResponse.Types;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Tests.Planning;

public class MaintenanceVerdictTests
{
    private static readonly TimeRange Night = Range("2026-01-13T22:00", "2026-01-14T04:00");
    private static readonly TimeRange Works = Range("2026-01-13T23:00", "2026-01-14T01:00");

    private static World Shop() => new World()
        .Component("psp", 3).Component("payment", 1, "psp").Component("shop", 1, "payment").Component("content")
        .With(Window("night", Night));

    [Theory]
    [InlineData("psp")]
    [InlineData("payment")]
    [InlineData("shop")]
    public void Check_WhileTheProviderWorks_DeniesWhatNeedsItThroughOthersToo(string component)
    {
        var answer = Shop().With(Maintenance("cards", Works)).Check(Demand(1, component), "2026-01-13T23:30");

        answer.Verdict.ShouldBe(Verdict.Denied);
        (answer.Reasons[0].Rule, answer.Reasons[0].Effect, answer.Reasons[0].Resource).ShouldBe(
            ("PROVIDER_MAINTENANCE", Effect.Deny, "providerMaintenances/cards"));
        answer.Reasons[0].Until.ToDateTime().ShouldBe(Works.End.ToDateTimeUtc());
        if (component != "psp") answer.NextAllowed.ToDateTime().ShouldBe(Works.End.ToDateTimeUtc());
        answer.MayOverride.ShouldBeEmpty();
    }

    [Fact]
    public void Check_OfWhatDoesNotNeedTheProvider_IsNotConcerned()
    {
        var answer = Shop().With(Maintenance("cards", Works)).Check(Demand(1, "content"), "2026-01-13T23:30");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons.ShouldNotContain(reason => reason.Rule == "PROVIDER_MAINTENANCE");
    }

    [Fact]
    public void Check_BeforeTheProviderWorks_IsAllowedUntilTheWorkWouldMeetIt()
    {
        var answer = Shop().With(Maintenance("cards", Works)).Check(Demand(0.5), "2026-01-13T22:10");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.OpenUntil.ToDateTime().ShouldBe(At("2026-01-13T22:30").ToDateTimeUtc());
    }

    [Fact]
    public void Check_OfAWarning_NamesItAndAllows()
    {
        var answer = Shop().With(Maintenance("cards", Works, denies: false)).Check(Demand(1), "2026-01-13T23:30");
        answer.Verdict.ShouldBe(Verdict.Allowed);
        var warning = answer.Reasons.Single(reason => reason.Rule == "PROVIDER_MAINTENANCE");
        warning.Effect.ShouldBe(Effect.Warn);
        warning.Detail.ShouldContain("parties/psp works on components/psp, which components/shop needs");
    }

    [Fact]
    public void Check_WithAnOverridableFreezeToo_IsDeniedForNoOverrideWouldHelp()
    {
        var freeze = Freeze("sale", Night) with { OverrideRoles = ["approver"] };
        var answer = Shop().With(freeze).With(Maintenance("cards", Works)).Check(Demand(1), "2026-01-13T23:30");
        answer.Verdict.ShouldBe(Verdict.Denied);
        answer.Reasons[0].Rule.ShouldBe("PROVIDER_MAINTENANCE");
    }

    [Theory]
    [InlineData("production", Verdict.Denied)]
    [InlineData("staging", Verdict.Allowed)]
    public void Check_OfOneEnvironmentOnly_LeavesOthersAlone(string environment, Verdict verdict) =>
        Shop().With(Maintenance("cards", Works, environments: "production")).Check(
            Demand(1) with { Environment = environment }, "2026-01-13T23:30")
            .Verdict.ShouldBe(verdict);

    [Fact]
    public void Check_OfABackOut_IsNeverDenied()
    {
        var world = Shop().With(Maintenance("cards", Works));
        var question = new ChangeQuestion(Demand(1), At("2026-01-13T23:30"), At("2026-01-13T23:30")) { BacksOut = "bookings/b1" };
        var answer = Verdicts.Check(world.Calendar, question);
        answer.Verdict.ShouldBe(Verdict.Allowed);
        answer.Reasons[0].Rule.ShouldBe("BACK_OUT");
    }

    [Fact]
    public void Find_AroundTheProvidersWork_LeavesRoomForTheBackOutToo()
    {
        var world = Shop().With(Maintenance("cards", Works));
        var slots = world.Find(Demand(0.5) with { Reserve = Hours(0.25) }, "2026-01-13T12:00", "2026-01-14T12:00").Slots;
        slots.Select(slot => (slot.Start, slot.LatestStart)).ShouldBe(
            [(At("2026-01-13T22:00"), At("2026-01-13T22:15")), (At("2026-01-14T01:00"), At("2026-01-14T03:15"))]);
    }

    [Fact]
    public void Find_WhereTheProviderWorksAllNight_SaysWhatBinds()
    {
        var answer = Shop().With(Maintenance("cards", Night)).Find(Demand(1), "2026-01-13T12:00", "2026-01-14T12:00");
        answer.Slots.ShouldBeEmpty();
        answer.Binding.ShouldBe("PROVIDER_MAINTENANCE");
        answer.NearMisses[0].Resource.ShouldBe("providerMaintenances/cards");
    }

    [Fact]
    public void Find_WithAWarning_NotesItAtTheSlot()
    {
        var slots = Shop().With(Maintenance("cards", Night, denies: false)).Find(Demand(1), "2026-01-13T12:00", "2026-01-14T12:00").Slots;
        slots[0].Notes.ShouldContain(note => note.Rule == "PROVIDER_MAINTENANCE" && note.Effect == Effect.Warn);
    }

    [Fact]
    public void Index_SetAgainAndRemoved_HoldsWhatWasSetLast()
    {
        var world =
            Shop().With(Maintenance("cards", Works)).With(Maintenance("cards", Range("2026-01-14T02:00", "2026-01-14T03:00"), "payment"));
        world.Check(Demand(1), "2026-01-13T23:30").Verdict.ShouldBe(Verdict.Allowed);
        world.Check(Demand(1), "2026-01-14T02:30").Verdict.ShouldBe(Verdict.Denied);
        var without = world.Calendar with { Maintenance = world.Calendar.Maintenance.Remove("providerMaintenances/cards") };
        Verdicts.Check(without, new(Demand(1), At("2026-01-14T02:30"), world.Now)).Verdict.ShouldBe(Verdict.Allowed);
    }
}
