using Governance.BuildingBlocks.Names;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.PolicyScene;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Service;

public class PolicySimulationTests
{
    [Theory]
    [InlineData(nameof(Setting.Recalculate), 1)]
    [InlineData(nameof(Setting.EarliestIfRaised), 2)]
    public async Task Simulate_ManyRemediations_AgreesWithActivatingAlsoOverARestart(string setting, int seed)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await FillAsync(patching, new Random(seed));
        var policy = Policy(Enum.Parse<Setting>(setting),
            Rule("kev", 2, rule => rule.Kev = true),
            Rule("critical", 4, rule => (rule.Unit, rule.Calendar, rule.ClockStart) =
                (Unit.BusinessDays, "calendars/us-federal", ClockStart.Publication), Common.V1.Severity.Critical),
            Rule("high", 14, null, Common.V1.Severity.High),
            Rule("later", 120, null, Common.V1.Severity.Medium),
            Rule("upgrade", 0, rule => rule.Unit = Unit.NextUpgrade));
        await patching.Admin.Policies.CreatePolicyAsync(new CreatePolicyRequest { Policy = policy, PolicyId = "test" });
        var before = await AllAsync(patching);
        var simulated = await SimulateAsync(patching, new SimulatePolicyRequest { Name = "policies/test", PageSize = 17 });
        (await AllAsync(patching)).ShouldBe(before);

        await patching.Admin.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/test" });
        await patching.Estate.RestartAsync(ServiceCatalog.Patching, abruptly: true);
        await Eventually.HoldsAsync(
            async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = "policies/test" })).Changes.Count == 0,
            "all is assessed",
            TimeSpan.FromSeconds(60));
        var after = (await AllAsync(patching)).ToDictionary(one => one.Name);
        var changes = simulated.Changes.ToDictionary(one => one.Remediation);
        foreach (var one in before)
        {
            var then = after[one.Name];
            var change = changes.GetValueOrDefault(one.Name);
            (then.Due, then.Rule).ShouldBe((change is null ? one.Due : change.DueAfter, change is null ? one.Rule : change.RuleAfter));
            if (!Equals(then.Due, one.Due)) then.DueHistory[^1].Reason.ShouldBe(change!.Reason);
            then.DueHistory.Count.ShouldBe(one.DueHistory.Count + (Equals(then.Due, one.Due) ? 0 : 1));
        }

        (simulated.Unchanged + simulated.Earlier + simulated.Later + simulated.NoDeadline).ShouldBe(simulated.Total);
        simulated.Total.ShouldBe(before.Count);
        simulated.Earlier.ShouldBe(before.Count(one => after[one.Name].Due is { } due && (one.Due is null || due < one.Due)));
        simulated.Later.ShouldBe(before.Count(one => one.Due is { } was && after[one.Name].Due is { } due && due > was));
        simulated.NoDeadline.ShouldBe(before.Count(one => one.Due is not null && after[one.Name].Due is null));
    }

    [Fact]
    public async Task Simulate_UnsavedEdits_AgreesWithUpdatingThePolicyInForce()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await FillAsync(patching, new Random(3));
        var policy = await patching.Admin.Policies.GetPolicyAsync(new GetPolicyRequest { Name = "policies/house-default" });
        policy.Rules[0].DueAfter = 24;
        var simulated = await SimulateAsync(patching, new SimulatePolicyRequest { Name = policy.Name, Policy = policy });
        simulated.Earlier.ShouldBeGreaterThan(0);
        await patching.Admin.Policies.UpdatePolicyAsync(new UpdatePolicyRequest { Policy = policy });
        await Eventually.HoldsAsync(
            async () => (await SimulateAsync(patching, new SimulatePolicyRequest { Name = policy.Name })).Changes.Count == 0,
            "all is assessed");
        var after = (await AllAsync(patching)).ToDictionary(one => one.Name);
        foreach (var change in simulated.Changes)
        {
            (after[change.Remediation].Due, after[change.Remediation].DueHistory[^1].Reason).ShouldBe((change.DueAfter, change.Reason));
        }
        simulated.Changes[0].Reason.ShouldStartWith("policies/house-default was changed.");
    }

    private static async Task<List<Remediation>> AllAsync(PatchingEstate patching) =>
        [.. (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest { PageSize = 1000 })).Remediations
            .Select(one => new Remediation(one) { Feasibility = null, Etag = "" })
            .OrderBy(one => one.Name)];

    /// <summary>130 advisories on three components, so that one batch is not enough.</summary>
    private static async Task FillAsync(PatchingEstate patching, Random random)
    {
        string[] severities = ["LOW", "MEDIUM", "HIGH", "CRITICAL"];
        string[] components = ["components/a", "components/b", "components/c"];
        for (var i = 0; i < components.Length; i++)
        {
            await patching.KnowAsync(components[i], tier: i + 1);
            await patching.HasAsync(components[i], "production", Affected);
        }

        var feed = Enumerable.Range(0, 130).Select(i => Documents.Osv(
            $"CVE-2026-{i:0000}", severity: severities[random.Next(4)], fixedIn: random.Next(8) == 0 ? "1.0.0" : "2.0.0",
            published: $"2026-0{random.Next(1, 3)}-{random.Next(10, 29)}T{random.Next(10, 24)}:00:00Z"));
        await patching.ImportAsync(AdvisoryFormat.Osv, string.Join('\n', feed));
        var listed = Enumerable.Range(0, 130).Where(_ => random.Next(6) == 0).Select(i => $"CVE-2026-{i:0000}");
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", [.. listed]));
    }
}
