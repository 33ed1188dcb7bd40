using Google.Protobuf.WellKnownTypes;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Service;

public class ComplianceTests
{
    private static readonly string[] Groupings = ["severity", "owner", "TIER", "component", "environment"];

    [Fact]
    public async Task Compliance_OfMetMissedOpenAndOverdue_AddsUpInEveryGrouping_AndListsWhatIsBehind()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier: 1, owner: "parties/storefront");
        await patching.KnowAsync("components/search", tier: 3);
        await patching.ImportAsync(AdvisoryFormat.Osv, string.Join('\n',
            Documents.Osv("CVE-2026-1", package: "acme/a"), Documents.Osv("CVE-2026-2", package: "acme/b"),
            Documents.Osv(
                "CVE-2026-3", package: "acme/c", severity: "LOW"), Documents.Osv("CVE-2026-4", package: "acme/d", severity: "HIGH")));
        string[] all = [.. "abcd".Select(name => $"pkg:composer/acme/{name}@1.0.0")];
        await patching.HasAsync(PatchingEstate.Shop, "production", all);
        await patching.HasAsync("components/search", "staging", all[2]);
        var opened = patching.Estate.Clock.GetUtcNow();
        patching.Estate.Clock.Set(opened.AddHours(12));
        await patching.HasAsync(PatchingEstate.Shop, "production", all[1..]);
        patching.Estate.Clock.Set(opened.AddDays(15));
        await patching.HasAsync(PatchingEstate.Shop, "production", all[2..]);

        var report = await patching.Admin.Compliance.GetComplianceAsync(new GetComplianceRequest());
        var total = report.Total;
        (total.All, total.Met, total.Missed, total.Open, total.Overdue).ShouldBe((5, 1, 1, 2, 1));
        (total.Compliance, total.MedianDaysToRemediate, total.Percentile90DaysToRemediate).ShouldBe((1.0 / 3, 7.75, 0.5 + (0.9 * 14.5)));
        total.ExposureDays.ShouldBe(0.5 + (4 * 15), tolerance: 0.001);

        foreach (var by in Groupings)
        {
            var grouped = await patching.Admin.Compliance.GetComplianceAsync(new GetComplianceRequest { GroupBy = by });
            grouped.Groups.Count.ShouldBeGreaterThan(1);
            grouped.Groups.Sum(group => group.Figures.All).ShouldBe(5);
            foreach (var group in grouped.Groups) await ListsAgreeAsync(patching, grouped, by, group);
        }

        var severities = (await patching.Admin.Compliance.GetComplianceAsync(new GetComplianceRequest { GroupBy = "severity" })).Groups;
        severities.Select(group => group.Key).ShouldBe(["CRITICAL", "HIGH", "LOW"]);
        severities[0].Figures.Lists[0].List.ShouldContain("figure=MET&until=");
    }

    [Fact]
    public async Task Compliance_OfAPastPeriod_IsWhatItWasThen()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        var opened = patching.Estate.Clock.GetUtcNow();
        patching.Estate.Clock.Set(opened.AddDays(30));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");

        var then = await patching.Admin.Compliance.GetComplianceAsync(
            new GetComplianceRequest { Until = Timestamp.FromDateTimeOffset(opened.AddHours(1)) });
        (then.Total.All, then.Total.Open).ShouldBe((1, 1));
        var since = await patching.Admin.Compliance.GetComplianceAsync(
            new GetComplianceRequest { From = Timestamp.FromDateTimeOffset(opened.AddDays(20)) });
        (since.Total.Missed, since.Total.ExposureDays).ShouldBe((1, 10));
        patching.Estate.Clock.Set(opened.AddDays(40));
        (await patching.Admin.Compliance.GetComplianceAsync(
            new GetComplianceRequest { From = Timestamp.FromDateTimeOffset(opened.AddDays(31)) })).Total.All.ShouldBe(0);
    }

    [Fact]
    public async Task Compliance_AskedWrongly_NamesTheField()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var refused = await Refusal.OfAsync(patching.Admin.Compliance.GetComplianceAsync(new GetComplianceRequest { GroupBy = "colour" }));
        (refused.Code, refused.Fields.ShouldHaveSingleItem()).ShouldBe((StatusCode.InvalidArgument, "group_by"));
        refused = await Refusal.OfAsync(patching.Admin.Compliance.GetComplianceAsync(
            new GetComplianceRequest { From = Timestamp.FromDateTimeOffset(patching.Estate.Clock.GetUtcNow().AddDays(1)) }));
        refused.Fields.ShouldHaveSingleItem().ShouldBe("from");
    }

    [Fact]
    public async Task Compliance_OfACallerWithALimitedReach_CountsOnlyThat()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, system: "systems/front");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        await patching.HasAsync("components/other", "production", "pkg:composer/acme/shop-core@1.4.0");
        var scoped = patching.As(Callers.Person("eve", "engineer@systems/front"));
        (await scoped.Compliance.GetComplianceAsync(new GetComplianceRequest())).Total.All.ShouldBe(1);
    }

    private static async Task ListsAgreeAsync(PatchingEstate patching, GetComplianceResponse report, string by, ComplianceGroup group)
    {
        var counted = group.Figures;
        (counted.Met + counted.Missed + counted.Open + counted.Overdue + counted.Excepted + counted.NotAffected + counted.Withdrawn)
            .ShouldBe(counted.All);
        foreach (var list in counted.Lists)
        {
            var names = new List<string>();
            var request = new ListComplianceRemediationsRequest
            {
                PageSize = 1,
                Figure = list.Figure,
                Until = report.Until,
                GroupBy = by,
                Group = group.Key,
            };
            do
            {
                var page = await patching.Admin.Compliance.ListComplianceRemediationsAsync(request);
                names.AddRange(page.Remediations.Select(one => one.Name));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);
            names.ShouldBe(list.Remediations);
            names.Count.ShouldBe(list.Count);
        }
    }
}
