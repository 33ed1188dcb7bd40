using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using static Governance.Patching.Tests.Service.PolicyScene;
using Setting = Governance.Patching.V1.Policy.Types.Recalculation;
using Unit = Governance.Patching.V1.PolicyRule.Types.Unit;

namespace Governance.Patching.Tests.Service;

public class PolicyFlowTests
{
    [Theory]
    [InlineData(nameof(Setting.Recalculate), 10, 20, 20, 40, 40)]
    [InlineData(nameof(Setting.Keep), 40, 40, 40, 40, 40)]
    [InlineData(nameof(Setting.Earliest), 10, 10, 10, 10, 10)]
    [InlineData(nameof(Setting.EarliestIfRaised), 10, 10, 10, 10, 10)]
    public async Task Facts_Changing_MoveTheDueDateAsThePolicySays(
        string setting, int listed, int retracted, int raised, int internalOnly, int lessCritical)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(
            Enum.Parse<Setting>(setting),
            Rule("kev", 10, rule => rule.Kev = true),
            Rule("critical", 20, rule => rule.Severities.Add(Common.V1.Severity.Critical)),
            Rule("exposed", 30, Exposed),
            Rule("any", 40)));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, exposure: Component.Types.Exposure.Internal);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", severity: "HIGH"));
        (await DaysAsync(patching)).ShouldBe(40);

        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        (await DaysAsync(patching)).ShouldBe(listed);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-02T00:00:00Z"));
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.03", "2026-03-03T00:00:00Z", "CVE-2026-0009"));
        (await DaysAsync(patching)).ShouldBe(retracted);
        await patching.KnowAsync(PatchingEstate.Shop, tier: 1);
        (await DaysAsync(patching)).ShouldBe(raised);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-03T00:00:00Z", severity: "LOW"));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 4, exposure: Component.Types.Exposure.Internal);
        (await DaysAsync(patching)).ShouldBe(internalOnly);
        var last = await patching.OnlyAsync();
        (last.Tier, last.InternetExposed, last.Kev, last.Severity).ShouldBe((4, false, false, Common.V1.Severity.Low));
        last.DueHistory.Zip(last.DueHistory.Skip(1)).ShouldAllBe(pair => pair.First.To.Equals(pair.Second.From));
        (await DaysAsync(patching)).ShouldBe(lessCritical);
    }

    [Fact]
    public async Task Exposure_Gained_IsNamedInTheHistory()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.EarliestIfRaised, Rule("exposed", 10, Exposed), Rule("any", 40)));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, exposure: Component.Types.Exposure.Internal);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2);
        var raised = await patching.OnlyAsync();
        raised.DueHistory[^1].Reason.ShouldContain("The internet reaches the component now.");
        raised.Rule.ShouldBe("policies/test/rules/exposed");
    }

    [Theory]
    [InlineData(nameof(Setting.Recalculate), 60)]
    [InlineData(nameof(Setting.Keep), 40)]
    [InlineData(nameof(Setting.Earliest), 40)]
    [InlineData(nameof(Setting.EarliestIfRaised), 40)]
    public async Task Activate_ALooserPolicyThenAStricter_MovesAsItsSettingSaysAndAMissStaysAMiss(string setting, int looser)
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule("any", 40)));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await InForceAsync(patching, Policy(Enum.Parse<Setting>(setting), Rule("loose", 60)), "loose");
        await SettledAsync(patching, "loose");
        (await DaysAsync(patching)).ShouldBe(looser);

        await patching.Admin.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/house-default" });
        await SettledAsync(patching, "house-default");
        (await DaysAsync(patching)).ShouldBe(3);
        (await patching.OnlyAsync()).DueHistory[^1].Reason.ShouldContain("policies/house-default is in force now.");
        patching.Estate.Clock.Set(Published.AddDays(3).AddSeconds(1));
        await Eventually.HoldsAsync(
            async () => (await patching.OnlyAsync()).DeadlineOutcome == Remediation.Types.DeadlineOutcome.Missed, "the deadline is missed");
        await patching.Admin.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/test" });
        await SettledAsync(patching, "test");
        var later = await patching.OnlyAsync();
        (await DaysAsync(patching)).ShouldBe(40);
        later.DeadlineOutcome.ShouldBe(Remediation.Types.DeadlineOutcome.Missed);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");
        (await patching.OnlyAsync()).DeadlineOutcome.ShouldBe(Remediation.Types.DeadlineOutcome.Missed);
    }

    [Fact]
    public async Task DecisionPoints_SetByAPerson_DecideAndOutliveImports()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.Admin.Policies.ActivatePolicyAsync(new ActivatePolicyRequest { Name = "policies/bod-26-04" });
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2);
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        await patching.ImportAsync(AdvisoryFormat.Kev, Documents.Kev("2026.03.02", "2026-03-02T00:00:00Z", "CVE-2026-0001"));
        var worst = await patching.OnlyAsync();
        (worst.Rule, worst.ForensicTriage, worst.HasAutomatable).ShouldBe(
            ("policies/bod-26-04/rules/kev-exposed-automatable-total", true, false));
        var set = new SetDecisionPointsRequest
        {
            Name = worst.Advisory,
            Automatable = false,
            TechnicalImpact = DecisionPoints.Types.TechnicalImpact.Partial,
        };
        (await Refusal.OfAsync(patching.Admin.Advisories.SetDecisionPointsAsync(set))).Fields.ShouldBe(["source"]);
        set.Source = "our own analysis";
        (await patching.Admin.Advisories.SetDecisionPointsAsync(set)).DecisionPoints.Setter.ShouldBe("users/admin");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001", modified: "2026-03-02T00:00:00Z", severity: "LOW"));
        var known = await patching.OnlyAsync();
        (known.Rule, known.ForensicTriage, known.Automatable).ShouldBe(
            ("policies/bod-26-04/rules/kev-exposed-manual-partial", false, false));
        known.DueHistory[^1].Reason.ShouldContain("Technical impact is PARTIAL, was unknown.");
        (await patching.Admin.Advisories.GetAdvisoryAsync(new GetAdvisoryRequest { Name = known.Advisory })).DecisionPoints.Source.ShouldBe(
            "our own analysis");
        await patching.Admin.Advisories.SetDecisionPointsAsync(new SetDecisionPointsRequest { Name = known.Advisory });
        (await patching.OnlyAsync()).Rule.ShouldBe(worst.Rule);
    }

    [Fact]
    public async Task NextUpgrade_HasNoDueDateButItsRule()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await InForceAsync(patching, Policy(Setting.Recalculate, Rule("upgrade", 0, one => one.Unit = Unit.NextUpgrade)));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-0001"));
        var deferred = await patching.OnlyAsync();
        (deferred.Due, deferred.Rule).ShouldBe((null, "policies/test/rules/upgrade"));
        deferred.DueHistory.ShouldHaveSingleItem().Reason.ShouldEndWith("with the next upgrade.");
    }
}
