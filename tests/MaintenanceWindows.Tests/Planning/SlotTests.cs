using Governance.MaintenanceWindows.Planning;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Planning.World;

namespace Governance.MaintenanceWindows.Tests.Planning;

public class SlotTests
{
    private static readonly TimeRange Tuesday = Range("2026-01-13T22:00", "2026-01-14T02:00");
    private static readonly TimeRange Thursday = Range("2026-01-15T22:00", "2026-01-16T02:00");

    private static World Shop() => new World().Component("shop").With(Window("night", Tuesday, Thursday));

    [Fact]
    public void Find_TwoOccurrences_GivesBothWithTheirLatestStarts()
    {
        var slots = Shop().Find(Demand(1) with { Reserve = Hours(1) }, "2026-01-12T00:00", "2026-02-01T00:00").Slots;
        slots.Select(slot => slot.Start).ShouldBe([Tuesday.Start, Thursday.Start]);
        slots[0].LatestStart.ShouldBe(At("2026-01-14T00:00"));
        slots[0].Places.ShouldBe([new PlaceInWindow("windows/night", Tuesday.Start)]);
    }

    [Fact]
    public void Find_BookingInTheMiddle_LeavesAStretchOnEitherSide()
    {
        var world = Shop().With(Booked("b1", Range("2026-01-13T23:00", "2026-01-14T00:00"), "shop", "night", Tuesday.Start));
        var slots = world.Find(Demand(1), "2026-01-12T00:00", "2026-01-14T12:00").Slots;
        slots.Select(slot => slot.Start).ShouldBe([At("2026-01-13T22:00"), At("2026-01-14T00:00")]);
        slots[0].LatestStart.ShouldBe(slots[0].Start);
    }

    [Fact]
    public void Find_TwoWindowsAtOnce_PrefersTheOneWithMoreRoom()
    {
        var world = new World().Component("shop")
            .With(Window("a", Tuesday) with { Capacity = 1 })
            .With(Window("b", Tuesday) with { Capacity = 5 });
        var slots = world.Find(Demand(1), "2026-01-12T00:00", "2026-02-01T00:00").Slots;
        slots.Select(slot => slot.Places[0].Window).ShouldBe(["windows/b", "windows/a"]);
        slots[0].Remaining.ShouldBe(4);
    }

    [Fact]
    public void Find_NoticePeriod_SkipsWhatIsTooSoon()
    {
        var world = new World { Now = At("2026-01-13T20:00") }
            .Component("shop")
            .With(Window("night", Tuesday, Thursday) with { Notice = Hours(24) });
        var answer = world.Find(Demand(1), "2026-01-13T20:00", "2026-01-20T00:00");
        answer.Slots.Select(slot => slot.Start).ShouldBe([Thursday.Start]);
        answer.NearMisses[0].Constraint.ShouldBe("NOTICE_PERIOD");
    }

    [Fact]
    public void Find_ComponentsWithWindowsOfTheirOwn_NeedsBothOpenAtOnce()
    {
        var world = new World().Component("shop").Component("erp")
            .With(Window("shop-night", Tuesday) with { Scope = new ScopeFacts { Components = ["components/shop"] } })
            .With(Window(
                "erp-night",
                Range("2026-01-13T23:00", "2026-01-14T04:00")) with
            { Scope = new ScopeFacts { Components = ["components/erp"] } });
        var slot = world.Find(Demand(1, "shop", "erp"), "2026-01-12T00:00", "2026-02-01T00:00").Slots.ShouldHaveSingleItem();
        (slot.Start, slot.LatestStart).ShouldBe((At("2026-01-13T23:00"), At("2026-01-14T01:00")));
        slot.Places.Select(place => place.Window).ShouldBe(["windows/erp-night", "windows/shop-night"], ignoreOrder: true);
    }

