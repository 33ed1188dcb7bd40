using System.Text.Json;
using Governance.Patching.Versions;
using Governance.Patching.Versions.Composer;
using Governance.Patching.Versions.SemVer;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Versions;

public class VersionRangeTests
{
    [SharedDataFact("versions/npm_satisfies.jsonl.xz")]
    public void Contains_NpmOracle_Agrees()
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines("versions/npm_satisfies.jsonl.xz"))
        {
            using var json = JsonDocument.Parse(line);
            var (range, version) = (json.RootElement.GetProperty("range").GetString(), json.RootElement.GetProperty("version").GetString());
            NpmRange.TryParse(range, out var parsed).ShouldBeTrue(range);
            SemanticVersion.TryParse(version, out var semantic).ShouldBeTrue(version);
            if (parsed!.Contains(semantic!) != json.RootElement.GetProperty("satisfies").GetBoolean() ||
                parsed.Contains(
                    semantic!, includePrerelease: true) != json.RootElement.GetProperty("satisfies_include_prerelease").GetBoolean())
            {
                wrong.Add(line);
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact("versions/composer_satisfies.jsonl.xz")]
    public void Satisfies_ComposerOracle_Agrees()
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines("versions/composer_satisfies.jsonl.xz"))
        {
            using var json = JsonDocument.Parse(line);
            var verdict = VersionSchemes.Composer.Satisfies(
                json.RootElement.GetProperty("version").GetString(), json.RootElement.GetProperty("constraint").GetString());
            if (verdict != (json.RootElement.GetProperty("satisfies").GetBoolean() ? Decision.Yes : Decision.No))
            {
                wrong.Add($"{verdict}: {line}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact("versions/nuget_satisfies.jsonl.xz")]
    public void Satisfies_NuGetOracle_Agrees()
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines("versions/nuget_satisfies.jsonl.xz"))
        {
            using var json = JsonDocument.Parse(line);
            var verdict = VersionSchemes.NuGet.Satisfies(
                json.RootElement.GetProperty("version").GetString(), json.RootElement.GetProperty("range").GetString());
            if (verdict != (json.RootElement.GetProperty("satisfies").GetBoolean() ? Decision.Yes : Decision.No))
            {
                wrong.Add($"{verdict}: {line}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact("versions/composer_normalize.json")]
    public void Normalize_ComposerOracle_Agrees()
    {
        using var json = JsonDocument.Parse(SharedData.ReadText("versions/composer_normalize.json"));
        foreach (var item in json.RootElement.EnumerateArray())
        {
            var text = item.GetProperty("version").GetString()!;
            var expected = item.TryGetProperty("normalized", out var normalized) ? normalized.GetString() : null;
            ComposerNormalizer.Normalize(text).ShouldBe(expected, text);
            if (expected is not null)
            {
                StabilityName(text).ShouldBe(item.GetProperty("stability").GetString(), text);
            }
        }
    }

    [Theory]
    [InlineData("1.0.0-rc1", "1.0.0.0-RC1")]
    [InlineData("1.0.0.pl3-dev", "1.0.0.0-patch3-dev")]
    [InlineData("20100102-203040-p1", "20100102.203040-patch1")]
    [InlineData("2010-01-02.5", "2010.01.02.5")]
    [InlineData("v1.x-dev", "1.9999999.9999999.9999999-dev")]
    [InlineData("master", "dev-master")]
    [InlineData("1.0.0-stable", "1.0.0.0")]
    [InlineData("1.2.x-dev as 1.2.0@beta", "1.2.9999999.9999999-dev")]
    [InlineData("DEV-FOOBAR", "dev-FOOBAR")]
    [InlineData("1.0.0-meh", null)]
    [InlineData("1.0.0.0.0", null)]
    [InlineData("1.0-beta.", null)]
    [InlineData("1.0-", "1.0.0.0")]
    [InlineData("100000.0", "100000.0")]
    [InlineData("feature-foo-dev", null)]
    public void Normalize_ComposerSpellings_AsComposerDoes(string version, string? normalized) =>
        ComposerNormalizer.Normalize(version).ShouldBe(normalized);

    [Theory]
    [InlineData("~1.2.3", "1.2.9", true)]
    [InlineData("~1.2", "1.9", true)]
    [InlineData("~1.2", "2.0-beta1", false)]
    [InlineData("^0.3.1", "0.4.0", false)]
    [InlineData("^1.2.3", "1.2.3-beta1", true)]
    [InlineData("^1.2.3@beta", "1.2.3-alpha1", true)]
    [InlineData("1.0 - 2.0", "2.0.9", true)]
    [InlineData("1.0.0 - 2.1.0", "2.1.1", false)]
    [InlineData("1.0.*", "1.0.0-beta", true)]
    [InlineData("1.0.*", "1.1.0-beta", false)]
    [InlineData(">=1.0 <1.1 || >=1.2", "1.1.5", false)]
    [InlineData(">=1.0,<1.1|>=1.2", "1.2.0", true)]
    [InlineData("!=1.5", "1.5.0", false)]
    [InlineData("dev-master", "dev-master", true)]
    [InlineData("dev-master#abc", "dev-master", true)]
    [InlineData("^1.0", "dev-master", false)]
    [InlineData("*", "dev-master", true)]
    [InlineData(">=1.0@stable", "1.0-beta1", true)]
    [InlineData("2.4.7-p1 || 2.4.6-p6", "2.4.6-p6", true)]
    public void Satisfies_ComposerConstraint_AsComposerDoes(string constraint, string version, bool satisfied) =>
        VersionSchemes.Composer.Satisfies(version, constraint).ShouldBe(satisfied ? Decision.Yes : Decision.No);

    [Theory]
    [InlineData("~>1.2.0", "1.2.5", true)]
    [InlineData("  >=  1.2.0   <  2 ", "1.9.0", true)]
    [InlineData("^ 1.2", "1.9.0", true)]
    [InlineData("~1.x.5", "1.7.2", true)]
    [InlineData("", "1.0.0", true)]
    [InlineData(">=1.2.3-beta.1 || 3", "1.2.3-beta.2", true)]
    [InlineData("<1", "1.0.0-beta", false)]
    public void Satisfies_NpmRange_AsNpmDoes(string range, string version, bool satisfied) =>
        VersionSchemes.SemVer.Satisfies(version, range).ShouldBe(satisfied ? Decision.Yes : Decision.No);

    [Theory]
    [InlineData("1.2.3", "blerg")]
    [InlineData("1.2.3", ">01.02.03")]
    [InlineData("1.2.3", "1.x.5")]
    [InlineData("1.2.3", "==1.2.3")]
    [InlineData("1.2.3", null)]
    [InlineData("", "*")]
    [InlineData("1.2", "*")]
    public void Satisfies_WhatNpmRefuses_CannotDecide(string version, string? range) =>
        VersionSchemes.SemVer.Satisfies(version, range).ShouldBe(Decision.CannotDecide);

    [Theory]
    [InlineData("abc", "*")]
    [InlineData("1.0", "")]
    [InlineData("1.0", "~>1.0")]
    [InlineData("1.0", ">>1.0")]
    public void Satisfies_WhatComposerRefuses_CannotDecide(string version, string range) =>
        VersionSchemes.Composer.Satisfies(version, range).ShouldBe(Decision.CannotDecide);

    [Fact]
    public void Satisfies_UnionOfRanges_IsEitherOfThem()
    {
        string[] npm = ["^1.2.3", "~2.1", ">=3 <4", "1.0.0 - 1.4.2", "<0.5.0"];
        string[] composer = ["^1.2.3", "~2.1", ">=3 <4", "1.0.0 - 1.4.2", "<0.5.0", "2.*"];
        Unite(VersionSchemes.SemVer, npm);
        Unite(VersionSchemes.Composer, composer);
    }

    private static void Unite(IVersionScheme scheme, string[] ranges)
    {
        var versions = Enumerable.Range(0, 5).SelectMany(a => Enumerable.Range(0, 5).Select(b => $"{a}.{b}.{(a + b) % 4}")).ToList();
        foreach (var (left, right, version) in from l in ranges from r in ranges from v in versions select (l, r, v))
        {
            var either = scheme.Satisfies(version, left) == Decision.Yes || scheme.Satisfies(version, right) == Decision.Yes;
            scheme.Satisfies(version, $"{left} || {right}").ShouldBe(
                either ? Decision.Yes : Decision.No, $"{version} in {left} || {right}");
        }
    }

    private static string StabilityName(string version)
    {
        ComposerVersion.TryParse(version, out var parsed).ShouldBeTrue(version);
        return parsed!.Stability switch
        {
            ComposerStability.ReleaseCandidate => "RC",
            var other => other.ToString().ToLowerInvariant(),
        };
    }
}
