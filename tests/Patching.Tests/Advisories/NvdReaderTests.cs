using System.Text;
using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Nvd;
using Governance.Patching.Documents;
using Governance.Testing;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Advisories;

public class NvdReaderTests
{
    private const string Cve = """
        {"cve":{"id":"CVE-2026-0001","published":"2026-01-02T03:04:05.678","lastModified":"2026-01-03T00:00:00.000","vulnStatus":"Analyzed",
         "descriptions":[{"lang":"es","value":"Hola"},{"lang":"en","value":"A flaw."}],
         "cisaExploitAdd":"2026-01-05","cisaActionDue":"2026-01-26","cisaRequiredAction":"Patch.",
         "metrics":{"cvssMetricV31":[{"type":"Secondary","cvssData":{"vectorString":"CVSS:3.1/AV:L/AC:H/PR:L/UI:N/S:U/C:H/I:H/A:N","baseScore":6.3}}],
                    "cvssMetricV2":[{"type":"Primary","cvssData":{"vectorString":"AV:L/AC:M/Au:N/C:P/I:P/A:N","baseScore":3.3}}]},
         "configurations":[{"operator":"AND","nodes":[
           {"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:apache:ant:*:*:*:*:*:*:*:*","versionStartExcluding":"1.1","versionEndExcluding":"1.9"}]},
           {"operator":"OR","cpeMatch":[{"vulnerable":false,"criteria":"cpe:2.3:o:microsoft:windows:-:*:*:*:*:*:*:*"}]}]}],
         "references":[{"url":"https://example.org/fix","tags":["Vendor Advisory","Patch"]},{"url":"https://example.org/"}]}}
        """;

    [SharedDataFact("advisories/nvd_cve_api_2.0_sample.json")]
    public async Task Read_RealAnswer_TakesItsVulnerability()
    {
        await using var document = SharedData.Open("advisories/nvd_cve_api_2.0_sample.json");
        var (advisories, rejected) = await ReadAsync(document);
        rejected.ShouldBeEmpty();
        var advisory = advisories.ShouldHaveSingleItem();
        (advisory.Id, advisory.Modified, advisory.Severity.Band, advisory.Severity.BaseScore)
            .ShouldBe(("CVE-2020-1945", new DateTimeOffset(2022, 4, 4, 13, 31, 21, 670, TimeSpan.Zero), SeverityBand.Medium, 6.3m));
        advisory.Cpes!.Count.ShouldBeGreaterThan(10);
        advisory.References.ShouldContain(reference => reference.Type == "ADVISORY");
    }

    [Fact]
    public async Task Read_Vulnerability_KeepsItsFields()
    {
        var advisory = (await ReadAsync(Answer(Cve))).Advisories.ShouldHaveSingleItem();
        (advisory.Published, advisory.Withdrawn, advisory.Details).ShouldBe(
            (new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), null, "A flaw."));
        advisory.Severity.Vectors.Select(vector => (vector.Type, vector.PublishedScore)).ShouldBe([("CVSS_V3", 6.3m), ("CVSS_V2", 3.3m)]);
        advisory.Severity.Band.ShouldBe(SeverityBand.Medium);
        advisory.References.Select(reference => reference.Type).ShouldBe(["FIX", "WEB"]);
        advisory.Cpes.ShouldHaveSingleItem().ShouldBe(new CpeCriteria("cpe:2.3:a:apache:ant:*:*:*:*:*:*:*:*", null, "1.1", null, "1.9"));
        advisory.Affected.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_Rejected_IsWithdrawnSinceItChanged() =>
        (await ReadAsync(Answer(Cve.Replace("Analyzed", "Rejected", StringComparison.Ordinal)))).Advisories[0].Withdrawn
            .ShouldBe(new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Read_BrokenVulnerabilities_AreRefusedOneByOne()
    {
        var (advisories, rejected) = await ReadAsync(Answer(
            Cve.Replace("CVE-2026-0001", "CVE-1", StringComparison.Ordinal),
            "{}",
            "7",
            Cve,
            Cve.Replace("2026-01-03T00:00:00.000", "yesterday", StringComparison.Ordinal).Replace("6.3", "63", StringComparison.Ordinal)));
        advisories.Count.ShouldBe(1);
        rejected.Select(one => (one.Position, string.Join(',', one.Faults.Select(fault => fault.Path)))).ShouldBe(
        [
            ("vulnerabilities[0]", "cve.id"), ("vulnerabilities[1]", "cve"), ("vulnerabilities[2]", ""),
            ("vulnerabilities[4]", "cve.lastModified,cve.metrics.cvssMetricV31[0].cvssData.baseScore"),
        ]);
    }

    [Theory]
    [InlineData("""{"CVE_data_type":"CVE","CVE_Items":[]}""", "format")]
    [InlineData(
        """{"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"1.0","vulnerabilities":[]}""",
        "version: Expected \"2.0\", found \"1.0\"")]
    [InlineData(
        """{"resultsPerPage":"1","startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0","vulnerabilities":[{}]}""",
        "resultsPerPage")]
    [InlineData(
        """{"resultsPerPage":1,"startIndex":0,"totalResults":-1,"format":"NVD_CVE","version":"2.0","vulnerabilities":[{}]}""",
        "totalResults")]
    [InlineData(
        """{"resultsPerPage":1,"startIndex":0,"totalResults":1,"format":"NVD_CVE","version":"2.0","vulnerabilities":{}}""",
        "vulnerabilities")]
    [InlineData("<html>", "vulnerabilities")]
    public async Task Read_NoAnswerOfNvd_IsRefusedWhole(string document, string reason) =>
        (await Should.ThrowAsync<InvalidDataException>(() => ReadAsync(document))).Message.ShouldContain(reason);

    internal static string Answer(params string[] vulnerabilities) =>
        $$"""{"resultsPerPage":{{vulnerabilities.Length}},"startIndex":0,"totalResults":{{vulnerabilities.Length}},"format":"NVD_CVE","version":"2.0","timestamp":"2026-01-04T00:00:00.000","vulnerabilities":[{{string.Join(',', vulnerabilities)}}]}""";

    private static Task<(List<AdvisoryRecord> Advisories, List<RejectedRecord> Rejected)> ReadAsync(string text) =>
        ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static async Task<(List<AdvisoryRecord> Advisories, List<RejectedRecord> Rejected)> ReadAsync(Stream document)
    {
        var (advisories, rejected) = (new List<AdvisoryRecord>(), new List<RejectedRecord>());
        await foreach (var result in NvdReader.ReadAsync(document))
        {
            if (result.Advisory is { } advisory) advisories.Add(advisory);
            else rejected.Add(result.Rejected!);
        }

        return (advisories, rejected);
    }
}
