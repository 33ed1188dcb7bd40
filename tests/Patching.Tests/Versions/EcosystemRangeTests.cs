using Governance.Patching.Versions;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Versions;

public class EcosystemRangeTests
{
    [Theory]
    [InlineData("PyPI", ">=1,<2", "1.5 1.0.post1 1.5b1", "0.9 2 2.0rc1 2.0.dev1 1.0rc1")]
    [InlineData("PyPI", "~=2.2", "2.2 2.9 2.2.post3", "3.0 2.1 2.2rc1")]
    [InlineData("PyPI", "~=1.4.5a4", "1.4.5a4 1.4.9", "1.5 1.4.5a3")]
    [InlineData("PyPI", "~=1.0.0", "1.0 1.0.5", "1.1.post1")]
    [InlineData("PyPI", "==1.*", "1 1.0rc1 1.9+local 1.dev1", "2 0.9 2!1.0")]
    [InlineData("PyPI", "==2.0.*", "2 2.0.0.0 2c1.post1.dev1", "2.1 2.1.0.0")]
    [InlineData("PyPI", "!=1.5.*", "1.6 1.4", "1.5 1.5.1 1.5a1")]
    [InlineData("PyPI", "==1.0", "1.0 1.0.0 1.0+local", "1.0.1 1.0.post1")]
    [InlineData("PyPI", "==2.0+deadbeef", "2.0+deadbeef 2.0.0+DEADBEEF", "2.0 2.0+x")]
    [InlineData("PyPI", "!=2.0+deadbeef", "2.0", "2.0+deadbeef")]
    [InlineData("PyPI", ">2", "2.1 2.0.1 2.1.post1 2.1+local", "2 2.0.post1 2.0.post1.dev1 2.0+local 2rc1")]
    [InlineData("PyPI", ">2.0.post1", "2.0.post2 2.1", "2.0.post1 2.0.post1+local 2.0")]
    [InlineData("PyPI", "<2", "1 1.9rc1", "2.0.dev1 2.0a1 2.0rc1 2 2.post1 3")]
    [InlineData("PyPI", "<2.0rc1", "2.0b1 2.0.dev1", "2.0rc1 2.0")]
    [InlineData("PyPI", "<=2", "2.0rc1 2 2+local", "2.0.post1")]
    [InlineData("PyPI", "===1.0", "1.0 v1.0", "1.0.0 1.0+x")]
    [InlineData("PyPI", "", "1 2rc1", "")]
    [InlineData("PyPI", " >= 1.0 , != 1.5 ", "1.4", "1.5 0.9")]
    [InlineData("RubyGems", "~> 1.2", "1.2 1.2.9 1.9 1.3.a", "2.0 1.1 2.a 1.2.a")]
    [InlineData("RubyGems", "~> 1.2.3", "1.2.3 1.2.9", "1.3 1.2.2 1.3.pre")]
    [InlineData("RubyGems", "~> 1", "1 1.9", "2 2.0.a 0.9")]
    [InlineData("RubyGems", "~> 1.4.a", "1.4.a 1.4 1.9", "2.0")]
    [InlineData("RubyGems", ">= 1.0, < 2, != 1.5", "1.0 1.6 2.0.a", "1.5.0 2.0 0.9")]
    [InlineData("RubyGems", "1.0", "1 1.0.0", "1.0.1")]
    [InlineData("RubyGems", "= 1.2.b1", "1.2.0.b.1", "1.2")]
    [InlineData("Maven", "[1.0,2.0)", "1.0 1.9 1.0.Final 2.0-rc1", "2.0 0.9 1.0-SNAPSHOT")]
    [InlineData("Maven", "(,1.0],[1.2,)", "0.5 1.0 1.2 3", "1.1")]
    [InlineData("Maven", "[1.0]", "1.0 1", "1.0.1")]
    [InlineData("Maven", "(,1.1),(1.1,)", "1.0 1.2", "1.1")]
    [InlineData("Maven", "1.0", "1 1.0.0", "1.1")]
    [InlineData("Maven", "(,)", "1 2", "")]
    [InlineData("NuGet", "[1.0, 2.0)", "1.0 1.5-beta 2.0-rc", "2.0 1.0-rc 0.9")]
    [InlineData("NuGet", "1.0", "1.0 9.0", "0.9 1.0-rc")]
    [InlineData("NuGet", "1.0.*", "1.0 1.0.5 2", "0.9")]
    [InlineData("NuGet", "(1.0, 1.0)", "", "1.0 2.0")]
    [InlineData("NuGet", "(, )", "1.0 2.0-a", "")]
    [InlineData("Debian", ">= 1:2.3-1, << 1:2.4", "1:2.3-1 1:2.3-9 1:2.4~rc1", "1:2.4 2.3-1 2:1")]
    [InlineData("Debian", "(= 1.0)", "1.0-0 0:1.0", "1.0-1")]
    [InlineData("Debian", "< 1.0", "1.0 0.9", "1.1")]
    [InlineData("Alpine", ">=1.0-r1, <1.1", "1.0-r1 1.0.5", "1.0-r0 1.1")]
    [InlineData("Red Hat", ">= 1:2.0, < 1:3.0-2", "1:2.0-1 1:3.0-1", "2.0-1 1:3.0-2")]
    [InlineData("Red Hat", "= 2.0", "2.0-1 2.0-9.el9", "2.1-1")]
    [InlineData("CRAN", ">= 1.2, < 1.10", "1.2 1.9", "1.10 1.1")]
    [InlineData("Hackage", ">=1.2 && <1.10", "1.2 1.9", "1.10 1.1")]
    public void Satisfies_NativeRange_AsTheEcosystemDoes(string ecosystem, string range, string inside, string outside)
    {
        var scheme = VersionSchemes.For(ecosystem)!;
        foreach (var version in inside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            scheme.Satisfies(version, range).ShouldBe(Decision.Yes, $"{version} in {range}");
        }
        foreach (var version in outside.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            scheme.Satisfies(version, range).ShouldBe(Decision.No, $"{version} not in {range}");
        }
    }

    [Theory]
    [InlineData("PyPI", "2.0|=>2.0|==|~=1.0+5|>=1.0+x|~=1.0.*|>=1.0.*|==1.0.*+5|==2.0a1.*|==2.0.post1.*|==1.0.*.5|~=1|==1.0.dev1.*|<1.0.*")]
    [InlineData("RubyGems", "|=> 1|~> junk|>|1.0 2.0|!1")]
    [InlineData("Maven", "(1.0)|[1.0|[1.0,2.0,3.0]|[2.0,1.0]|[1.0,1.0)|[1.0,2.0],[1.5,3.0]|[3.0,4.0],[1.0,2.0]|[1.0],2.0")]
    [InlineData("NuGet", "|(,)|[]|(1.0)|[1.0)|[1.0,2.0,3.0]|[2.0,1.0]|[1.0,1.0)|[1.0,2.*]|1.*.2|[1.0|1.0+*")]
    [InlineData("Debian", "|2.0|>= |~ 1|>= a")]
    [InlineData("Red Hat", "|2.0|>=")]
    public void Satisfies_WhatTheEcosystemRefuses_CannotDecide(string ecosystem, string ranges)
    {
        foreach (var range in ranges.Split('|'))
        {
            VersionSchemes.For(ecosystem)!.Satisfies("1.0", range).ShouldBe(Decision.CannotDecide, range);
        }
    }
}
