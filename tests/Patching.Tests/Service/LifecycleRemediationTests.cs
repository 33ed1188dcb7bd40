using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using Kind = Governance.Patching.V1.Remediation.Types.Kind;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

/// <summary>It is the 2nd of March 2026: an end by the 29th of August is near.</summary>
public class LifecycleRemediationTests
{
    private const string Shop = PatchingEstate.Shop;

    [Fact]
    public async Task Platform_WhoseEndIsNear_IsDueByTheEndOfItsLastDayInEveryEnvironment()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, Shop, "magento", "8.1.7-p2", "staging", "production");
        var imported = await patching.ImportLifecyclesAsync(LifecycleScene.Product(
            "magento", "", "8.11 2029-01-01", "8.10 2027-01-01", "8.2 2026-03-01", "8.1 2026-08-29", "8 2020-01-01"));
        imported.RemediationsOpened.ShouldBe(2);

        var staging = await patching.OnlyAsync(Shop, "staging");
        var upgrade = await patching.OnlyAsync();
        (staging.Lifecycle, upgrade.Lifecycle, upgrade.Kind, upgrade.Advisory).ShouldBe(
            ("products/magento/cycles/8.1", "products/magento/cycles/8.1", Kind.EndOfLife, ""));
        upgrade.Due.ToDateTimeOffset()
            .ShouldBe(DateTimeOffset.Parse("2026-08-29T23:59:59Z", System.Globalization.CultureInfo.InvariantCulture));
        (upgrade.Rule, upgrade.Severity, upgrade.Owner, upgrade.Tier, upgrade.LateWhenFirstSeen).ShouldBe(
            ("lifecycles/end-of-life", Severity.Medium, "parties/web", 2, false));
        var item = upgrade.Packages.ShouldHaveSingleItem();
        (item.Package, item.Version, string.Join(' ', item.FixVersions)).ShouldBe(("products/magento", "8.1.7-p2", "8.10.9 8.11.9"));
        (await patching.Admin.Remediations.ListRemediationsAsync(
            new ListRemediationsRequest { Lifecycle = "products/magento/cycles/8.1" })).Remediations.Count.ShouldBe(2);

        await patching.RunsAsync(2, Shop, "magento", "8.10.1", "staging", "production");
        upgrade = await patching.OnlyAsync();
        (upgrade.State, upgrade.DeadlineOutcome, upgrade.Evidence).ShouldBe(
            (State.Remediated, Outcome.Met, "components/shop has products/magento 8.10.1."));
    }

    [Fact]
    public async Task Clock_ReachesTheNotice_OpensAndLaterMissesAlsoAfterASleep()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.2", "8.1 2026-08-30"));
        await patching.RunsAsync(1, Shop, "magento", "8.1.7");
        (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations.ShouldBeEmpty();
        patching.Estate.Clock.Advance(TimeSpan.FromDays(5));
        var upgrade = await ShownAsync(patching, one => one.State == State.Open);
        (upgrade.LateWhenFirstSeen, upgrade.Severity).ShouldBe((false, Severity.Medium));
        patching.Estate.Clock.Set(new DateTimeOffset(2026, 8, 31, 0, 0, 1, TimeSpan.Zero));
        upgrade = await ShownAsync(patching, one => one.DeadlineOutcome == Outcome.Missed);
        (upgrade.State, upgrade.Severity).ShouldBe((State.Open, Severity.High));
    }

    [Fact]
    public async Task Product_WhoseEndMoves_FollowsWithItsHistoryAndIsWithdrawnWhenItIsFar()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, Shop, "magento", "8.1.7");
        await patching.RunsAsync(2, "components/old", "magento", "7.0");
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.1 2026-08-01", "7 true"));
        var old = await patching.OnlyAsync("components/old");
        (old.LateWhenFirstSeen, old.Due, old.ClockBasis).ShouldBe((true, old.Opened, "END_OF_LIFE (day unknown; detection used)"));

        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.1 2026-07-01", "7 2026-02-01"));
        var upgrade = await patching.OnlyAsync();
        upgrade.DueHistory.Select(change => change.Reason).ShouldBe([
            "First seen: products/magento/cycles/8.1 is supported through 2026-08-01.",
            "products/magento/cycles/8.1 is supported through 2026-07-01 now.",
        ]);
        (await patching.OnlyAsync("components/old")).DeadlineOutcome.ShouldBe(Outcome.Missed);

        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.1 2027-07-01"));
        upgrade = await patching.OnlyAsync();
        (upgrade.State, upgrade.Evidence).ShouldBe((State.Withdrawn, "products/magento/cycles/8.1 is supported through 2027-07-01 now."));
        (await patching.OnlyAsync("components/old")).State.ShouldBe(State.Withdrawn);

        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.1 2026-07-01"));
        upgrade = await patching.OnlyAsync();
        (upgrade.State, upgrade.ReopenReason).ShouldBe(
            (State.Open, "products/magento/cycles/8.1 is installed, and its end is near or past."));
        await patching.RunsAsync(3, Shop, "", "");
        (await patching.OnlyAsync()).State.ShouldBe(State.Withdrawn);
    }

    [Fact]
    public async Task Package_OfAProduct_IsMatchedByItsUrlBesideAdvisories()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportLifecyclesAsync(
            LifecycleScene.Product("laravel", """{"purl":"pkg:composer/laravel/framework"}""", "12", "11 2026-03-12", "10 2025-02-06"));
        var first = await patching.HasAsync(
            Shop, "production", "pkg:composer/laravel/framework@v11.3.0", "pkg:composer/acme/shop-core@1.0.0");
        first.RemediationsOpened.ShouldBe(1);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        var upgrade = (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations.Single(one =>
            one.Kind == Kind.EndOfLife);
        (upgrade.Packages[0].Package, upgrade.Packages[0].Version, upgrade.Packages[0].FixVersions.Single()).ShouldBe(
            ("pkg:composer/laravel/framework", "v11.3.0", "12.9"));

        var second =
            await patching.HasAsync(Shop, "production", "pkg:composer/laravel/framework@12.0.0", "pkg:composer/acme/shop-core@2.0.0");
        (second.RemediationsOpened, second.RemediationsClosed).ShouldBe((0, 2));
        (await patching.HasAsync(Shop, "production", "pkg:composer/laravel/framework@11.9.9")).RemediationsOpened.ShouldBe(1);
        (await patching.HasAsync(Shop, "production")).RemediationsClosed.ShouldBe(1);
    }

    [Fact]
    public async Task Event_OfAnUpgrade_CarriesItsLifecycle()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, Shop, "magento", "8.1.7");
        await patching.ImportLifecyclesAsync(LifecycleScene.Product("magento", "", "8.1 2026-08-01"));
        await Eventually.HoldsAsync(
            () => patching.Estate.PubSub.Of<RemediationChanged>()
                .Any(changed => changed.Remediation is { Lifecycle: "products/magento/cycles/8.1", Kind: Kind.EndOfLife }), "the event");
    }

    private static Task<Remediation> ShownAsync(PatchingEstate patching, Func<Remediation, bool> holds) => Eventually.GetAsync(
        async () => (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations.SingleOrDefault(
            holds), "the upgrade is so");
}
