using Governance.Common.V1;
using Governance.MaintenanceWindows.Persistence;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Windows;

public sealed class WindowTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task CreateWindow_WithEverythingSet_ReadsBackTheSame()
    {
        var wanted = TuesdayNights("components/all-set");
        wanted.Owner = "parties/storefront";
        wanted.DurationPolicy = DurationPolicy.WallClock;
        wanted.Rdates.Add("2026-01-15T22:00:00");
        wanted.Exdates.Add("2026-12-29T22:00:00");
        wanted.GapPolicy = GapPolicy.Skip;
        wanted.OverlapPolicy = OverlapPolicy.Second;
        wanted.Scope.Environments.Add("production");
        wanted.Scope.Labels.Add("country=at");
        wanted.Scope.Tiers.Add(1);
        wanted.AllowedKinds.Add(ChangeKind.Patch);
        wanted.Capacity = 2;
        wanted.Cutoff = Seconds(3600);
        wanted.NoticePeriod = Seconds(86400);
        wanted.EffectiveFrom = "2026-02-01";
        wanted.EffectiveUntil = "2027-01-31";
        wanted.Displacement = Window.Types.Displacement.Unschedule;
        wanted.Reason = "Agreed with operations";

        await estate.Admin.Windows.CreateWindowAsync(new() { Window = wanted, WindowId = "all-set" });
        var read = await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/all-set" });

        read.State.ShouldBe(Window.Types.State.Active);
        read.Etag.ShouldBe("1");
        read.UnknownComponents.ShouldBe(["components/all-set"]);
        (read.Name, read.State, read.Etag, read.CreateTime, read.UpdateTime) = ("", default, "", null, null);
        read.UnknownComponents.Clear();
        read.ShouldBe(wanted);
    }

    [Fact]
    public async Task CreateWindow_WithManyFaults_NamesAllOfThemAtOnce()
    {
        var wrong = new Window
        {
            TimeZone = "Europe/Vena",
            Start = "2026-01-13T22:00:00",
            Duration = Seconds(3600),
            Cutoff = Seconds(7200),
            Recurrence = "FREQ=MONTHLY;BYWEEKNO=3",
            Capacity = 0,
            Owner = "somebody",
            Scope = new Scope { Components = { "checkout" }, Tiers = { 7 }, Labels = { "=x" } },
            EffectiveFrom = "2026-13-01",
        };

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.CreateWindowAsync(new() { Window = wrong, WindowId = "No" }));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(
            [
                "window_id", "window.time_zone", "window.cutoff", "window.recurrence", "window.capacity", "window.owner",
                "window.scope.components[0]", "window.scope.tiers[0]", "window.scope.labels[0]", "window.effective_from",
            ],
            ignoreOrder: true);
        refusal.Message.ShouldContain("unknown zone \"Europe/Vena\", did you mean \"Europe/Vienna\"?");
        refusal.Message.ShouldContain("BYWEEKNO");
    }

    [Theory]
    [InlineData("2026-01-13T22:00:00Z", "window.start")]
    [InlineData("2026-01-13", "window.start")]
    [InlineData("2026-01-13T22:00:00+01:00", "window.start")]
    [InlineData("2026-02-30T22:00:00", "window.start")]
    public async Task CreateWindow_WithAStartThatIsNoCivilTime_NamesTheStart(string start, string field)
    {
        var window = TuesdayNights();
        window.Start = start;

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.CreateWindowAsync(new() { Window = window }));

        refusal.Fields.ShouldBe([field]);
    }

    [Fact]
    public async Task CreateWindow_WithATakenId_IsRefused()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "taken" });

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "taken" }));

        refusal.Code.ShouldBe(StatusCode.AlreadyExists);
    }

    [Fact]
    public async Task CreateWindow_RepeatedWithItsRequestId_ReturnsTheFirstResult()
    {
        var request = new CreateWindowRequest { Window = TuesdayNights(), RequestId = Guid.NewGuid().ToString() };

        var first = await estate.Admin.Windows.CreateWindowAsync(request);
        var second = await estate.Admin.Windows.CreateWindowAsync(request);

        second.ShouldBe(first);
        Guid.Parse(first.Name["windows/".Length..]).Version.ShouldBe(7);
    }

    [Fact]
    public async Task CreateWindow_ValidateOnly_StoresNothing()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "only-asked", ValidateOnly = true });

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/only-asked" }));

        refusal.Code.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task UpdateWindow_WithAMask_ChangesOnlyWhatItNames()
    {
        var created = await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "masked" });

        var updated = await estate.Admin.Windows.UpdateWindowAsync(new()
        {
            Window = new() { Name = created.Name, Etag = created.Etag, Capacity = 3, Scope = new Scope { Environments = { "staging" } } },
            UpdateMask = new() { Paths = { "capacity", "scope.environments" } },
        });

        (updated.Capacity, updated.Recurrence, updated.Etag).ShouldBe((3, created.Recurrence, "2"));
        updated.Scope.Environments.ShouldBe(["staging"]);
        (await estate.Admin.Windows.GetWindowAsync(new() { Name = created.Name })).Capacity.ShouldBe(3);
    }

    [Fact]
    public async Task UpdateWindow_WithAMaskOfNoField_NamesTheMask()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "mis-masked" });

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.UpdateWindowAsync(new()
        {
            Window = new() { Name = "windows/mis-masked" },
            UpdateMask = new() { Paths = { "capacities" } },
        }));

        refusal.Fields.ShouldBe(["update_mask"]);
    }

    [Fact]
    public async Task UpdateWindow_WithAStaleEtag_IsAborted()
    {
        var created = await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "stale" });
        created.Capacity = 1;
        await estate.Admin.Windows.UpdateWindowAsync(new() { Window = created });

        var refusal = await Refusal.OfAsync(estate.Admin.Windows.UpdateWindowAsync(new() { Window = created }));

        refusal.Code.ShouldBe(StatusCode.Aborted);
    }

    [Fact]
    public async Task DeleteWindow_StaysReadableAsRetired_AndIsListedNoMore()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/retiring"), WindowId = "retiring" });

        await estate.Admin.Windows.DeleteWindowAsync(new() { Name = "windows/retiring", Reason = "Moved to Wednesdays" });

        var read = await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/retiring" });
        (read.State, read.Reason).ShouldBe((Window.Types.State.Retired, "Moved to Wednesdays"));
        (await ListAsync("retiring")).ShouldBeEmpty();
        var refusal = await Refusal.OfAsync(estate.Admin.Windows.PauseWindowAsync(new() { Name = "windows/retiring" }));
        (refusal.Code, refusal.Reason).ShouldBe((StatusCode.FailedPrecondition, "WINDOW_RETIRED"));
    }

    [Fact]
    public async Task ListWindows_ByComponent_PagesThroughThoseThatCoverIt()
    {
        await estate.ComponentAsync("paged", system: "systems/paging", tier: 2);
        foreach (var id in new[] { "paged-a", "paged-b", "paged-c" })
        {
            await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/paged"), WindowId = id });
        }
        var bySystem = TuesdayNights();
        bySystem.Scope.Systems.Add("systems/paging");
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = bySystem, WindowId = "paged-d" });

        var names = new List<string>();
        var request = new ListWindowsRequest { Component = "paged", PageSize = 2, Environment = "production" };
        do
        {
            var page = await estate.Admin.Windows.ListWindowsAsync(request);
            page.Windows.Count.ShouldBeLessThanOrEqualTo(2);
            names.AddRange(page.Windows.Select(window => window.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        names.Where(name => name.Contains("paged-", StringComparison.Ordinal))
            .ShouldBe(["windows/paged-a", "windows/paged-b", "windows/paged-c", "windows/paged-d"]);
    }

    [Fact]
    public async Task ScopedCaller_WritesInsideItsScopeOnly_AndSeesOnlyWhatCoversIt()
    {
        await estate.ComponentAsync("ours", system: "systems/checkout", owner: "parties/vendor-a");
        await estate.ComponentAsync("theirs", system: "systems/search", owner: "parties/vendor-b");
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/theirs"), WindowId = "their-window" });
        var vendor = estate.As("vera", "engineer@parties/vendor-a");

        await vendor.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/ours"), WindowId = "our-window" });
        var foreign = await Refusal.OfAsync(vendor.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/theirs") }));
        var everything = await Refusal.OfAsync(vendor.Windows.CreateWindowAsync(new() { Window = TuesdayNights() }));
        var hidden = await Refusal.OfAsync(vendor.Windows.GetWindowAsync(new() { Name = "windows/their-window" }));

        (foreign.Code, foreign.Reason).ShouldBe((StatusCode.PermissionDenied, "OUT_OF_SCOPE"));
        (everything.Code, hidden.Code).ShouldBe((StatusCode.PermissionDenied, StatusCode.NotFound));
        var seen = (await vendor.Windows.ListWindowsAsync(new() { PageSize = 1000 })).Windows.Select(window => window.Name).ToList();
        seen.ShouldContain("windows/our-window");
        seen.ShouldNotContain("windows/their-window");
    }

    [Fact]
    public async Task ViewerWithoutThePermission_IsToldWhichIsMissing()
    {
        var refusal = await Refusal.OfAsync(estate.As("vic", "viewer").Windows.CreateWindowAsync(new() { Window = TuesdayNights() }));

        (refusal.Code, refusal.Facts["permission"]).ShouldBe((StatusCode.PermissionDenied, "windows.write"));
    }

    [Fact]
    public async Task CreateWindow_RaisesTheCalendarsStamp_AndAReadDoesNot()
    {
        var before = await StampAsync();

        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights(), WindowId = "noticed" });
        var after = await StampAsync();
        await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/noticed" });

        after.ShouldBeGreaterThan(before);
        (await StampAsync()).ShouldBe(after);
    }

    [Fact]
    public async Task Component_ToldAgainInARepublish_DoesNotRaiseTheCalendarsStamp()
    {
        await estate.ComponentAsync("republished", tier: 2);
        var before = await StampAsync();

        await estate.ComponentAsync("republished", tier: 2, version: 2);
        var same = await StampAsync();
        await estate.ComponentAsync("republished", tier: 1, version: 3);

        same.ShouldBe(before);
        (await StampAsync()).ShouldBeGreaterThan(before);
    }

    [Fact]
    public async Task UnknownComponent_IsShownDangling_UntilOwnershipTellsOfIt()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/late-comer"), WindowId = "dangling" });
        (await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/dangling" })).UnknownComponents.ShouldBe(
            ["components/late-comer"]);

        await estate.ComponentAsync("late-comer");

        (await estate.Admin.Windows.GetWindowAsync(new() { Name = "windows/dangling" })).UnknownComponents.ShouldBeEmpty();
    }

    private async Task<long> StampAsync()
    {
        await using var db = await estate.Host.Services.GetRequiredService<IDbContextFactory<WindowsDb>>().CreateDbContextAsync();
        return await db.Database.SqlQuery<long>($"SELECT Stamp AS Value FROM Ledger").SingleAsync();
    }

    private async Task<IEnumerable<string>> ListAsync(string component) =>
        (await estate.Admin.Windows.ListWindowsAsync(new() { Component = component, PageSize = 1000 })).Windows
            .Where(window => window.Scope.Components.Count > 0).Select(window => window.Name);
}
