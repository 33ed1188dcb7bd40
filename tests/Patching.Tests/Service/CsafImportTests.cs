using Governance.Patching.Tests.Advisories.Csaf;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Status = Governance.Patching.V1.VersionStatement.Types.Status;

namespace Governance.Patching.Tests.Service;

public class CsafImportTests
{
    [SharedDataFact(CsafSuite.Archive)]
    public async Task Import_Suite_TakesTheValidRefusesTheOthersAndASecondTimeChangesNothing()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var cases = CsafSuite.Cases();
        var body = $"[{string.Join(',', cases.Select(one => one.Document))}]";
        var parts = cases.Where(one => one.IsValid).Sum(one => CsafSuite.Read(one.Document).Document!.Parts.Count);
        var invalid = cases.Index().Where(one => !one.Item.IsValid).ToList();
        var first = await patching.ImportAsync(AdvisoryFormat.Csaf, body);
        (first.Created + first.Updated, first.Unchanged, first.RejectedCount).ShouldBe((parts, 0, invalid.Count));
        first.Rejected.Select(one => one.Position).ShouldBe(invalid.Select(one => $"{one.Index}"));
        first.Rejected.ShouldAllBe(one => one.Id.Length > 0 && one.Reason.Length > 0);
        var second = await patching.ImportAsync(AdvisoryFormat.Csaf, body);
        (second.Created, second.Updated, second.Unchanged, second.RejectedCount, second.Retracted).ShouldBe(
            (0, 0, parts, invalid.Count, 0));
    }

    [Fact]
    public async Task Import_Document_TellsAdvisoryProductsRemediesAndIssue()
    {
        await using var patching = await PatchingEstate.StartAsync();
        Counts(await patching.ImportAsync(AdvisoryFormat.Csaf, CsafSample.With())).ShouldBe((1, 0, 0, 0));
        var advisory = await GetAsync(patching, "ACME-2026-1");
        (advisory.Name, advisory.Summary, advisory.Details).ShouldBe(
            ("advisories/CVE-2026-1001", "Injection in Shop core", "A visitor can inject."));
        (advisory.Cvss.Single().BaseScore, advisory.Cvss.Single().PublishedScore, advisory.Severity).ShouldBe(
            (9.8, 9.8, Common.V1.Severity.Critical));
        advisory.Remedies.Single().Products.ShouldBe(["Shop core 1.0 to 1.3", "Shop core 1.4.0", "Acme Appliance"]);
        advisory.ExploitStatus.ShouldBe(["Seen in the wild."]);
        var core = advisory.Affected.Single(one => one.Package == "acme/shop-core");
        (core.Purl, core.Ranges.Single().Notation).ShouldBe(("pkg:composer/acme/shop-core", "vers:composer/>=1.0.0|<1.3.0"));
        core.Versions.ShouldBe(["1.4.0"]);
        core.FixedVersions.ShouldBe(["1.3.0", "1.5.0"]);
        core.Statements.ShouldContain(said =>
            said.Status == Status.NotAffected && said.Version == "1.4.1" && said.Reason == "vulnerable_code_not_present");
        advisory.Affected.ShouldContain(one => one.Package == "Acme Appliance" && one.Purl == "" && one.Ecosystem == "");
        var source = advisory.Sources.Single();
        (source.Format, source.Id, source.Publisher, source.Version, source.Status).ShouldBe(("CSAF", "ACME-2026-1", "Acme", "2", "FINAL"));
    }

    [Theory]
    [InlineData("1.4.0", true)]
    [InlineData("1.2.9", true)]
    [InlineData("1.3.0", false)]
    [InlineData("1.4.1", false)]
    [InlineData("1.5.0", false)]
    public async Task Import_Document_OpensRemediationsOfWhatItSaysIsAffected(string version, bool isAffected)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(
            PatchingEstate.Shop, "production", $"pkg:composer/acme/shop-core@{version}", "pkg:composer/acme/plugin@2.0.0");
        (await patching.ImportAsync(AdvisoryFormat.Csaf, CsafSample.With())).RemediationsOpened.ShouldBe(isAffected ? 1 : 0);
        if (isAffected) (await patching.OnlyAsync()).Packages.Single().Package.ShouldBe("pkg:composer/acme/shop-core");
    }

    [Fact]
    public async Task Import_NotAffected_DoesNotSpeakForOtherSources()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.1");
        await patching.ImportAsync(AdvisoryFormat.Csaf, CsafSample.With());
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1001", fixedIn: "1.5.0"));
        (await patching.OnlyAsync()).State.ShouldBe(Remediation.Types.State.Open);
    }

    [Fact]
    public async Task Import_OlderIssue_ChangesNothingAndANewerTakesBackWhatItNoLongerHas()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        Counts(await ImportAsync(patching, CsafSample.Issue(2, "2026-03-02T00:00:00Z", "CVE-2026-0001", "CVE-2026-0002"))).ShouldBe(
            (2, 0, 0, 0));
        Counts(await ImportAsync(patching, CsafSample.Issue(1, "2026-03-01T00:00:00Z", "CVE-2026-0001", "CVE-2026-0003"))).ShouldBe(
            (0, 0, 2, 0));
        Counts(await ImportAsync(patching, CsafSample.Issue(1, "2026-03-02T00:00:00Z", "CVE-2026-0001", "CVE-2026-0003"))).ShouldBe(
            (0, 0, 2, 0));
        (await Refusal.OfAsync(() => GetAsync(patching, "CVE-2026-0003"))).Code.ShouldBe(StatusCode.NotFound);

        var newer = await ImportAsync(patching, CsafSample.Issue(3, "2026-03-03T00:00:00Z", "CVE-2026-0002"));
        (Counts(newer), newer.Retracted).ShouldBe(((0, 1, 0, 0), 1));
        (await GetAsync(patching, "CVE-2026-0001")).Withdrawn.ShouldNotBeNull();
        (await StatesAsync(patching)).ShouldBe(
            [("advisories/CVE-2026-0001", Remediation.Types.State.Withdrawn), ("advisories/CVE-2026-0002", Remediation.Types.State.Open)]);

        var again = await ImportAsync(patching, CsafSample.Issue(3, "2026-03-03T00:00:00Z", "CVE-2026-0002"));
        (Counts(again), again.Retracted).ShouldBe(((0, 0, 1, 0), 0));
        Counts(await ImportAsync(patching, CsafSample.Issue(4, "2026-03-04T00:00:00Z", "CVE-2026-0001", "CVE-2026-0002"))).ShouldBe(
            (0, 2, 0, 0));
        (await GetAsync(patching, "CVE-2026-0001")).Withdrawn.ShouldBeNull();
    }

    [Fact]
    public async Task Import_IssuesInOneBody_AreTakenInTheirOrder()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var body = string.Join(
            '\n',
            CsafSample.Issue(1, "2026-03-01T00:00:00Z", "CVE-2026-0001", "CVE-2026-0002"),
            "{\"document\":{}}",
            CsafSample.Issue(2, "2026-03-02T00:00:00Z", "CVE-2026-0002"));
        var response = await ImportAsync(patching, body);
        (Counts(response), response.Retracted).ShouldBe(((2, 1, 0, 1), 1));
        (response.Rejected.Single().Position, response.Rejected.Single().Reason.Contains(
            "document.tracking: Required.", StringComparison.Ordinal)).ShouldBe(("line 2", true));
        (await GetAsync(patching, "CVE-2026-0001")).Withdrawn.ShouldNotBeNull();
    }

    [Fact]
    public async Task Import_DocumentsOfOneId_JoinNoOtherVulnerabilities()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await ImportAsync(patching, CsafSample.Issue(1, "2026-03-01T00:00:00Z", "CVE-2026-0001"));
        await ImportAsync(patching, CsafSample.Issue(2, "2026-03-02T00:00:00Z", "CVE-2026-0002"));
        (await GetAsync(patching, "ACME-2026-1")).Name.ShouldBe("advisories/CVE-2026-0001");
        (await GetAsync(patching, "CVE-2026-0002")).Name.ShouldBe("advisories/CVE-2026-0002");

        var withoutCve = CsafSample.With(
            ("/document/tracking/id", "\"ACME 7/1\""), ("/vulnerabilities/0/cve", null), (
                "/vulnerabilities/0/ids",
                """[{"system_name":"Bug tracker","text":"7"},{"system_name":"GitHub","text":"GHSA-aaaa-bbbb-cccc"}]"""));
        Counts(await ImportAsync(patching, withoutCve)).ShouldBe((1, 0, 0, 0));
        (await GetAsync(patching, "ACME_7_1")).Name.ShouldBe((await GetAsync(patching, "GHSA-aaaa-bbbb-cccc")).Name);
        var information =
            CsafSample.With(("/document/tracking/id", "\"ACME-INFO\""), ("/document/category", "\"Notice\""), ("/vulnerabilities", null));
        Counts(await ImportAsync(patching, information)).ShouldBe((1, 0, 0, 0));
        (await GetAsync(patching, "ACME-INFO")).Summary.ShouldBe("Acme Shop 2026-1");
    }

    private static Task<ImportAdvisoriesResponse> ImportAsync(PatchingEstate patching, string body) =>
        patching.ImportAsync(AdvisoryFormat.Csaf, body);

    private static async Task<Advisory> GetAsync(PatchingEstate patching, string id) =>
        await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = $"advisories/{id}" });

    private static async Task<IEnumerable<(string Advisory, Remediation.Types.State State)>> StatesAsync(PatchingEstate patching) =>
        (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations
            .Select(one => (one.Advisory, one.State))
            .Order();

    private static (int Created, int Updated, int Unchanged, int Rejected) Counts(ImportAdvisoriesResponse response) =>
        (response.Created, response.Updated, response.Unchanged, response.RejectedCount);
}
