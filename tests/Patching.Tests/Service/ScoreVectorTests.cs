using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Rating = Governance.Patching.V1.ScoreVectorResponse.Types.Severity;

namespace Governance.Patching.Tests.Service;

public class ScoreVectorTests
{
    [Fact]
    public async Task Score_AnyVersion_AnswersScoresRatingAndMetrics()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var three = await ScoreAsync(patching, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/MAC:H");
        (three.Version, three.BaseScore, three.Severity, three.TemporalScore, three.EnvironmentalScore, three.Nomenclature).ShouldBe(
            ("3.1", 9.8, Rating.Critical, 9.3, 7.7, ""));
        three.Metrics.ShouldContain(metric => metric.Key == "MAC" && metric.Value == "H");
        three.Metrics.Count.ShouldBe(10);

        var four = await ScoreAsync(patching, "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:U/U:Amber");
        (four.Version, four.BaseScore, four.Severity, four.Nomenclature).ShouldBe(("4.0", 8.1, Rating.High, "CVSS-BT"));
        (four.HasTemporalScore, four.HasEnvironmentalScore, four.Metrics["U"]).ShouldBe((false, false, "Amber"));
        (await ScoreAsync(patching, "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N")).Severity.ShouldBe(Rating.None);
    }

    [Theory]
    [InlineData("", "vector")]
    [InlineData("CVSS:4.0/AV:N/AC:L/AT:Q", "AT")]
    public async Task Score_MalformedVector_IsRefusedAtItsField(string vector, string named)
    {
        await using var patching = await PatchingEstate.StartAsync();
        var refused = await Refusal.OfAsync(patching.Admin.Vectors.ScoreVectorAsync(new ScoreVectorRequest { Vector = vector }));
        (refused.Code, refused.Fields.ShouldHaveSingleItem()).ShouldBe((StatusCode.InvalidArgument, "vector"));
        refused.Message.ShouldContain(named);
    }

    [Fact]
    public async Task Import_VectorOfVersion4_ScoresTheAdvisory()
    {
        await using var patching = await PatchingEstate.StartAsync();
        const string vector = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N";
        await patching.ImportAsync(
            AdvisoryFormat.Osv, Documents.Osv("A-1", severity: "LOW", more: $$""","severity":[{"type":"CVSS_V4","score":"{{vector}}"}]"""));
        var advisory = await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/A-1" });
        advisory.Severity.ShouldBe(Common.V1.Severity.Critical);
        var score = advisory.Cvss.ShouldHaveSingleItem();
        (score.Vector, score.Version, score.BaseScore, score.Nomenclature, score.HasPublishedScore).ShouldBe(
            (vector, "4.0", 9.3, "CVSS-B", false));
    }

    private static async Task<ScoreVectorResponse> ScoreAsync(PatchingEstate patching, string vector) =>
        await patching.Admin.Vectors.ScoreVectorAsync(new ScoreVectorRequest { Vector = vector });
}
