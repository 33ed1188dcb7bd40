using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using Schedule = Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.ProviderMaintenance.Types.State;
using StepKind = Governance.Windows.V1.ProviderMaintenance.Types.Step.Types.Kind;
using Verdict = Governance.Windows.V1.CheckChangeResponse.Types.Verdict;

namespace Governance.MaintenanceWindows.Tests.ProviderMaintenances;

/// <summary>It is Monday, 2026-03-02 09:00 UTC.</summary>
public class MaintenanceTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task Create_ThenMoveAndCancel_KeepsTheAnnouncementAndEveryMove()
    {
        var announced = Works("story");
        announced.AnnounceTime = At("2026-02-20T09:00:00");
        var created = await CreateAsync("story", announced);
        created.State.ShouldBe(State.Announced);
        created.Notice.ShouldBe(Minutes((int)(created.Start - created.AnnounceTime).ToTimeSpan().TotalMinutes));
        created.UnknownComponents.ShouldBe(["components/story"]);

        var moved = await schedule.Planner.ProviderMaintenances.UpdateProviderMaintenanceAsync(new()
        {
            ProviderMaintenance = new()
            {
                Name = created.Name,
                Etag = created.Etag,
                Start = At(
                "2026-03-10T22:00:00"),
                End = At("2026-03-11T00:00:00")
            },
            UpdateMask = new() { Paths = { "start", "end" } },
        });
        moved.State.ShouldBe(State.Moved);
        (moved.Party, moved.DisplayName, moved.AnnounceTime).ShouldBe((created.Party, created.DisplayName, created.AnnounceTime));
        moved.Notice.Seconds.ShouldBe((At("2026-03-10T22:00:00") - At("2026-02-20T09:00:00")).Seconds);

        var cancelled = await schedule.Planner.ProviderMaintenances.CancelProviderMaintenanceAsync(
            new() { Name = created.Name, Reason = "Called off by phone" });
        (cancelled.State, cancelled.Reason).ShouldBe((State.Cancelled, "Called off by phone"));
        cancelled.History.Select(step => (step.Kind, step.Start)).ShouldBe(
            [(StepKind.Announced, created.Start), (StepKind.Moved, moved.Start), (StepKind.Cancelled, moved.Start)]);
        (await Refusal.OfAsync(schedule.Planner.ProviderMaintenances.CancelProviderMaintenanceAsync(new() { Name = created.Name }))).Reason
            .ShouldBe("PROVIDER_MAINTENANCE_CANCELLED");
        var told = await Eventually.GetAsync(
            () => Task.FromResult(schedule.Estate.PubSub.Of<ProviderMaintenanceChanged>()
                .SingleOrDefault(one => one.ProviderMaintenance.Name == created.Name && one.Meta.Version == 3)),
            "the event of the cancellation");
        (told.Meta.Change, told.ProviderMaintenance.State).ShouldBe(("CANCELLED", State.Cancelled));
    }

    [Fact]
    public async Task Create_WithManyFaults_NamesAllOfThemAtOnce()
    {
        var wrong = new ProviderMaintenance
        {
            Party = "psp",
            Start = At("2026-03-05T00:00:00"),
            End = At("2026-03-04T00:00:00"),
            AnnounceTime = At("2026-03-03T00:00:00"),
        };

        var refusal = await Refusal.OfAsync(
            schedule.Planner.ProviderMaintenances.CreateProviderMaintenanceAsync(new() { ProviderMaintenance = wrong }));

        refusal.Fields.ShouldBe(
            [
                "provider_maintenance.party",
                "provider_maintenance.components",
                "provider_maintenance.end",
                "provider_maintenance.announce_time",
            ], ignoreOrder: true);
    }

    [Fact]
    public async Task Get_AfterItsEnd_IsEndedByTheClock()
    {
        var over = Works("over");
        (over.Start, over.End) = (At("2026-03-01T00:00:00"), At("2026-03-01T02:00:00"));
        var ended = await CreateAsync("over", over);
        ended.State.ShouldBe(State.Ended);
        ended.Notice.Seconds.ShouldBeLessThan(0);
        var listed =
            await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(new() { State = State.Ended, Party = over.Party });
        listed.ProviderMaintenances.ShouldHaveSingleItem().Name.ShouldBe(ended.Name);
        (await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(
            new() { From = over.End, Party = over.Party })).ProviderMaintenances.ShouldBeEmpty();
    }

    [Fact]
    public async Task Booking_WhereTheProviderWorks_IsMovedAndTheVerdictNamesIt()
    {
        await schedule.ComponentAsync("gateway-psp", 3);
        await schedule.ComponentAsync("gateway", 1, 1, "gateway-psp");
        await schedule.ComponentAsync("checkout", 1, 1, "gateway");
        await schedule.NightsAsync("checkout-nights", null, "checkout");
        var booking = await schedule.BookAsync(Wish("checkout"));
        var works = Works("gateway-psp");
        var asked = await schedule.Planner.ProviderMaintenances.CreateProviderMaintenanceAsync(
            new() { ProviderMaintenance = works, ValidateOnly = true });
        asked.DisplacedBookings.ShouldHaveSingleItem().Booking.ShouldBe(booking.Name);

        await CreateAsync("checkout-works", works);

        var moved = await Eventually.GetAsync(
            async () => await schedule.GetAsync(booking.Name) is { Moves.Count: > 0 } now ? now : null, "the booking to move");
        moved.PlannedStart.ShouldBe(works.End);
        moved.Reasons.ShouldContain(reason =>
            reason.Rule == "PROVIDER_MAINTENANCE" && reason.Resource == "providerMaintenances/checkout-works");
        var verdict = await CheckAsync("checkout", "2026-03-02T22:30:00");
        (verdict.Verdict, verdict.Reasons[0].Resource).ShouldBe((Verdict.Denied, "providerMaintenances/checkout-works"));
        verdict.NextAllowed.ShouldBe(moved.PlannedEnd, "the moved booking comes first");
        var refusal = await Refusal.OfAsync(
            schedule.Planner.Bookings.CreateBookingAsync(new() { Booking = Exactly("checkout", "2026-03-02T22:30:00") }));
        (refusal.Reason, refusal.Facts["providerMaintenance"]).ShouldBe(("PROVIDER_MAINTENANCE", "providerMaintenances/checkout-works"));
        var listed = await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(new() { Component = "checkout" });
        listed.ProviderMaintenances.Select(one => one.Name).ShouldBe(["providerMaintenances/checkout-works"]);

        await schedule.Planner.ProviderMaintenances.CancelProviderMaintenanceAsync(new() { Name = "providerMaintenances/checkout-works" });
        (await CheckAsync("checkout", "2026-03-02T23:30:00")).Reasons.ShouldNotContain(reason => reason.Rule == "PROVIDER_MAINTENANCE");
    }

    [Fact]
    public async Task Dependency_NewOnAProviderThatWorks_MovesTheBooking()
    {
        await schedule.ComponentAsync("late-psp", 3);
        await schedule.ComponentAsync("late");
        await schedule.NightsAsync("late-nights", null, "late");
        var booking = await schedule.BookAsync(Wish("late"));
        await CreateAsync("late-works", Works("late-psp"));
        await schedule.ComponentAsync("late", 1, 2, "late-psp");
        var moved = await Eventually.GetAsync(
            async () => await schedule.GetAsync(booking.Name) is { Moves.Count: > 0 } now ? now : null, "the booking to move");
        moved.Reasons.ShouldContain(reason => reason.Rule == "PROVIDER_MAINTENANCE");
    }

    [Fact]
    public async Task ListOccurrences_WhereTheProviderWorks_ShowsTheCut()
    {
        await schedule.ComponentAsync("cut-psp", 3);
        await schedule.ComponentAsync("cut", 1, 1, "cut-psp");
        await schedule.ComponentAsync("uncut");
        await schedule.NightsAsync("cut-nights", null, "cut", "uncut");
        await CreateAsync("cut-works", Works("cut-psp"));
        var warning = Works("cut-psp");
        warning.Effect = ProviderMaintenance.Types.Effect.Warn;
        await CreateAsync("cut-warning", warning);

        var shown = await schedule.Planner.Occurrences.ListOccurrencesAsync(new() { Window = "windows/cut-nights", PageSize = 1 });
        var cut = shown.Occurrences[0].ProviderMaintenances.ShouldHaveSingleItem();
        (cut.ProviderMaintenance, cut.From, cut.Until, cut.PartialScope).ShouldBe(
            ("providerMaintenances/cut-works", At("2026-03-02T22:00:00"), At("2026-03-03T00:00:00"), true));
        shown = await schedule.Planner.Occurrences.ListOccurrencesAsync(
            new() { Window = "windows/cut-nights", PageSize = 1, Component = "uncut" });
        shown.Occurrences[0].ProviderMaintenances.ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_OfWhatNeedsTheProvider_ShowsItsWork()
    {
        await schedule.ComponentAsync("fed-psp", 3);
        await schedule.ComponentAsync("fed", 1, 1, "fed-psp");
        await CreateAsync("fed-works", Works("fed-psp"));
        var feed = await schedule.Planner.CalendarFeeds.CreateCalendarFeedAsync(new()
        {
            CalendarFeedId = "fed-feed",
            CalendarFeed = new()
            {
                Scope = new() { Components = { "components/fed" } },
                Contents = { CalendarFeed.Types.Content.ProviderMaintenances },
            },
        });

        var text = await schedule.Host.Http.GetStringAsync(feed.Path);

        text.ShouldContain("UID:fed-works@providerMaintenances.governance");
        text.ShouldContain("DTSTART:20260302T220000Z");
        text.Split("BEGIN:VEVENT").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Vendor_WritesItsOwnPartysAlone_AndSeesNoOthers()
    {
        await CreateAsync("scoped-other", Works("scoped", "other-vendor"));
        var vendor = schedule.As(Callers.Person("vera", "engineer@parties/scoped-vendor"));

        var own = await vendor.ProviderMaintenances.CreateProviderMaintenanceAsync(
            new() { ProviderMaintenance = Works("scoped", "scoped-vendor") });
        await vendor.ProviderMaintenances.CancelProviderMaintenanceAsync(new() { Name = own.Name });

        (await Refusal.OfAsync(vendor.ProviderMaintenances.CreateProviderMaintenanceAsync(
            new() { ProviderMaintenance = Works("scoped", "other-vendor") }))).Code.ShouldBe(StatusCode.PermissionDenied);
        (await Refusal.OfAsync(vendor.ProviderMaintenances.CancelProviderMaintenanceAsync(
            new() { Name = "providerMaintenances/scoped-other" }))).Code.ShouldBe(StatusCode.NotFound);
        (await vendor.ProviderMaintenances.ListProviderMaintenancesAsync(new())).ProviderMaintenances
            .Select(one => one.Name)
            .ShouldBe([own.Name]);
    }

    [Fact]
    public async Task Engineer_OfAComponent_WritesOnItAndReadsWhatRestrictsIt()
    {
        await schedule.ComponentAsync("near-psp", 3);
        await schedule.ComponentAsync("near", 1, 1, "near-psp");
        await CreateAsync("near-works", Works("near-psp"));
        var engineer = schedule.As(Callers.Person("erik", "engineer@components/near"));

        (await engineer.ProviderMaintenances.GetProviderMaintenanceAsync(new() { Name = "providerMaintenances/near-works" })).Party
            .ShouldBe("parties/vendor");
        (await Refusal.OfAsync(engineer.ProviderMaintenances.CancelProviderMaintenanceAsync(
            new() { Name = "providerMaintenances/near-works" }))).Code.ShouldBe(StatusCode.PermissionDenied);
        (await engineer.ProviderMaintenances.CreateProviderMaintenanceAsync(new() { ProviderMaintenance = Works("near") })).Components
            .ShouldBe(["components/near"]);
        (await Refusal.OfAsync(engineer.ProviderMaintenances.CreateProviderMaintenanceAsync(
            new() { ProviderMaintenance = Works("near-psp") }))).Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Delete_StaysReadable_AndRestrictsNothing()
    {
        await schedule.ComponentAsync("gone");
        await CreateAsync("gone-works", Works("gone"));
        var deleted = await schedule.Planner.ProviderMaintenances.DeleteProviderMaintenanceAsync(
            new() { Name = "providerMaintenances/gone-works", Reason = "Entered twice" });
        deleted.DeleteTime.ShouldNotBeNull();
        (await CheckAsync("gone", "2026-03-02T22:30:00")).Reasons.ShouldNotContain(reason => reason.Rule == "PROVIDER_MAINTENANCE");
        (await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(new() { Component = "gone" })).ProviderMaintenances
            .ShouldBeEmpty();
        (await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(
            new() { Component = "gone", ShowDeleted = true })).ProviderMaintenances.ShouldHaveSingleItem();
    }

    /// <summary>Tonight, from 22:00 to midnight UTC.</summary>
    private static ProviderMaintenance Works(string component, string party = "vendor") => new()
    {
        DisplayName = $"Works on {component}",
        Party = $"parties/{(component is "over" ? "over-vendor" : party)}",
        Components = { $"components/{component}" },
        Start = At("2026-03-02T22:00:00"),
        End = At("2026-03-03T00:00:00"),
    };

    private static Booking Exactly(string component, string start)
    {
        var wish = Wish(component);
        wish.PlannedStart = At(start);
        return wish;
    }

    private Task<ProviderMaintenance> CreateAsync(string id, ProviderMaintenance maintenance) =>
        schedule.Planner.ProviderMaintenances
            .CreateProviderMaintenanceAsync(new() { ProviderMaintenance = maintenance, ProviderMaintenanceId = id }).ResponseAsync;

    private Task<CheckChangeResponse> CheckAsync(string component, string at) =>
        schedule.Planner.Changes.CheckChangeAsync(
            new() { Component = component, Environment = "production", Kind = ChangeKind.Patch, At = At(at) }).ResponseAsync;
}
