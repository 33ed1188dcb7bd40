using System.Globalization;
using System.Text.Json;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Cvss;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class CvssScoresTests
{
    private const string V31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    private const string V4 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";

    [SharedDataTheory("cvss")]
    [InlineData("cvss/vectors_simple3.txt")]
    [InlineData("cvss/vectors_simple31.txt")]
    [InlineData("cvss/vectors_simple4.txt")]
    [InlineData("cvss/vectors_supplemental4.txt")]
    public void Of_PublishedVectors_GivesThePublishedScores(string file)
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines(file))
        {
            var expected =
                line.Split(" - ")[1].Trim('(', ')').Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                    .Select(score => decimal.Parse(score, CultureInfo.InvariantCulture)).ToArray();
            var scores = Scores(line.Split(' ')[0]);
            if (scores.Base != expected[0] || (expected.Length > 1 && (scores.Temporal ?? scores.Base) != expected[1]))
            {
                wrong.Add($"{scores} for {line}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [SharedDataFact("cvss/cross_agreed_random.jsonl.xz")]
    public void Of_VectorsOnWhichCalculatorsAgree_GivesTheirScores()
    {
        var wrong = new List<string>();
        foreach (var line in SharedData.ReadLines("cvss/cross_agreed_random.jsonl.xz"))
        {
            using var json = JsonDocument.Parse(line);
            decimal? Told(string name) => json.RootElement.TryGetProperty(name, out var score) ? score.GetDecimal() : null;
            var scores = Scores(json.RootElement.GetProperty("vector").GetString()!);
            if (scores.Base != (Told("base") ?? Told("score")) ||
                (scores.Temporal is { } temporal && temporal != Told("temporal")) ||
                (scores.Environmental is { } environmental && environmental != Told("environmental")))
            {
                wrong.Add($"{scores} for {line}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>The modified impact of a changed scope is the one equation that 3.1 changed.</summary>
    [Theory]
    [InlineData("3.0", "AV:P/AC:H/PR:H/UI:R/S:C/C:H/I:L/A:N/E:F/AR:H/MAV:L/MAC:L/MPR:L/MI:H/MA:N", "7.7")]
    [InlineData("3.1", "AV:P/AC:H/PR:H/UI:R/S:C/C:H/I:L/A:N/E:F/AR:H/MAV:L/MAC:L/MPR:L/MI:H/MA:N", "7.6")]
    [InlineData("3.0", "AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:L/A:N/E:F/RL:T/RC:R/CR:H/IR:M/MAV:A/MUI:N/MI:L", "8.6")]
    [InlineData("3.1", "AV:N/AC:L/PR:N/UI:R/S:C/C:H/I:L/A:N/E:F/RL:T/RC:R/CR:H/IR:M/MAV:A/MUI:N/MI:L", "8.7")]
    public void Of_EnvironmentalMetrics_UseTheVersionsEquation(string version, string metrics, string expected) =>
        Scores($"CVSS:{version}/{metrics}").Environmental.ShouldBe(decimal.Parse(expected, CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("", null, null)]
    [InlineData("/E:X", "9.8", null)]
    [InlineData("/RL:O/E:P", "8.8", null)]
    [InlineData("/MAC:H", null, "8.1")]
    [InlineData("/E:P/CR:X", "9.3", "9.3")]
    public void Of_GroupsThatAVectorNames_HaveTheirScores(string more, string? temporal, string? environmental)
    {
        var scores = Scores(V31 + more);
        (scores.Temporal?.ToString(CultureInfo.InvariantCulture), scores.Environmental?.ToString(CultureInfo.InvariantCulture)).ShouldBe(
            (temporal, environmental));
    }

    [Theory]
    [InlineData("", "9.3", "CVSS-B")]
    [InlineData("/E:X/U:Red", "9.3", "CVSS-B")]
    [InlineData("/E:U", "8.1", "CVSS-BT")]
    [InlineData("/CR:L", "9.3", "CVSS-BE")]
    [InlineData("/MSI:S/S:P", "10.0", "CVSS-BE")]
    [InlineData("/E:P/MAV:L", "7.3", "CVSS-BTE")]
    [InlineData("/MVC:N/MVI:N/MVA:N", "0", "CVSS-BE")]
    public void Of_Version4_IsOneScoreNamedAfterItsGroups(string more, string score, string nomenclature)
    {
        var scores = Scores(V4 + more);
        (scores.Base, scores.Nomenclature).ShouldBe((decimal.Parse(score, CultureInfo.InvariantCulture), nomenclature));
        (scores.Temporal, scores.Environmental).ShouldBe((null, null));
    }

    [Fact]
    public void Of_Version4_NeverRisesWhereAMetricIsAtItsBest()
    {
        var random = new Random(4);
        var metrics = CvssGrammar.V4.Metrics[..11];
        for (var i = 0; i < 20_000; i++)
        {
            var values = metrics.Select(metric => metric.Values[random.Next(metric.Values.Length)]).ToArray();
            var at = random.Next(metrics.Length);
            var better = values.ToArray();
            better[at] = metrics[at].Values[^1];
            Score(better).ShouldBeLessThanOrEqualTo(Score(values), string.Join('/', values));
        }

        decimal Score(string[] values) =>
            Scores("CVSS:4.0/" + string.Join('/', metrics.Zip(values, (metric, value) => $"{metric.Name}:{value}"))).Base;
    }

    [Fact]
    public void Read_MetricsOfVersion3_StandInAnyOrder() =>
        Scores("CVSS:3.1/A:H/E:P/I:H/C:H/S:U/UI:N/PR:N/AC:L/AV:N").ShouldBe(Scores(V31 + "/E:P"));

    [Theory]
    [InlineData("9.8", "UNKNOWN_PREFIX", "9.8")]
    [InlineData("AV:N/AC:L/Au:N/C:P/I:P/A:P", "UNKNOWN_PREFIX", "AV:N")]
    [InlineData("cvss:3.1/AV:N", "UNKNOWN_PREFIX", "cvss:3.1")]
    [InlineData(" " + V31, "UNKNOWN_PREFIX", "CVSS:3.1")]
    [InlineData("CVSS:2.0/AV:N", "UNKNOWN_VERSION", "2.0")]
    [InlineData("CVSS:3.10/AV:N", "UNKNOWN_VERSION", "3.10")]
    [InlineData("CVSS:4.0", "MISSING_METRIC", "no metric")]
    [InlineData("CVSS:3.1/", "MALFORMED", "empty")]
    [InlineData(V31 + "/", "MALFORMED", "empty")]
    [InlineData(V4 + "/", "MALFORMED", "empty")]
    [InlineData("CVSS:3.1/AV:N//AC:L", "MALFORMED", "empty")]
    [InlineData("CVSS:3.1/AVN/AC:L", "MALFORMED", "AVN")]
    [InlineData("CVSS:3.1/:N", "MALFORMED", ":N")]
    [InlineData(V31 + "/XX:N", "UNKNOWN_METRIC", "XX")]
    [InlineData(V31 + "/AT:N", "UNKNOWN_METRIC", "AT")]
    [InlineData(V4 + "/RL:O", "UNKNOWN_METRIC", "RL")]
    [InlineData("CVSS:3.1/av:N", "UNKNOWN_METRIC", "upper case")]
    [InlineData("CVSS:3.1/AV:n", "INVALID_VALUE", "AV")]
    [InlineData("CVSS:3.1/AV:X", "INVALID_VALUE", "AV")]
    [InlineData("CVSS:3.1/AV:N:N", "INVALID_VALUE", "AV")]
    [InlineData("CVSS:3.1/AV:", "INVALID_VALUE", "AV")]
    [InlineData(V31 + " ", "INVALID_VALUE", "A ")]
    [InlineData(V4 + "/U:R", "INVALID_VALUE", "U ")]
    [InlineData(V4 + "/E:H", "INVALID_VALUE", "E ")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:S/SA:N", "INVALID_VALUE", "SI")]
    [InlineData(V31 + "/AV:N", "DUPLICATE_METRIC", "AV")]
    [InlineData(V4 + "/E:P/E:U", "DUPLICATE_METRIC", "E ")]
    [InlineData("CVSS:3.1/AV:N/PR:N/UI:N/S:U/C:H/I:H", "MISSING_METRIC", "AC, A.")]
    [InlineData("CVSS:4.0/AV:N/AC:L/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P", "MISSING_METRIC", "AT")]
    [InlineData("CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "WRONG_ORDER", "AV must stand before AC")]
    [InlineData(V4 + "/CR:H/E:P", "WRONG_ORDER", "E must stand before CR")]
    public void Read_MalformedVector_IsRefusedAndNamesTheMetric(string text, string reason, string named)
    {
        CvssVector.Read(text, out var fault).ShouldBeNull();
        fault.ShouldNotBeNull().Reason.ShouldBe(reason);
        fault.Description.ShouldContain(named);
        CvssScores.TryOf(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void Read_MutatedVectors_NeverThrowAndKeepWhatTheyTake()
    {
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var text = (random.Next(2) == 0 ? V31 : V4 + "/E:P/U:Red").ToCharArray();
            for (var j = random.Next(1, 4); j > 0; j--) text[random.Next(text.Length)] = "/:XNLHAPUCS40 é"[random.Next(15)];
            var vector = CvssVector.Read(new string(text), out var fault);
            (vector is null).ShouldBe(fault is not null);
            if (vector is null) continue;
            CvssScores.Of(vector).Base.ShouldBeInRange(0, 10);
            string.Join('/', vector.Metrics.Select(metric => $"{metric.Name}:{metric.Value}")).ShouldBe(vector.Text[9..]);
        }
    }

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

    [Fact]
    public void Assess_VectorsOfSeveralVersions_FollowsTheWorst()
    {
        SeverityVector[] vectors =
            [new("CVSS_V3", V31.Replace("C:H", "C:N", StringComparison.Ordinal)), new("CVSS_V4", V4), new("CVSS_V4", "CVSS:4.0/AV:N")];
        var assessment = SeverityAssessment.Assess("LOW", vectors);
        (assessment.Band, assessment.Source, assessment.BaseScore).ShouldBe((SeverityBand.Critical, SeveritySource.Cvss, 9.3m));
    }

    [Fact]
    public void ToProto_PublishedScores_AreShownBesideOurs()
    {
        SeverityVector[] vectors =
        [
            new("CVSS_V3", V31), new(
                "CVSS_V3", V31, 9.8m), new("CVSS_V3", V31, 9.9m), new("CVSS_V4", V4), new("CVSS_V2", "AV:N/AC:L/Au:N/C:P/I:P/A:P", 7.5m),
        ];
        CvssMapping.ToProto(vectors).Select(score => (score.Version, score.BaseScore, score.HasPublishedScore
            ? score.PublishedScore
            : -1, score.HasPublishedDiffers ? score.PublishedDiffers : (bool?)null))
            .ShouldBe([("3.1", 9.8, 9.8, false), ("3.1", 9.8, 9.9, true), ("4.0", 9.3, -1, null), ("2.0", 0, 7.5, null)]);
    }

    private static CvssScores Scores(string vector) => CvssScores.TryOf(vector, out var scores)
        ? scores
        : throw new InvalidOperationException($"{vector}: {(CvssVector.Read(vector, out var fault), fault).fault}");
}
