using System.Globalization;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Cvss;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class CvssV3Tests
{
    [SharedDataTheory("cvss")]
    [InlineData("cvss/vectors_simple3.txt")]
    [InlineData("cvss/vectors_simple31.txt")]
    public void TryScore_PublishedVectors_GiveThePublishedBaseScore(string file)
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines(file))
        {
            var expected = decimal.Parse(line.Split('(', ',')[1], CultureInfo.InvariantCulture);
            if (!CvssV3.TryScore(line.Split(' ')[0], out var score) || score != expected)
                wrong.Add($"{score} for {line}");
        }

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:X")]
    [InlineData("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")]
    [InlineData("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/")]
    [InlineData("CVSS:2.0/AV:N")]
    [InlineData("9.8")]
    public void TryScore_MalformedVector_IsRefused(string vector) => CvssV3.TryScore(vector, out _).ShouldBeFalse();

    [Theory]
    [InlineData("0.0", nameof(SeverityBand.None))]
    [InlineData("0.1", nameof(SeverityBand.Low))]
    [InlineData("3.9", nameof(SeverityBand.Low))]
    [InlineData("4.0", nameof(SeverityBand.Medium))]
    [InlineData("6.9", nameof(SeverityBand.Medium))]
    [InlineData("7.0", nameof(SeverityBand.High))]
    [InlineData("8.9", nameof(SeverityBand.High))]
    [InlineData("9.0", nameof(SeverityBand.Critical))]
    public void BandOf_ScoreAtItsEdges_IsTheStandardsBand(string score, string band) =>
        SeverityAssessment.BandOf(decimal.Parse(score, CultureInfo.InvariantCulture)).ToString().ShouldBe(band);
}
