using Governance.Patching.Tests.Advisories;
using Governance.Patching.V1;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Service;

public class NvdImportTests
{
    [Fact]
    public async Task Import_BesideAnotherSource_AddsScoresAndLinksAndLeavesItsWordsAndPackages()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.0.0");
        await patching.ImportAsync(
            AdvisoryFormat.Osv,
            Documents.Osv("GHSA-1", severity: "LOW", more: ""","aliases":["CVE-2026-0001"],"details":"What GitHub says." """));
        var document =
            NvdReaderTests.Answer(Cve("CVE-2026-0001", "2026-04-01T00:00:00.000"), Cve("CVE-2026-0002", "2026-04-01T00:00:00.000"));
        Counts(await patching.ImportAsync(AdvisoryFormat.Nvd, document)).ShouldBe((1, 1, 0, 0));
        Counts(await patching.ImportAsync(AdvisoryFormat.Nvd, document)).ShouldBe((0, 0, 2, 0));

        var advisory = await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/GHSA-1" });
        (advisory.Name, advisory.Details, advisory.Severity, advisory.Kev).ShouldBe(
            ("advisories/CVE-2026-0001", "What GitHub says.", Common.V1.Severity.Critical, null));
        var score = advisory.Cvss.ShouldHaveSingleItem();
        (score.BaseScore, score.PublishedScore, score.PublishedDiffers).ShouldBe((9.8, 9.1, true));
        advisory.CpeCriteria.ShouldHaveSingleItem().VersionEndExcluding.ShouldBe("2.0");
        advisory.References.ShouldHaveSingleItem().Tags.ShouldBe(["Patch"]);
        (await patching.OnlyAsync()).Severity.ShouldBe(Common.V1.Severity.Critical);

        var alone = await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/CVE-2026-0002" });
        (alone.Summary, alone.Affected.Count).ShouldBe(("A flaw in it.", 0));
    }

    [Fact]
    public async Task Import_OlderOrRejected_KeepsTheNewerAndWithdraws()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Nvd, NvdReaderTests.Answer(Cve("CVE-2026-0001", "2026-04-02T00:00:00.000")));
        Counts(await patching.ImportAsync(
            AdvisoryFormat.Nvd, NvdReaderTests.Answer(Cve("CVE-2026-0001", "2026-04-01T00:00:00.000", "Rejected")))).ShouldBe((0, 0, 1, 0));
        Counts(await patching.ImportAsync(
            AdvisoryFormat.Nvd, NvdReaderTests.Answer(Cve("CVE-2026-0001", "2026-04-03T00:00:00.000", "Rejected")))).ShouldBe((0, 1, 0, 0));
        (await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/CVE-2026-0001" })).Withdrawn
            .ToDateTimeOffset()
            .ShouldBe(new DateTimeOffset(2026, 4, 3, 0, 0, 0, TimeSpan.Zero));
    }

    private static string Cve(string id, string modified, string status = "Analyzed") =>
        $$$"""{"cve":{"id":"{{{id}}}","published":"2026-03-05T00:00:00.000","lastModified":"{{{modified}}}","vulnStatus":"{{{status}}}","cisaExploitAdd":"2026-03-06","descriptions":[{"lang":"en","value":"A flaw in it.\nMore of it."}],"metrics":{"cvssMetricV31":[{"type":"Primary","cvssData":{"vectorString":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H","baseScore":9.1}}]},"configurations":[{"nodes":[{"operator":"OR","cpeMatch":[{"vulnerable":true,"criteria":"cpe:2.3:a:acme:shop:*:*:*:*:*:*:*:*","versionEndExcluding":"2.0"}]}]}],"references":[{"url":"https://example.org/{{{id}}}","tags":["Patch"]}]}}""";

    private static (int Created, int Updated, int Unchanged, int Rejected) Counts(ImportAdvisoriesResponse response) =>
        (response.Created, response.Updated, response.Unchanged, response.RejectedCount);
}