    [Fact]
    public void Find_ImplementerIsBusy_Waits()
    {
        var other = Booked("b1", Range("2026-01-13T22:00", "2026-01-13T23:00"), "erp", "night") with { Implementer = "parties/agency" };
        var world = Shop().Component("erp").Parallel("agency", 1).With(other);
        var demand = Demand(1) with { Implementer = "parties/agency" };
        world.Find(demand, "2026-01-12T00:00", "2026-02-01T00:00").Slots[0].Start.ShouldBe(At("2026-01-13T23:00"));
        world.Parallel("agency", 2).Find(demand, "2026-01-12T00:00", "2026-02-01T00:00").Slots[0].Start.ShouldBe(Tuesday.Start);
    }

    [Fact]
    public void Find_Exclusive_WantsAnEmptyOccurrence()
    {
        var world = Shop().Component("erp").With(Booked("b1", Range("2026-01-13T22:00", "2026-01-13T23:00"), "erp", "night"));
        world.Find(Demand(1) with { Exclusive = true }, "2026-01-12T00:00", "2026-02-01T00:00").Slots[0].Start.ShouldBe(Thursday.Start);
    }

    [Fact]
    public void Find_ReserveReachesIntoAFreeze_IsSplitByIt()
    {
        var world = new World()
            .Component("shop")
            .With(Window("night", Tuesday))
            .With(Freeze("sale", Range("2026-01-14T00:00", "2026-01-20T00:00")));
        var answer = world.Find(Demand(1) with { Reserve = Hours(1.5) }, "2026-01-12T00:00", "2026-02-01T00:00");
        answer.Slots.ShouldBeEmpty();
        answer.Binding.ShouldBe("SPLIT_BY_FREEZE");
        var roomy = world.Find(Demand(0.5) with { Reserve = Hours(1) }, "2026-01-12T00:00", "2026-02-01T00:00");
        roomy.Slots[0].LatestStart.ShouldBe(At("2026-01-13T22:30"));
    }

    [Fact]
    public void Find_RolloutTailReachesIntoAFreeze_SaysSplitByFreeze()
    {
        var world = new World()
            .Component("shop")
            .With(Window("night", Tuesday))
            .With(Freeze("sale", Range("2026-01-15T00:00", "2026-01-20T00:00")));
        var answer = world.Find(Demand(1) with { Tail = Duration.FromDays(3) }, "2026-01-12T00:00", "2026-02-01T00:00");
        answer.Binding.ShouldBe("SPLIT_BY_FREEZE");
        answer.NearMisses[0].Resource.ShouldBe("freezes/sale");
    }

    [Fact]
    public void Find_FreezeBetweenBookedStages_SaysSplitByFreeze()
    {
        var first = Booked(
            "b1", Range("2026-01-13T22:00", "2026-01-13T23:00"), "erp", "night") with
        { Change = "rollouts/r1/stages/wave-1" };
        var world = Shop().Component("erp").With(first).With(Freeze("sale", Range("2026-01-14T12:00", "2026-01-15T12:00")));
        var demand = Demand(1) with { Change = "rollouts/r1/stages/wave-2" };
        world.Find(demand, "2026-01-14T12:00", "2026-02-01T00:00").Binding.ShouldBe("SPLIT_BY_FREEZE");
        world.Find(demand with { Change = "rollouts/r2/stages/wave-2" }, "2026-01-14T12:00", "2026-02-01T00:00").Slots[0].Start
            .ShouldBe(Thursday.Start);
        world.With(first with { Running = true });
        world.Find(demand, "2026-01-14T12:00", "2026-02-01T00:00").Slots[0].Start.ShouldBe(Thursday.Start);
    }

