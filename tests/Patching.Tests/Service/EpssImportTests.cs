using System.Globalization;
using System.IO.Compression;
using System.Text;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Deadlines;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using ClockStart = Governance.Patching.Deadlines.ClockStart;
using Policy = Governance.Patching.Deadlines.Policy;
using PolicyRule = Governance.Patching.Deadlines.PolicyRule;

namespace Governance.Patching.Tests.Service;

public class EpssImportTests
{
    [Fact]
    public async Task Import_Scores_AreShownOnAdvisoriesKnownBeforeAndAfter()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("GHSA-1", more: ""","aliases":["CVE-2026-0001"]"""));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-01", "CVE-2026-0001,0.91,0.99", "CVE-2026-0002,0.02,0.3")))
            .ShouldBe((2, 0, 0, 0));
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0002"));

        var shown = (await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = "advisories/GHSA-1" })).Epss;
        (shown.Probability, shown.Percentile, shown.Day, shown.ModelVersion).ShouldBe((0.91, 0.99, "2026-03-01", "v2025.03.14"));
        var likely = await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { MinimumEpss = 0.91 });
        (likely.Advisories.ShouldHaveSingleItem().Name, likely.TotalSize).ShouldBe(("advisories/CVE-2026-0001", 1));
        (await patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { MinimumEpss = 0.02 })).Advisories
            .Select(one => one.Epss.Probability)
            .ShouldBe([0.02, 0.91], ignoreOrder: true);
        likely.Advisories[0].Kev.ShouldBeNull();
        (await Refusal.OfAsync(patching.Admin.Advisories.ListAdvisoriesAsync(new ListAdvisoriesRequest { MinimumEpss = 91 }))).Fields
            .ShouldBe(["minimum_epss"]);
    }

    [Fact]
    public async Task Import_OfAnOlderDayOrTheSameAgain_ChangesNothing()
    {
        await using var patching = await PatchingEstate.StartAsync();
        var day = Csv("2026-03-02", "CVE-2026-0001,0.5,0.9", "CVE-2026-0002,0.1,0.4", "CVE-2026-0003,2,0.4");
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, day)).ShouldBe((2, 0, 0, 1));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, day)).ShouldBe((0, 0, 2, 1));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-01", "CVE-2026-0001,0.9,0.9"))).ShouldBe((0, 0, 1, 0));
        var api =
            """{"data":[{"cve":"CVE-2026-0001","epss":"0.500000000","percentile":"0.9","date":"2026-03-02"},{"cve":"CVE-2026-0002","epss":"0.2","percentile":"0.4","date":"2026-03-03"}]}""";
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, api)).ShouldBe((0, 1, 1, 0));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-04", "CVE-2026-0009,0.9,0.9"), validateOnly: true)).ShouldBe(
            (1, 0, 0, 0));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-04", "CVE-2026-0009,0.9,0.9"))).ShouldBe((1, 0, 0, 0));
        var refused = await Refusal.OfAsync(() => patching.ImportAsync(AdvisoryFormat.Epss, "cve,epss,percentile\n"));
        (refused.Code, refused.Fields.ShouldHaveSingleItem()).ShouldBe((StatusCode.InvalidArgument, "document"));
    }

    [Fact]
    public async Task Import_ScoreThatCrossesWhatARuleAsksFor_MovesTheDeadlineAndNothingElse()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await ObeyAsync(patching, 0.5m);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.0.0", "pkg:composer/acme/cart@1.0.0");
        await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-01", "CVE-2026-0002,0.7,0.9"));
        await patching.ImportAsync(
            AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001") + "\n" + Documents.Osv("CVE-2026-0002", package: "acme/cart"));
        (await RulesAsync(patching)).ShouldBe(["CVE-2026-0001 others 1", "CVE-2026-0002 likely 1"]);

        await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-02", "CVE-2026-0001,0.49999,0.9", "CVE-2026-0002,0.9,0.9"));
        (await RulesAsync(patching)).ShouldBe(["CVE-2026-0001 others 1", "CVE-2026-0002 likely 1"]);
        await patching.ImportAsync(AdvisoryFormat.Epss, Csv("2026-03-03", "CVE-2026-0001,0.5,0.9", "CVE-2026-0002,0.1,0.9"));
        (await RulesAsync(patching)).ShouldBe(["CVE-2026-0001 likely 2", "CVE-2026-0002 others 2"]);
    }

    [Fact]
    public async Task Import_AWholeDayPackedByGzip_IsTakenOnce()
    {
        const int Rows = 20_000;
        await using var patching = await PatchingEstate.StartAsync();
        var packed = Packed(Csv("2026-03-01", [.. Enumerable.Range(1, Rows)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"CVE-2024-{i:0000},0.{i % 100_000:00000},0.5"))]));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, new MemoryStream(packed))).ShouldBe((Rows, 0, 0, 0));
        Counts(await patching.ImportAsync(AdvisoryFormat.Epss, new MemoryStream(packed))).ShouldBe((0, 0, Rows, 0));
        var refused = await Refusal.OfAsync(() =>
            patching.ImportAsync(AdvisoryFormat.Epss, new MemoryStream([0x1F, 0x8B, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])));
        refused.Code.ShouldBe(StatusCode.InvalidArgument);
    }

    private static async Task<string[]> RulesAsync(PatchingEstate patching) =>
    [
        .. (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations
            .Select(one => $"{one.Advisory["advisories/".Length..]} {one.Rule.Split('/')[^1]} {one.DueHistory.Count}")
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Puts a policy in force of which one rule asks for EPSS.</summary>
    private static Task ObeyAsync(
        PatchingEstate patching, decimal least) => patching.Host.Services.GetRequiredService<Writes<PatchingDb>>().RunAsync(
        "Test",
        async (unit, ct) =>
        {
            unit.Db.RemoveRange(await unit.Db.Policies.AsTracking().Where(policy => policy.IsActive).ToListAsync(ct));
            PolicyRule Rule(string id, RuleConditions when, int days) =>
                new(id, when, new RuleDeadline(days, DeadlineUnit.CalendarDays, ClockStart.Publication, TimeSpan.Zero));
            var terms = new DeadlinePolicy(
                "epss",
                "EPSS",
                "A test.",
                [Rule("likely", new RuleConditions { EpssAtLeast = least }, 2), Rule("others", RuleConditions.Always, 60)]);
            unit.Db.Policies.Add(Policy.Create(terms, true, unit.Sequence, unit.Now));
        },
        CancellationToken.None);

    private static string Csv(string day, params string[] rows) =>
        $"#model_version:v2025.03.14,score_date:{day}T00:00:00+0000\ncve,epss,percentile\n{string.Join('\n', rows)}\n";

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    private static (int Created, int Updated, int Unchanged, int Rejected) Counts(ImportAdvisoriesResponse response) =>
        (response.Created, response.Updated, response.Unchanged, response.RejectedCount);
}
