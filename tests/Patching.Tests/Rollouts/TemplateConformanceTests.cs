using Governance.Common.V1;
using Governance.Patching.Neighbours;
using Governance.Patching.Rollouts;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Rollouts;

public class TemplateConformanceTests
{
    private static readonly TemplateTerms Terms = new(
        "Monthly", ["PATCH"], ["components/blog"], ["systems/shop"], Severity.High, 2,
        [
            new TemplateStage(
                "staging", StageKind.Staging, "staging", TimeSpan.FromHours(1), TimeSpan.FromHours(1), StageGate.Verification),
            new TemplateStage(
                "wave-1", StageKind.Production, "production", TimeSpan.FromHours(2), TimeSpan.FromHours(1), StageGate.Automatic),
        ],
        TimeSpan.FromMinutes(30));

    private static readonly RolloutPlan Plan = new(
        "", RolloutPlan.Standard, "PATCH", [],
        [
            new StagePlan("staging", StageKind.Staging, ["components/blog"], "staging", TimeSpan.FromHours(
                1), TimeSpan.FromHours(1), StageGate.Verification),
            new StagePlan("wave-1", StageKind.Production, ["components/blog", "components/cart"], "production", TimeSpan.FromHours(
                1), TimeSpan.FromHours(2), StageGate.Approval),
        ],
        new BackOutPlan("Install the version before.", TimeSpan.FromHours(1)), "")
    {
        Template = "rolloutTemplates/monthly",
    };

    [Fact]
    public void Deviations_WithinAllLimits_AreNone() => Of(Plan).ShouldBeEmpty();

    [Fact]
    public void Deviations_EveryLimit_IsNamedWithItsPlace()
    {
        var (staging, wave) = (Plan.Stages[0], Plan.Stages[1]);
        Of(Plan with { Kind = "UPGRADE" }).ShouldBe(["kind"]);
        Of(Plan, severity: Severity.Critical).ShouldBe(["remediations"]);
        Of(Plan with { BackOut = Plan.BackOut with { Duration = TimeSpan.FromMinutes(29) } }).ShouldBe(["backOut.duration"]);
        Of(Plan with { Stages = [staging] }).ShouldBe(["stages"]);
        Of(Plan with { Stages = [staging, wave with { Id = "wave-2" }] }).ShouldBe(["stages"]);
        Of(Plan with { Stages = [staging, wave with { Duration = TimeSpan.FromHours(3), Soak = TimeSpan.Zero, Environment = "eu" }] })
            .ShouldBe(["stages[1].environment", "stages[1].duration", "stages[1].soak"]);
        Of(Plan with { Stages = [staging with { Gate = StageGate.Automatic, Kind = StageKind.Production }, wave] }).ShouldBe(
            ["stages[0].kind", "stages[0].gate"]);
        Of(Plan with { Stages = [staging with { Components = ["components/blog", "components/erp"] }, wave] }).ShouldBe(
            ["stages[0].components[1]"]);
        Of(Plan, tier: 1).ShouldBe(["stages[0].components[0]", "stages[1].components[0]", "stages[1].components[1]"]);
    }

    [Fact]
    public void ApprovalsNeeded_TierOneInProduction_IsTwo()
    {
        Terms.ApprovalsNeeded().ShouldBe(1);
        (Terms with { MostCriticalTier = 1 }).ApprovalsNeeded().ShouldBe(2);
        (Terms with { MostCriticalTier = 1, Stages = [Terms.Stages[0]] }).ApprovalsNeeded().ShouldBe(1);
    }

    [Fact]
    public void ApprovalRule_StandardPlan_NeedsNone() => ApprovalRule.Needed(Plan, _ => 1).ShouldBe(0);

    private static IEnumerable<string> Of(RolloutPlan plan, Severity severity = Severity.High, int tier = 2) =>
        TemplateConformance.Deviations(Terms, plan, severity, name =>
            new ComponentFacts(name, tier, true, "", name == "components/cart" ? "systems/shop" : "")).Select(fault => fault.Path);
}
