using Governance.Patching.Versions;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Versions;

/// <summary>Orders that the ecosystems' own documents and tools give, lowest first; equals share a string.</summary>
public class EcosystemOrderTests
{
    [Theory]
    [InlineData("Maven", "1-alpha2snapshot 1-alpha2 1-alpha-123 1-beta-2 1-beta123 1-m2 1-m11 1-rc 1-cr2 1-rc123 1-SNAPSHOT 1=1.0.0=1-ga "
        + "1-sp 1-sp2 1-sp123 1-abc 1-def 1-pom-1 1-1-snapshot 1-1=1-ga-1 1-2 1-123")]
    [InlineData("Maven", "2.0 2-1 2.0.a 2.0.0.a 2.0.2 2.0.123 2.1.0 2.1-a 2.1b 2.1-c 2.1-1 2.1.0.1 2.2 2.123 11.a2 11.a11 11.b2 11.b11 "
        + "11.m2 11.m11 11 11.a 11b 11c 11m")]
    [InlineData("Maven", "1-0.alpha 1-0.beta 1")]
    [InlineData(
        "PyPI",
        "1.0.dev456 1.0a1 1.0a2.dev456 1.0a12.dev456 1.0a12 1.0b1.dev456 1.0b2 1.0b2.post345.dev456 1.0b2.post345 "
            + "1.0b2-346=1.0b2.post346 1.0c1.dev456 1.0c1=1.0rc1 1.0rc2 1.0c3 1.0=v1.0=1.0.0 1.0.post456.dev34 1.0.post456 1.1.dev1 "
            + "1.2+123abc 1.2+123abc456 1.2+abc 1.2+abc123 1.2+abc123def 1.2+1234.abc 1.2+123456 1.2.r32+123456=1.2.post32+123456 "
            + "1.2.rev33+123456")]
    [InlineData("PyPI", "2012.4 1!1.0.dev456 1!1.0a1 1!1.0 2!0.1")]
    [InlineData("PyPI", "1.0.dev=1.0dev0=1.0-DEV 1.0a=1.0.alpha=1.0-a0=1.0_ALPHA.00 1.0preview=1.0.pre.0=1.0-c 1.0 "
        + "1.0+ubuntu.1=1.0+Ubuntu-01=1.0+ubuntu_1 1.0.post=1.0-0=1.0r")]
    [InlineData("RubyGems", "0.9 1.0.a.2=1.0.a2=1.a.2 1.0.a9 1.0.a10 1.0.b1=1.b1 1.0.0-alpha=1.0.0.pre.alpha 1.0=1=1.0.0 1.0.1")]
    [InlineData("RubyGems", "5.2.4.a 5.2.4.a10=5.2.4.a.10 5.2.4 5.2.10")]
    [InlineData("NuGet", "0.9.9.1 1.0.0-1 1.0.0-2 1.0.0-10 1.0.0-alpha=1.0.0.0-ALPHA=1-alpha+7 1.0.0-alpha.1 1.0.0-alpha.beta "
        + "1.0.0-beta.2 1.0.0-beta.11 1.0.0-rc.1 1.0=1=1.0.0.0=1.0.0+a=1.00.0 1.0.0.1-a 1.0.0.1")]
    [InlineData("Debian", "1.0~~ 1.0~~a 1.0~ 1.0=1.0-0=0:1.0=1.0-00 1.0-1 1.0a 1.0+ 1.0.1 1.00000010 1:0.1")]
    [InlineData("Debian", "2.2~rc-4 2.2-1 2.2-1ubuntu1 2.2-1.1 2.2.1-1")]
    [InlineData("Alpine", "0.1.0_alpha 0.1.0_alpha2 0.1.3_pre2 1.0_beta 1.0_pre=01.0_pre 1.0_rc 1.0_rc1 1.0 1.0-r0 1.0-r1 1.0_git1 "
        + "1.0_p1 1.0_p10 1.0a 1.0b 1.0.0 1.02 1.1 1.2.10")]
    [InlineData("Red Hat", "1.0~rc1 1.0 1.0^git1 1.0.a 1.0.1 2 10=010 1:1")]
    [InlineData("CRAN", "1 1.0=1-0 1.0.1 1.2 1.10 2")]
    [InlineData("Hackage", "1 1.0 1.0.0 1.0.1 1.2 1.10 2")]
    public void Compare_KnownOrder_HoldsForEveryPair(string ecosystem, string ascending)
    {
        var scheme = VersionSchemes.For(ecosystem)!;
        var ranks = ascending.Split(' ')
            .SelectMany((same, rank) => same.Split('=').Select(text => (Version: Read(scheme, text), Rank: rank)))
            .ToList();
        var wrong = from left in ranks
                    from right in ranks
                    where Math.Sign(scheme.Compare(left.Version, right.Version)) != left.Rank.CompareTo(right.Rank)
                    select $"{left.Version} {right.Version}";
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(
        "NuGet",
        "1beta|1.2Av^c|1.2..|1.2.3.4.5|1.2.3.Beta|So.is.this|1.34.2Alpha|1.4.7-|1.4.7-*|1.4.7+*|1.4.7-AA.01^|1.4.7-A^A|1.4.7+AA.01^|1.0.0-01|v1.0| ")]
    [InlineData("RubyGems", "junk|1.0\n2.0|1..2|1.2 3.4|2.3.|-1|1.0-|1.0_1| ")]
    [InlineData("Debian", "|1:|a:1.0|-1:1.0|99999999999:1|1.0-|:1.0|1 2|abc|1.0-1_2|1.0#")]
    [InlineData("Alpine", "|a|1.|1.0_foo|1.0-r|1.0~|1.0ab|1.0-1")]
    [InlineData("CRAN", "|1..2|1.a|.1|1.")]
    [InlineData("Maven", "| |1 2|${v}|[1.0]")]
    [InlineData("Red Hat", "| |1 2")]
    public void TryParse_NoVersion_IsRefused(string ecosystem, string versions)
    {
        foreach (var version in versions.Split('|'))
        {
            VersionSchemes.For(ecosystem)!.TryParse(version, out _).ShouldBeFalse(version);
        }
    }

    [Theory]
    [InlineData("french toast")]
    [InlineData("1.0+a+")]
    [InlineData("1.0++")]
    [InlineData("1.0+_foobar")]
    [InlineData("1.0+foo&asd")]
    [InlineData("1.0+1+1")]
    [InlineData("1.0-bulbasaur")]
    public void TryParse_FromBeforePep440_IsOrderedButTellsNothing(string version)
    {
        VersionSchemes.Python.TryParse(version, out var read).ShouldBeTrue();
        read!.IsComparable.ShouldBeFalse();
        VersionSchemes.Python.Satisfies(version, ">=0").ShouldBe(Decision.CannotDecide);
    }

    private static PackageVersion Read(IVersionScheme scheme, string text)
    {
        scheme.TryParse(text, out var version).ShouldBeTrue(text);
        return version!;
    }
}
