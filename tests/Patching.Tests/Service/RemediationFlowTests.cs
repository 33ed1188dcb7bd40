using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using State = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Tests.Service;

public class RemediationFlowTests
{
    private const string Affected = "pkg:composer/acme/shop-core@1.4.0";

    [Fact]
    public async Task Inventory_WithAffectedPackages_OpensRemediationsWithTheirDueDates()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, owner: "parties/storefront");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1")
            + "\n"
            + Documents.Osv("CVE-2026-2", severity: "MEDIUM")
            + "\n"
            + Documents.Osv("CVE-2026-3", fixedIn: "1.4.0"));
        var import = await patching.HasAsync(PatchingEstate.Shop, "production", Affected, "pkg:npm/left-pad@1.0.0");
        (import.Created, import.RemediationsOpened).ShouldBe((2, 2));

        var due =
            (await patching.Admin.Remediations.ListRemediationsAsync(new ListRemediationsRequest { Component = "shop" })).Remediations;
        due.Select(one => (one.Advisory, one.Due.ToDateTimeOffset(), one.Rule)).ShouldBe(
        [
            ("advisories/CVE-2026-1", new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero), "policies/house-default/rules/critical"),
            ("advisories/CVE-2026-2", new DateTimeOffset(2026, 3, 31, 0, 0, 0, TimeSpan.Zero), "policies/house-default/rules/medium"),
        ]);
        var first = due[0];
        (first.Owner, first.Tier, first.State, first.ClockBasis).ShouldBe(
            ("parties/storefront", 2, State.Open, "FIX_RELEASE (unknown; publication used)"));
        first.Packages.ShouldHaveSingleItem().FixVersions.ShouldBe(["2.0.0"]);
        first.DueHistory.ShouldHaveSingleItem();

        var again = await patching.HasAsync(PatchingEstate.Shop, "production", Affected, "pkg:npm/left-pad@1.0.0");
        (again.Unchanged, again.RemediationsOpened, again.RemediationsClosed).ShouldBe((2, 0, 0));
        var later = await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");
        (later.Updated, later.Removed, later.RemediationsClosed).ShouldBe((1, 1, 2));
        var closed = await patching.Admin.Remediations.GetRemediationAsync(new GetRemediationRequest { Name = first.Name });
        (closed.State, closed.DeadlineOutcome).ShouldBe((State.Remediated, Remediation.Types.DeadlineOutcome.Met));
    }

    [Fact]
    public async Task Inventory_BrokenDocument_ChangesNothing()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        var refused = await Refusal.OfAsync(() => patching.ImportSbomAsync(
            PatchingEstate.Shop,
            "production",
            """{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"x","purl":"nonsense"}]}"""));
        (refused.Code, refused.Fields.ShouldHaveSingleItem()).ShouldBe((StatusCode.InvalidArgument, "document.components[0].purl"));
        (await patching.Admin.Inventory.ListInventoryAsync(new ListInventoryRequest())).Items
            .ShouldHaveSingleItem().Version
            .ShouldBe("1.4.0");
    }

    [Fact]
    public async Task Inventory_UnknownVersionOrder_WaitsForAPerson()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", package: "libx", ecosystem: "ConanCenter"));
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:conan/libx@1.0");
        (await patching.OnlyAsync()).Undecided.ShouldBeTrue();
    }

    [Fact]
    public async Task Deadline_PassedOrReassessed_KeepsItsHistory()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", severity: "HIGH"));
        await patching.KnowAsync(PatchingEstate.Shop, tier: 3, owner: "parties/storefront");
        (await patching.OnlyAsync()).Owner.ShouldBe("parties/storefront");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1", modified: "2026-03-02T00:00:00Z"));
        var raised = await patching.OnlyAsync();
        raised.DueHistory.Count.ShouldBe(2);
        raised.DueHistory[1].Reason.ShouldContain("CRITICAL, was HIGH");

        patching.Estate.Clock.Set(raised.Due.ToDateTimeOffset().AddSeconds(1));
        await Eventually.HoldsAsync(
            async () => (await patching.OnlyAsync()).DeadlineOutcome == Remediation.Types.DeadlineOutcome.Missed, "the deadline is missed");
        await patching.HasAsync(PatchingEstate.Shop, "production", "pkg:composer/acme/shop-core@2.0.0");
        var done = await patching.OnlyAsync();
        (done.State, done.DeadlineOutcome).ShouldBe((State.Remediated, Remediation.Types.DeadlineOutcome.Missed));
    }

    [Fact]
    public async Task Demand_OfOpenRemediations_IsPublishedAnsweredAndTakenBack()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        (await patching.OnlyAsync()).Feasibility.State.ShouldBe(Feasibility.Types.State.Unknown);
        var asked = await Eventually.GetAsync(
            () => Task.FromResult(patching.Estate.PubSub.Of<SlotDemandChanged>().LastOrDefault()), "the demand");
        (asked.Demand.Component, asked.Demand.Severity, asked.Demand.Duration.Seconds).ShouldBe(
            (PatchingEstate.Shop, Severity.Critical, 3600L));

        await SupplyAsync(patching, asked, 1, supply =>
        {
            supply.BindingConstraint = "FREEZE";
            supply.Remedies.Add(new Remedy { Action = "OVERRIDE_FREEZE", Resource = "freezes/peak" });
        });
        var infeasible = (await patching.OnlyAsync()).Feasibility;
        (infeasible.State, infeasible.BindingConstraint, infeasible.Remedies[0].Resource).ShouldBe(
            (Feasibility.Types.State.Infeasible, "FREEZE", "freezes/peak"));
        await SupplyAsync(
            patching, asked, 2, supply => supply.FirstSlot = Timestamp.FromDateTimeOffset(patching.Estate.Clock.GetUtcNow().AddHours(3)));
        (await patching.OnlyAsync()).Feasibility.State.ShouldBe(Feasibility.Types.State.Feasible);

        await patching.HasAsync(PatchingEstate.Shop, "production");
        await Eventually.HoldsAsync(() => patching.Estate.PubSub.Of<SlotDemandChanged>()[^1].Meta.Deleted, "the demand is taken back");
    }

    [Fact]
    public async Task Lists_OfACallerWithALimitedReach_ShowOnlyThat()
    {
        await using var patching = await PatchingEstate.StartAsync();
        await patching.KnowAsync(PatchingEstate.Shop, tier: 2, system: "systems/front");
        await patching.ImportAsync(AdvisoryFormat.Osv, Documents.Osv("CVE-2026-1"));
        await patching.HasAsync(PatchingEstate.Shop, "production", Affected);
        await patching.HasAsync("components/other", "production", Affected);
        var scoped = patching.As(Callers.Person("eve", "engineer@systems/front"));
        (await scoped.Remediations.ListRemediationsAsync(new ListRemediationsRequest())).Remediations
            .ShouldHaveSingleItem().Component
            .ShouldBe(PatchingEstate.Shop);
        (await scoped.Inventory.ListInventoryAsync(new ListInventoryRequest())).Items
            .ShouldHaveSingleItem().Component
            .ShouldBe(PatchingEstate.Shop);
        var other = await patching.OnlyAsync("components/other");
        (await Refusal.OfAsync(scoped.Remediations.GetRemediationAsync(new GetRemediationRequest { Name = other.Name }))).Code.ShouldBe(
            StatusCode.NotFound);
    }

    private static async Task SupplyAsync(PatchingEstate patching, SlotDemandChanged asked, long version, Action<SlotSupply> answer)
    {
        var supply = new SlotSupply
        {
            Name = asked.Demand.Name.Replace("slotDemands", "slotSupplies", StringComparison.Ordinal),
            Demand = asked.Demand.Name,
            DemandVersion = asked.Meta.Version,
        };
        answer(supply);
        var delivered = await patching.Host.DeliverAsync(
            ServiceCatalog.Windows, supply.Name, new SlotSupplyChanged { Meta = Envelopes.Meta(version), Supply = supply });
        delivered.ShouldBe("SUCCESS");
    }
}
