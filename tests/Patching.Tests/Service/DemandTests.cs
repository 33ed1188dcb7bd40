using Google.Protobuf.WellKnownTypes;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Shouldly;
using Xunit;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

/// <summary>What is asked of the calendar is what open remediations need, whatever changed them.</summary>
public class DemandTests
{
    private static readonly Duration FiveHours = Duration.FromTimeSpan(TimeSpan.FromHours(5));
    private static readonly Duration Usual = Duration.FromTimeSpan(TimeSpan.FromHours(1));

    [Fact]
    public async Task UpdateRollout_DropsARemediation_AsksForTheUsualDurationAgain()
    {
        await using var patching = await RolloutScene.StartAsync();
        var plan = await RolloutScene.PlanAsync(patching);
        foreach (var stage in plan.Stages) stage.Duration = FiveHours;
        var rollout = await patching.As(RolloutScene.Ines).Rollouts
            .CreateRolloutAsync(new CreateRolloutRequest { RolloutId = "shop-core", Rollout = plan });
        await Eventually.HoldsAsync(() => Asked(patching).Duration.Equals(FiveHours), "five hours are asked for");

        rollout.Remediations.Clear();
        await patching.As(RolloutScene.Ines).Rollouts.UpdateRolloutAsync(
            new UpdateRolloutRequest { Rollout = rollout, UpdateMask = new FieldMask { Paths = { "remediations" } } });

        var dropped = await patching.OnlyAsync();
        (dropped.State, dropped.Rollout).ShouldBe((State.Open, ""));
        await Eventually.HoldsAsync(() => Asked(patching).Duration.Equals(Usual), "the usual hour is asked for");
    }

    [Fact]
    public async Task Import_MakesTwoAdvisoriesOne_TakesBackTheDemandOfTheOneWithdrawn()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2);
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@1.4.0");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("HOUSE-A") + "\n" + Documents.Osv("HOUSE-B", severity: "LOW"));
        await Eventually.HoldsAsync(() => Living(patching).SetEquals([Severity.Critical, Severity.Low]), "both severities are asked for");

        await patching.ImportAsync(
            AdvisoryFormat.Osv,
            Documents.Osv("HOUSE-B", severity: "LOW", modified: "2026-03-02T00:00:00Z", more: ""","aliases":["HOUSE-A"]"""));

        var states = (await patching.Admin.Remediations.ListRemediationsAsync(
            new ListRemediationsRequest { Component = "shop" })).Remediations.Select(one => one.State);
        states.Order().ShouldBe([State.Open, State.Withdrawn]);
        await Eventually.HoldsAsync(() => Living(patching).Count == 1, "nobody asks for the withdrawn one any more");
    }

    private static SlotDemand Asked(PatchingEstate patching) =>
        patching.Estate.PubSub.Of<SlotDemandChanged>().LastOrDefault()?.Demand ?? new SlotDemand { Duration = new Duration() };

    /// <summary>The severities of the demands that were not taken back.</summary>
    private static HashSet<Severity> Living(PatchingEstate patching) =>
    [
        .. patching.Estate.PubSub.Of<SlotDemandChanged>().GroupBy(told => told.Demand.Name).Select(told => told.Last())
            .Where(told => !told.Meta.Deleted).Select(told => told.Demand.Severity),
    ];
}