    [Fact]
    public void Find_NothingBeforeTheDeadline_NamesMissesAndRemediesThatHelpAlone()
    {
        var sale = Freeze("sale", Range("2026-01-13T00:00", "2026-01-15T00:00")) with { OverrideRoles = ["approver"] };
        var answer = Shop().With(sale).Find(Demand(1), "2026-01-12T00:00", "2026-01-15T00:00");
        answer.Slots.ShouldBeEmpty();
        answer.Binding.ShouldBe("FROZEN");
        answer.NearMisses.ShouldHaveSingleItem().Detail.ShouldContain("peak trading");
        answer.Remedies.Select(remedy => remedy.Action).ShouldBe(["ADD_WINDOW", "OVERRIDE_FREEZE", "EXCEPTION_UNTIL"]);
        answer.Remedies[1].Resource.ShouldBe("freezes/sale");
        answer.Remedies[1].FirstSlotTime.ToDateTime().ShouldBe(Tuesday.Start.ToDateTimeUtc());
        answer.Remedies[2].FirstSlotTime.ToDateTime().ShouldBe(Thursday.Start.ToDateTimeUtc());
    }

    [Fact]
    public void Find_CapacityBinds_OffersToRaiseIt()
    {
        var world = new World().Component("shop").Component("erp").With(Window("night", Tuesday) with { Capacity = 1 })
            .With(Booked("b1", Tuesday, "erp", "night"));
        var answer = world.Find(Demand(1), "2026-01-12T00:00", "2026-01-20T00:00");
        answer.Binding.ShouldBe("CAPACITY");
        answer.Remedies.ShouldContain(remedy => remedy.Action == "RAISE_CAPACITY" && remedy.Resource == "windows/night");
        answer.Remedies.ShouldNotContain(remedy => remedy.Action == "EXCEPTION_UNTIL");
    }

    [Theory]
    [InlineData(5.0, "2026-02-01T00:00", "TOO_SHORT")]
    [InlineData(1.0, "2026-01-13T12:00", "AFTER_DEADLINE")]
    public void Find_NothingFits_SaysWhichConstraintBinds(double hours, string deadline, string binding) =>
        Shop().Find(Demand(hours), "2026-01-12T00:00", deadline).Binding.ShouldBe(binding);

    [Fact]
    public void Find_WithoutAnyWindow_AsksForOne()
    {
        var answer = new World().Component("shop").Find(Demand(1), "2026-01-12T00:00", "2026-02-01T00:00");
        answer.Binding.ShouldBe("NO_WINDOW");
        answer.Remedies[0].Action.ShouldBe("ADD_WINDOW");
    }

    [Fact]
    public void Find_WhenNoPolicyAsksForAWindow_GivesFreeTimeAroundFreezes()
    {
        var world = new World().Component("intranet", 3).With(Freeze("sale", Range("2026-01-13T00:00", "2026-01-14T00:00")));
        var slots = world.Find(Demand(2, "intranet"), "2026-01-12T10:00", "2026-01-15T00:00").Slots;
        slots.Select(slot => (slot.Start, slot.LatestStart)).ShouldBe(
        [
            (At("2026-01-12T10:00"), At("2026-01-12T22:00")),
            (At("2026-01-14T00:00"), At("2026-01-14T22:00")),
        ]);
    }

    [Fact]
    public void Find_ThroughAnOverride_NotesIt()
    {
        var passes = new OverrideFacts("freezes/sale/overrides/o1", ["components/shop"], [], KindSet.All, "", At("2026-01-14T02:00"));
        var world = Shop().With(Freeze("sale", Tuesday) with { Overrides = [passes], OverrideRoles = [] });
        var slot = world.Find(Demand(1), "2026-01-12T00:00", "2026-01-14T12:00").Slots.ShouldHaveSingleItem();
        slot.Notes.ShouldContain(note => note.Rule == "FREEZE_OVERRIDDEN");
    }

    [Fact]
    public void Find_StagingBooking_IsNotInProductionsWay()
    {
        var world = Shop().With(Booked("b1", Tuesday, "shop", "night") with { Environment = "staging", Places = [] });
        world.Find(Demand(1), "2026-01-12T00:00", "2026-02-01T00:00").Slots[0].Start.ShouldBe(Tuesday.Start);
    }
}
