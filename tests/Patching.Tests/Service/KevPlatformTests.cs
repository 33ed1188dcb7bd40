using Governance.Patching.Advisories.Kev;
using Governance.Patching.V1;
using Shouldly;
using Xunit;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

public class KevPlatformTests
{
    private const string Shop = PatchingEstate.Shop;

    [Theory]
    [InlineData("Adobe", "Commerce and Magento Open Source", "magento")]
    [InlineData("Drupal", "Core", "drupal")]
    [InlineData("Drupal", "Drupal core", "drupal")]
    [InlineData("Craft CMS", "Craft CMS", "craft-cms")]
    [InlineData("Apache", "HTTP Server", "apache-http-server")]
    [InlineData("PHP Group", "PHP", "php")]
    [InlineData("Joomla!", "Joomla!", "joomla")]
    [InlineData("Node.js", "Node.js", "nodejs")]
    public void Platforms_OfTheCataloguesWords_IncludeTheProduct(string vendor, string product, string platform) =>
        KevPlatforms.Of(Listed(vendor, product)).ShouldContain(platform);

    [Fact]
    public void Platforms_OfAPlugin_AreNotItsHost() =>
        KevPlatforms.Of(Listed("WordPress", "File Manager Plugin")).ShouldNotContain("wordpress");

    [Fact]
    public async Task Entry_WithoutPackages_WaitsForAPersonInEveryEnvironmentOfThePlatform()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, Shop, "shop", "2.4.7", "staging", "production");
        await patching.RunsAsync(1, "components/blog", "wordpress", "6.9");
        (await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("1", "2026-03-01T00:00:00Z", "CVE-2026-0001"))).RemediationsOpened
            .ShouldBe(2);
        var waiting = await patching.OnlyAsync();
        (waiting.Undecided, waiting.Kev, waiting.Packages[0].Package, waiting.Packages[0].Version).ShouldBe(
            (true, true, "products/shop", "2.4.7"));

        await patching.HasAsync(Shop, "production", "pkg:composer/acme/cart@1.0.0");
        (await patching.OnlyAsync()).State.ShouldBe(State.Open);

        await patching.RunsAsync(2, "components/blog", "acme-shop", "1");
        (await patching.OnlyAsync("components/blog")).Undecided.ShouldBeTrue();
        await patching.RunsAsync(3, "components/blog", "wordpress", "6.9");
        (await patching.OnlyAsync("components/blog")).State.ShouldBe(State.Withdrawn);
    }

    [Fact]
    public async Task Entry_ThatGainsPackagesOrIsRetracted_IsWithdrawn()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.RunsAsync(1, Shop, "shop", "2.4.7");
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("1", "2026-03-01T00:00:00Z", "CVE-2026-0001", "CVE-2026-0002"));
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        (await StatesAsync(patching)).ShouldBe(["CVE-2026-0001 Withdrawn", "CVE-2026-0002 Open"]);
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        (await StatesAsync(patching)).ShouldBe(["CVE-2026-0001 Withdrawn", "CVE-2026-0002 Withdrawn"]);
    }

    private static Advisory Listed(
        string vendor, string product) => new() { Kev = new V1.KevEntry { VendorProject = vendor, Product = product } };

    private static async Task<string[]> StatesAsync(PatchingEstate patching) =>
    [
        .. (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations
            .Select(one => $"{one.Advisory["advisories/".Length..]} {one.State}").Order(StringComparer.Ordinal),
    ];
}
