using Governance.Patching.Versions;
using Governance.Patching.Versions.Vers;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Versions;

public class VersRangeTests
{
    [Theory]
    [InlineData("vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.3", true)]
    [InlineData("vers:npm/1.2.3|>=2.0.0|<5.0.0", "1.2.4", false)]
    [InlineData("vers:npm/1.2.3|>=2.0.0|<5.0.0", "2.0.0", true)]
    [InlineData("vers:npm/1.2.3|>=2.0.0|<5.0.0", "5.0.0", false)]
    [InlineData("vers:npm/>=1.0.0|<2.0.0|>3.0.0", "3.0.0", false)]
    [InlineData("vers:npm/>=1.0.0|<2.0.0|>3.0.0", "3.0.1", true)]
    [InlineData("vers:npm/<1.0.0|>=2.0.0|<=2.5.0", "0.9.0", true)]
    [InlineData("vers:npm/<1.0.0|>=2.0.0|<=2.5.0", "1.0.0", false)]
    [InlineData("vers:npm/<1.0.0|>=2.0.0|<=2.5.0", "2.5.0", true)]
    [InlineData("vers:npm/>=1.0.0|!=1.5.0|<2.0.0", "1.5.0", false)]
    [InlineData("vers:npm/!=1.5.0", "1.5.1", true)]
    [InlineData("vers:npm/!=1.5.0", "v1.5.0", false)]
    [InlineData("vers:npm/=1.5.0", "1.5.0", true)]
    [InlineData("vers:npm/>=1.0.0|>=1.5.0|<2.0.0|<3.0.0", "1.2.0", true)]
    [InlineData("vers:npm/>=1.0.0|>=1.5.0|<2.0.0|<3.0.0", "2.9.9", true)]
    [InlineData("vers:npm/<2.0.0|>=1.0.0", "0.9.0", false)]
    [InlineData("vers:npm/ >= 1.0.0 | < 2.0.0 |", "1.0.0", true)]
    [InlineData("vers:npm/*", "anything", true)]
    [InlineData("vers:all/*", "anything", true)]
    [InlineData("vers:none/*", "1", false)]
    [InlineData("vers:deb/>=1%3A2.3-1|<1%3A2.3-4", "1:2.3-3", true)]
    [InlineData("vers:composer/>=2.4.6|<2.4.6-p3", "2.4.6-p2", true)]
    [InlineData("vers:unheard-of/1.0|2.0", "2.0", true)]
    [InlineData("vers:unheard-of/1.0|2.0", "2.0.0", false)]
    [InlineData("vers:unheard-of/!=1.0", "1.1", true)]
    [InlineData("vers:unheard-of/>=1.0|<2.0", "1.0", true)]
    public void Contains_Vers_FollowsItsConstraints(string range, string version, bool expected) =>
        Parse(range).Contains(version).ShouldBe(expected ? Decision.Yes : Decision.No);

    [Theory]
    [InlineData("vers:unheard-of/>=1.0|<2.0", "1.5")]
    [InlineData("vers:npm/>=1.0.0", "one")]
    [InlineData("vers:npm/>=1.0.0", "")]
    [InlineData("vers:npm/1.0.0", null)]
    [InlineData("vers:composer/>=1.0.0", "dev-main")]
    public void Contains_WhatHasNoOrder_CannotDecide(string range, string? version) =>
        Parse(range).Contains(version).ShouldBe(Decision.CannotDecide);

    [Theory]
    [InlineData(null, "vers:")]
    [InlineData("", "vers:")]
    [InlineData("npm/1.0.0", "vers:")]
    [InlineData("VERS:npm/1.0.0", "vers:")]
    [InlineData("vers:npm", "type")]
    [InlineData("vers:/1.0.0", "type")]
    [InlineData("vers:NPM/1.0.0", "NPM")]
    [InlineData("vers:npm/", "constraint")]
    [InlineData("vers:npm/|", "constraint")]
    [InlineData("vers:npm/>=", ">=")]
    [InlineData("vers:npm/=>1.0.0", "=>1.0.0")]
    [InlineData("vers:npm/1.0.0|*", "*")]
    [InlineData("vers:npm/>=*", "*")]
    [InlineData("vers:all/1.0.0", "all")]
    [InlineData("vers:npm/1.0.0|1.0.0", "1.0.0")]
    [InlineData("vers:npm/>=1.0|<1.0.0", "twice")]
    [InlineData("vers:unheard-of/>=1.0|<1.0", "1.0")]
    [InlineData("vers:npm/>=one", "one")]
    [InlineData("vers:npm/1.0.0%2", "1.0.0%2")]
    public void TryParse_NoVers_SaysWhy(string? text, string named)
    {
        VersRange.TryParse(text, out _, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNull().ShouldContain(named);
    }

    [Fact]
    public void TryParse_MutatedText_NeverThrows()
    {
        var random = new Random(11);
        const string alphabet = "0123.-|<>=!*%aA /\u00e9\ud83d";
        string[] types = ["npm", "deb", "rpm", "composer", "maven", "pypi", "gem", "nuget", "x"];
        for (var i = 0; i < 30_000; i++)
        {
            var text =
                $"vers:{types[random.Next(types.Length)]}/{string.Create(random.Next(14), random, (span, r) => r.GetItems(alphabet.AsSpan(), span))}";
            if (VersRange.TryParse(text, out var range, out _))
            {
                range.Contains("1.2.3");
            }
        }
    }

    private static VersRange Parse(string text)
    {
        VersRange.TryParse(text, out var range, out var fault).ShouldBeTrue(fault);
        return range!;
    }
}
