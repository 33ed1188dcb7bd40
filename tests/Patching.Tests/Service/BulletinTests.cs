using Google.Protobuf.WellKnownTypes;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

public class BulletinTests
{
    private const string Critical = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";

    [Fact]
    public async Task Create_VendorBulletin_OpensRemediationsAndIsCorrectedAndWithdrawn()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        var created = await patching.Admin.Advisories.CreateAdvisoryAsync(
            new CreateAdvisoryRequest { AdvisoryId = "ACME-SA-2026.1", Advisory = Bulletin("1.5.0") });
        (created.Name, created.Severity, created.Cvss[0].BaseScore, created.Sources.ShouldHaveSingleItem().Format)
            .ShouldBe(("advisories/ACME-SA-2026.1", Common.V1.Severity.Critical, 9.8, "MANUAL"));
        created.Affected.ShouldHaveSingleItem().FixedVersions.ShouldBe(["1.5.0"]);
        (await patching.OnlyAsync()).State.ShouldBe(State.Open);
        (await Refusal.OfAsync(patching.Admin.Advisories.CreateAdvisoryAsync(
            new CreateAdvisoryRequest { AdvisoryId = "ACME-SA-2026.1", Advisory = Bulletin("1.5.0") }))).Code.ShouldBe(
            StatusCode.AlreadyExists);

        var change = new UpdateAdvisoryRequest { Advisory = Bulletin("1.3.0"), UpdateMask = FieldMask.FromString("affected") };
        (change.Advisory.Name, change.Advisory.Etag, change.Advisory.Summary) = (created.Name, created.Etag, "");
        var corrected = await patching.Admin.Advisories.UpdateAdvisoryAsync(change);
        (corrected.Summary, corrected.Affected[0].FixedVersions[0]).ShouldBe(("Code execution in Acme Shop", "1.3.0"));
        (await patching.OnlyAsync()).State.ShouldBe(State.Withdrawn);
        (await Refusal.OfAsync(patching.Admin.Advisories.UpdateAdvisoryAsync(change))).Code.ShouldBe(StatusCode.Aborted);

        change.Advisory = Bulletin("1.5.0");
        change.Advisory.Name = created.Name;
        await patching.Admin.Advisories.UpdateAdvisoryAsync(change);
        (await patching.OnlyAsync()).State.ShouldBe(State.Open);
        var withdrawn = await patching.Admin.Advisories.WithdrawAdvisoryAsync(
            new WithdrawAdvisoryRequest { Name = created.Name, Reason = "The vendor took it back." });
        withdrawn.Withdrawn.ShouldNotBeNull();
        (await patching.OnlyAsync()).State.ShouldBe(State.Withdrawn);
        (await Refusal.OfAsync(patching.Admin.Advisories.WithdrawAdvisoryAsync(
            new WithdrawAdvisoryRequest { Name = created.Name, Reason = "Again." }))).Reason.ShouldBe("ADVISORY_WITHDRAWN");
    }

    [Fact]
    public async Task Create_OfAKnownVulnerability_JoinsItByAlias()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        var bulletin = Bulletin("1.5.0");
        bulletin.Aliases.Add("CVE-2026-0001");
        var checkedOnly = await patching.Admin.Advisories.CreateAdvisoryAsync(
            new CreateAdvisoryRequest { AdvisoryId = "ACME-1", Advisory = bulletin, ValidateOnly = true });
        checkedOnly.Aliases.ShouldBe(["ACME-1"]);
        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest())).Advisories
            .ShouldHaveSingleItem().Aliases
            .ShouldBeEmpty();
        var joined =
            await patching.Admin.Advisories.CreateAdvisoryAsync(new CreateAdvisoryRequest { AdvisoryId = "ACME-1", Advisory = bulletin });
        (joined.Name, joined.Kev is not null, joined.Summary).ShouldBe(("advisories/CVE-2026-0001", true, "Code execution in Acme Shop"));
    }

    [Fact]
    public async Task Update_OfWhatWasImported_IsRefusedWithItsSources()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        var refused = await Refusal.OfAsync(patching.Admin.Advisories.UpdateAdvisoryAsync(
            new UpdateAdvisoryRequest { Advisory = new Advisory { Name = "advisories/CVE-2026-1", Summary = "Mine" } }));
        (refused.Code, refused.Reason, refused.Facts["sources"]).ShouldBe((StatusCode.FailedPrecondition, "ADVISORY_IMPORTED", "OSV"));
        (await Refusal.OfAsync(patching.Admin.Advisories.WithdrawAdvisoryAsync(
            new WithdrawAdvisoryRequest { Name = "advisories/none", Reason = "r" }))).Code.ShouldBe(StatusCode.NotFound);
    }

    [Fact]
    public async Task Create_WithFaults_NamesAllOfThem()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var advisory = new Advisory
        {
            Aliases = { "a b" },
            Cvss = { new CvssScore { Vector = "CVSS:3.1/AV:X" } },
            References = { new Reference { Url = "ftp://x" } },
            Affected =
            {
                new AffectedPackage { Purl = "pkg:composer/acme/shop@1.0.0", Versions = { "1.0.0" } },
                new AffectedPackage { Purl = "pkg:npm/left-pad", Package = "right-pad", Versions = { "not a version" } },
                new AffectedPackage
                {
                    Ecosystem = "npm",
                    Package = "x",
                    Ranges = { new VersionRange { Type = "GIT", Events = { new RangeEvent { Fixed = "1.0.0", LastAffected = "1" } } } },
                },
                new AffectedPackage { Ecosystem = "npm" },
            },
        };
        var refused = await Refusal.OfAsync(
            patching.Admin.Advisories.CreateAdvisoryAsync(new CreateAdvisoryRequest { AdvisoryId = "no/id", Advisory = advisory }));
        refused.Fields.ShouldBe(
        [
            "advisory_id", "advisory.summary", "advisory.aliases[0]", "advisory.cvss[0].vector", "advisory.affected[0].purl", "advisory.affected[1].purl",
            "advisory.affected[1].versions[0]", "advisory.affected[2].ranges[0].type", "advisory.affected[2].ranges[0].events[0]",
            "advisory.affected[3].package", "advisory.affected[3]", "advisory.references[0].url",
        ], ignoreOrder: true);
        (await Refusal.OfAsync(patching.As(Callers.Person("vera", "viewer")).Advisories
            .CreateAdvisoryAsync(new CreateAdvisoryRequest { Advisory = Bulletin("1") }))).Code.ShouldBe(StatusCode.PermissionDenied);
    }

    private static Advisory Bulletin(string fixedIn) => new()
    {
        Summary = "Code execution in Acme Shop",
        Cvss = { new CvssScore { Vector = Critical } },
        Affected =
        {
            new AffectedPackage
            {
                Purl = "pkg:composer/acme/shop-core",
                Ranges = { new VersionRange { Events = { new RangeEvent { Introduced = "0" }, new RangeEvent { Fixed = fixedIn } } } },
            },
        },
        References = { new Reference { Type = "ADVISORY", Url = "https://acme.example/sa-1" } },
    };
}
