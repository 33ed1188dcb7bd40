using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Governance.Patching.Versions;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class AdvisoryMatcherTests
{
    [SharedDataFact("advisories/osv_is_affected_cases.jsonl")]
    public async Task Evaluate_OsvOracle_Agrees()
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines("advisories/osv_is_affected_cases.jsonl"))
        {
            var test = JsonNode.Parse(line)!;
            (test["osv"]!["id"], test["osv"]!["modified"]) = ("TEST-1", OsvFeed.Modified);
            var advisory = await OsvFeed.OneAsync(test["osv"]!.ToJsonString());
            foreach (var expected in test["expect"]!.AsArray())
            {
                var version = (string)expected!["version"]!;
                var verdict = AdvisoryMatcher.Evaluate(
                    advisory.Affected, (string)test["package"]!["ecosystem"]!, (string)test["package"]!["name"]!, version);
                if (!Agrees(verdict.Applicability, (bool)expected["affected"]!, version))
                {
                    wrong.Add($"{version}: {verdict} for {line}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact("advisories/drupal_osv.jsonl.xz")]
    public async Task Evaluate_DrupalEvents_MeanTheirConstraints()
    {
        var (advisories, _) = await OsvFeed.ReadAsync(SharedData.Open("advisories/drupal_osv.jsonl.xz"));
        var wrong = new List<string>();
        foreach (var (affected, range) in advisories.SelectMany(advisory => advisory.Affected)
            .SelectMany(affected => affected.Ranges.Select(range => (affected, range))))
        {
            foreach (var version in range.Events.SelectMany(change => Around(change.Version)).Distinct())
            {
                var meant = VersionSchemes.Composer.Satisfies(version, range.Constraint);
                var byEvents = AffectedVersions.Evaluate(affected with { Ranges = [range with { Constraint = null }] }, version);
                if (meant == Decision.CannotDecide || (byEvents.Applicability == Applicability.Affected) != (meant == Decision.Yes))
                {
                    wrong.Add($"{affected.Name} {version}: {range.Constraint} means {meant}, events {byEvents}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("8.8.0-beta1", false)]
    [InlineData("8.7.0-beta1", true)]
    [InlineData("8.7.99", true)]
    public async Task Evaluate_RangeWithItsConstraint_FollowsTheConstraintAtPrereleases(string version, bool expected) =>
        (await EvaluateAsync(
            "Packagist",
            "drupal/core",
            version,
            """{"type":"ECOSYSTEM","events":[{"introduced":"8.7.0"},{"fixed":"8.8.0"}],"database_specific":{"constraint":"8.7.*"}}"""))
            .Applicability.ShouldBe(Verdict(expected));

    [Fact]
    public async Task Evaluate_ConstraintThatContradictsTheEvents_DoesNotHideAnAffectedRelease() =>
        (await EvaluateAsync(
            "Packagist",
            "p",
            "1.5.0",
            """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.0.0"}],"database_specific":{"constraint":"<1.0"}}"""))
            .Applicability.ShouldBe(Applicability.Affected);

    [Theory]
    [InlineData("2.4.6", "2.4.6-p3", true)]
    [InlineData("2.4.6-p3", "2.4.6-p3", false)]
    [InlineData("2.4.6-p10", "2.4.6-p3", false)]
    [InlineData("2.4.6-p2", "2.4.6-p10", true)]
    [InlineData("v2.4.6.0", "2.4.6-p1", true)]
    public async Task Evaluate_PackagistPatchReleases_AreOrderedAsComposerOrders(string installed, string fix, bool expected)
    {
        var verdict = await EvaluateAsync(
            "Packagist",
            "Magento/Community-Edition",
            installed,
            $$"""{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"{{fix}}"}]}""");
        verdict.Applicability.ShouldBe(Verdict(expected));
        verdict.FixedVersions.ShouldBe(expected ? [fix] : []);
    }

    [Theory]
    [InlineData("Nonesuch", "1.0.0", """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}""")]
    [InlineData("npm", "one", """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}""")]
    [InlineData("npm", "1.0.0", """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"two"}]}""")]
    [InlineData("npm", "1.0.0", """{"type":"GIT","events":[{"introduced":"0"},{"fixed":"abc"}]}""")]
    [InlineData("npm", "1.0.0", """{"type":"NEW","events":[{"introduced":"0"},{"fixed":"1"}]}""")]
    [InlineData("npm", "", """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"2.0.0"}]}""")]
    [InlineData("Packagist", "dev-main", """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}""")]
    [InlineData(
        "Packagist",
        "dev-main",
        """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}],"database_specific":{"constraint":"<2"}}""")]
    public async Task Evaluate_WhatCannotBeCompared_IsNeverSilentlyUnaffected(string ecosystem, string version, string range)
    {
        var verdict = await EvaluateAsync(ecosystem, "p", version, range);
        verdict.Applicability.ShouldBe(Applicability.CannotDecide);
        verdict.Reason.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Nonesuch", "1.0", true)]
    [InlineData("Packagist", "v1.0.0", true)]
    [InlineData("Packagist", "1.0.1", false)]
    public async Task Evaluate_ListedVersions_AreAffected(string ecosystem, string version, bool expected)
    {
        var advisory = await OsvFeed.OneAsync(
            OsvFeed.Record("A", $$""","affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"p"},"versions":["1.0"]}]"""));
        AdvisoryMatcher.Evaluate(advisory.Affected, ecosystem, "p", version).Applicability.ShouldBe(Verdict(expected));
    }

    [Theory]
    [InlineData("PyPI", "1.0", "1.0.0", true)]
    [InlineData("PyPI", "1.0", "1.0.post1", false)]
    [InlineData("NuGet", "1.0.0-Beta", "1.0-beta+7", true)]
    [InlineData("Maven", "1.0.0.Final", "1", true)]
    [InlineData("RubyGems", "1.0", "1.0.0", true)]
    [InlineData("Debian:12", "1.0-0", "0:1.0", true)]
    [InlineData("Nonesuch", "1.0", "1.0.0", false)]
    public async Task Evaluate_ListedVersion_IsMeantInEverySpellingOfItsEcosystem(
        string ecosystem, string listed, string installed, bool expected)
    {
        var advisory = await OsvFeed.OneAsync(
            OsvFeed.Record("A", $$""","affected":[{"package":{"ecosystem":"{{ecosystem}}","name":"p"},"versions":["{{listed}}"]}]"""));
        AdvisoryMatcher.Evaluate(advisory.Affected, ecosystem, "p", installed).Applicability.ShouldBe(Verdict(expected));
    }

    [Theory]
    [InlineData("Maven", "2.0-rc1", "2.0", true)]
    [InlineData("Maven", "2.0.Final", "2.0", false)]
    [InlineData("PyPI", "2.0rc1", "2.0", true)]
    [InlineData("PyPI", "1!1.0", "2.0", false)]
    [InlineData("NuGet", "2.0.0-rc", "2.0", true)]
    [InlineData("RubyGems", "2.0.0.pre", "2.0", true)]
    [InlineData("Debian:12", "2.0-1~deb12u1", "2.0-1", true)]
    [InlineData("Alpine:v3.18", "2.0-r3", "2.0-r4", true)]
    [InlineData("Red Hat:enterprise_linux:9::baseos", "1:2.0-1.el9", "1:2.0-2.el9", true)]
    public async Task Evaluate_Range_FollowsItsEcosystem(string ecosystem, string installed, string fix, bool expected)
    {
        var verdict =
            await EvaluateAsync(ecosystem, "p", installed, $$"""{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"{{fix}}"}]}""");
        verdict.Applicability.ShouldBe(Verdict(expected));
        verdict.FixedVersions.ShouldBe(expected ? [fix] : []);
    }

    [Theory]
    [InlineData("PyPI", "french-toast")]
    [InlineData("NuGet", "1.2.3.4.5")]
    [InlineData("Maven", "${project.version}")]
    [InlineData("Maven", "LATEST")]
    [InlineData("RubyGems", "junk")]
    [InlineData("Debian:12", "unknown")]
    [InlineData("Alpine:v3.18", "edge")]
    public async Task Evaluate_NoVersionOfTheEcosystem_CannotDecideAndNamesIt(string ecosystem, string version)
    {
        var verdict = await EvaluateAsync(ecosystem, "p", version, """{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2"}]}""");
        verdict.Applicability.ShouldBe(Applicability.CannotDecide);
        verdict.Reason.ShouldContain(version);
    }

    [Theory]
    [InlineData("pkg:deb/debian/libssl3@3.0.9-1?distro=bookworm&upstream=openssl", "3.0.9-1", true)]
    [InlineData("pkg:deb/debian/libssl3@3.0.9-1?distro=trixie&upstream=openssl", "3.0.9-1", false)]
    [InlineData("pkg:deb/debian/openssl@3.0.9-1", "3.0.9-1", true)]
    [InlineData("pkg:deb/debian/openssl@3.0.11-1?distro=bookworm", "3.0.11-1", false)]
    [InlineData("pkg:deb/ubuntu/openssl@3.0.9-1", "3.0.9-1", false)]
    public async Task Evaluate_DistributionPackage_IsMatchedByReleaseAndSource(string installed, string version, bool expected)
    {
        var advisory = await OsvFeed.OneAsync(OsvFeed.Record("A", """
            ,"affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"3.0.10-1"}]}]}]
            """));
        PackageUrl.TryParse(installed, out var purl, out _).ShouldBeTrue();
        AdvisoryMatcher.Evaluate(advisory, purl!.Package, version, PackageEquivalents.Shipped).Applicability.ShouldBe(Verdict(expected));
    }

    [Theory]
    [InlineData("6.0.0", true)]
    [InlineData("6.0.1", false)]
    [InlineData("5.9.9", false)]
    public async Task Evaluate_IntroducedAndLastAffectedAtOneVersion_IsThatVersion(string version, bool expected)
    {
        foreach (var events in new[]
        {
            """[{"introduced":"6.0.0"},{"last_affected":"6.0.0"}]""",
            """[{"last_affected":"6.0.0"},{"introduced":"6.0.0"}]""",
        })
        {
            (await EvaluateAsync("Packagist", "p", version, $$"""{"type":"ECOSYSTEM","events":{{events}}}""")).Applicability.ShouldBe(
                Verdict(expected));
        }
    }

    [Theory]
    [InlineData("1.5.0", true)]
    [InlineData("2.5.0", false)]
    public async Task Evaluate_Limit_EndsTheRange(string version, bool expected) =>
        (await EvaluateAsync(
            "npm",
            "p",
            version,
            """{"type":"SEMVER","events":[{"introduced":"1.0.0"},{"limit":"2.0.0"}]}""")).Applicability.ShouldBe(Verdict(expected));

    [Fact]
    public async Task Evaluate_SeveralBranches_NamesTheFixesAboveTheInstalledVersion()
    {
        var verdict = await EvaluateAsync(
            "npm",
            "p",
            "1.4.0",
            """{"type":"SEMVER","events":[{"introduced":"0"},{"fixed":"1.2.0"},{"introduced":"1.3.0"},{"fixed":"1.10.0"},{"introduced":"2.0.0"},{"fixed":"2.1.0"}]}""");
        verdict.FixedVersions.ShouldBe(["1.10.0", "2.1.0"]);
    }

    [Theory]
    [InlineData("pkg:composer/magento/project-community-edition", "2.4.6-p2", true)]
    [InlineData("pkg:composer/magento/product-enterprise-edition", "2.4.6", true)]
    [InlineData("pkg:composer/magento/product-enterprise-edition", "2.4.6-p3", false)]
    [InlineData("pkg:composer/magento/framework", "2.4.6", false)]
    [InlineData("pkg:generic/magento", "2.4.6", false)]
    public async Task Evaluate_EquivalentPackage_IsMeantToo(string installed, string version, bool expected)
    {
        var advisory = await OsvFeed.OneAsync(OsvFeed.Record("A", """
            ,"affected":[{"package":{"ecosystem":"Packagist","name":"magento/community-edition"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"2.4.6-p3"}]}]}]
            """));
        PackageUrl.TryParse(installed, out var purl, out _).ShouldBeTrue();
        AdvisoryMatcher.Evaluate(advisory, purl!, version, PackageEquivalents.Shipped).Applicability.ShouldBe(Verdict(expected));
    }

    [Fact]
    public async Task Evaluate_OtherPackage_IsNotAffected() =>
        (await EvaluateAsync("npm", "q", "1.0.0", """{"type":"SEMVER","events":[{"introduced":"0"}]}""", advisoryName: "p")).Applicability
            .ShouldBe(Applicability.NotAffected);

    private static Applicability Verdict(bool affected) => affected ? Applicability.Affected : Applicability.NotAffected;

    private static async Task<AffectedVerdict> EvaluateAsync(
        string ecosystem, string name, string version, string range, string? advisoryName = null)
    {
        var package = JsonSerializer.Serialize(new { ecosystem, name = (advisoryName ?? name).ToLowerInvariant() });
        var advisory = await OsvFeed.OneAsync(OsvFeed.Record("A", $$""","affected":[{"package":{{package}},"ranges":[{{range}}]}]"""));
        return AdvisoryMatcher.Evaluate(advisory.Affected, ecosystem, name, version);
    }

    /// <summary>A version that is not known cannot be compared; the oracle takes it for affected, we let a person decide.</summary>
    private static bool Agrees(Applicability verdict, bool affected, string version) =>
        version.Length == 0
            ? verdict != Applicability.NotAffected
            : (verdict == Applicability.Affected) == affected && verdict != Applicability.CannotDecide;

    private static IEnumerable<string> Around(string version)
    {
        yield return version;
        if (!version.Contains('-', StringComparison.Ordinal))
        {
            yield return version + "-p1";
        }
        var numbers = version.Split('-')[0].Split('.');
        if (!int.TryParse(numbers[^1], CultureInfo.InvariantCulture, out var last))
        {
            yield break;
        }
        yield return string.Join('.', numbers.SkipLast(1).Append((last + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (last > 0)
        {
            yield return string.Join(
                '.', numbers.SkipLast(1).Append((last - 1).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        yield return string.Join('.', numbers.Take(1));
    }
}
