using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Service;

public class AdvisoryImportTests
{
    [SharedDataFact("advisories/known_exploited_vulnerabilities.json", "advisories/drupal_osv.jsonl.xz")]
    public async Task Import_RealFeeds_CountsEveryRecordAndASecondTimeChangesNothing()
    {
        await using var patching = await PatchingEstate.StartAsync();
        for (var time = 0; time < 2; time++)
        {
            await using var kev = SharedData.Open("advisories/known_exploited_vulnerabilities.json");
            Counts(await patching.ImportAsync(AdvisoryFormat.Kev, kev)).ShouldBe(time == 0 ? (1404, 0, 0, 0) : (0, 0, 1404, 0));
        }

        var first = await ImportDrupalAsync(patching);
        (first.Created + first.Updated, first.Unchanged, first.RejectedCount).ShouldBe((274, 0, 0));
        Counts(await ImportDrupalAsync(patching)).ShouldBe((0, 0, 274, 0));
        var listed = await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { Kev = true, PageSize = 1 });
        listed.TotalSize.ShouldBe(1404);
        var drupal =
            await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { Package = "pkg:composer/drupal/xsendfile" });
        drupal.Advisories.ShouldHaveSingleItem().Name.ShouldBe("advisories/DSA-CONTRIB-2023-053");
    }

    [Fact]
    public async Task Import_DocumentsThatShareAnId_AreOneAdvisoryInAnyOrder()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var (one, other) = (Documents.Osv("GHSA-aaaa", severity: "LOW"), Documents.Osv("DRUPAL-1", fixedIn: "3.0.0"));
        (await patching.ImportAsync(AdvisoryFormat.Osv, one + "\n" + other)).Created.ShouldBe(2);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.5.0");
        (await patching.OnlyAsync()).Advisory.ShouldBe("advisories/DRUPAL-1");

        var link = Documents.Osv("CVE-2026-1", package: "acme/other", severity: "LOW", more: ""","aliases":["GHSA-aaaa","DRUPAL-1"]""");
        (await patching.ImportAsync(AdvisoryFormat.Osv, link)).Updated.ShouldBe(1);
        foreach (var id in new[] { "CVE-2026-1", "GHSA-aaaa", "DRUPAL-1" })
        {
            var advisory = await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = $"advisories/{id}" });
            (advisory.Name, advisory.Sources.Count, advisory.Severity).ShouldBe(("advisories/CVE-2026-1", 3, Common.V1.Severity.Critical));
        }

        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest())).TotalSize.ShouldBe(1);
        (await patching.OnlyAsync()).Advisory.ShouldBe("advisories/CVE-2026-1");
    }

    [Fact]
    public async Task Import_OlderWithdrawnOrBroken_KeepsTheNewerClosesAndRefuses()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.0.0");
        (await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("A-1", modified: "2026-03-01T00:00:00Z"))).RemediationsOpened
            .ShouldBe(1);
        Counts(await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("A-1", modified: "2026-02-01T00:00:00Z", fixedIn: "0.1.0")))
            .ShouldBe((0, 0, 1, 0));
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Open);

        var withdrawn = Documents.Osv("A-1", modified: "2026-03-02T00:00:00Z", more: ""","withdrawn":"2026-03-02T00:00:00Z" """);
        var broken = await patching.ImportAsync(AdvisoryFormat.Osv, $"{{\"id\":\"A-2\"}}\n{withdrawn}\nnonsense\n");
        Counts(broken).ShouldBe((0, 1, 0, 2));
        broken.Rejected.Select(one => (one.Position, one.Id)).ShouldBe([("line 1", "A-2"), ("line 3", "")]);
        broken.Rejected.ShouldAllBe(one => one.Reason.Length > 0);
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Withdrawn);
    }

    [Fact]
    public async Task Import_Catalogues_RetractOnlyWhatANewerOneNoLongerHas()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(
            AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001", "CVE-2026-0002"));
        (await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.01", "2026-03-01T00:00:00Z", "CVE-2026-0001"))).Retracted
            .ShouldBe(0);
        var newer = await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.03", "2026-03-03T00:00:00Z", "CVE-2026-0001"));
        (Counts(newer), newer.Retracted).ShouldBe(((0, 0, 1, 0), 1));
        (await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/CVE-2026-0002" })).Kev.ShouldBeNull();
        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { Kev = true })).Advisories
            .ShouldHaveSingleItem().Name
            .ShouldBe("advisories/CVE-2026-0001");
        var refused = await Refusal.OfAsync(() => patching.ImportAsync(AdvisoryFormat.Kev, """{"catalogVersion":"1"}"""));
        (refused.Code, refused.Fields.Contains("document.vulnerabilities")).ShouldBe((StatusCode.InvalidArgument, true));
    }

    [Fact]
    public async Task Import_ValidateOnly_CountsAndChangesNothing()
    {
        await using var patching = await PatchingEstate.StartAsync();
        Counts(await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("A-1"), validateOnly: true)).ShouldBe((1, 0, 0, 0));
        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest())).TotalSize.ShouldBe(0);
    }

    private static async Task<ImportAdvisoriesResponse> ImportDrupalAsync(PatchingEstate patching)
    {
        await using var feed = SharedData.Open("advisories/drupal_osv.jsonl.xz");
        return await patching.ImportAsync(AdvisoryFormat.Osv, feed);
    }

    private static (int Created, int Updated, int Unchanged, int Rejected) Counts(ImportAdvisoriesResponse response) =>
        (response.Created, response.Updated, response.Unchanged, response.RejectedCount);
}
