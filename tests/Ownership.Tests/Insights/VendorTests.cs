using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using NodaTime;
using Shouldly;
using Xunit;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;

namespace Governance.Ownership.Tests.Insights;

/// <summary>How much depends on a vendor, and what its exit leaves. The clock stands at 2026-03-02.</summary>
public sealed class VendorTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.PartyAsync("acme", Party.Types.Kind.Vendor);
        await _estate.PartyAsync("other", Party.Types.Kind.Vendor);
        await _estate.PartyAsync("team-a");
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task AssessVendor_SharesOfAllParties_AddUpToOne()
    {
        await _estate.ComponentAsync("checkout", "parties/acme", tier: 1);
        await _estate.ComponentAsync("search", "parties/other", tier: 3);
        await _estate.ComponentAsync("blog", "parties/other", tier: 4);
        await _estate.AssignAsync("search", "hosting", "acme", Duty.Responsible);
        await _estate.AssignAsync("search", "hosting", "other", Duty.Responsible);
        await _estate.AssignAsync("blog", "data", "acme", Duty.Accountable);

        var (acme, other) = (await AssessAsync("acme"), await AssessAsync("other"));

        acme.TotalWeight.ShouldBe(8 + 2 + 1);
        acme.WorkShare.ShouldBe(((8 * 12) + (2 / 2.0) + 1) / (11 * 12.0), 1e-6);
        acme.AccountableShare.ShouldBe(((8 * 12) + 1) / (11 * 12.0), 1e-6);
        (acme.WorkShare + other.WorkShare).ShouldBe(1, 1e-5);
        (acme.AccountableShare + other.AccountableShare).ShouldBe(1, 1e-5);
        acme.Held.Select(one => (one.Component, one.Owner))
            .ShouldBe([("components/checkout", true), ("components/search", false), ("components/blog", false)]);
        acme.Held[1].ResponsibleAreas.ShouldBe(["hosting"]);
        acme.Held[2].AccountableAreas.ShouldBe(["data"]);
        acme.SoleComponents.ShouldBe(["components/checkout"]);
    }

    [Fact]
    public async Task AssessVendor_Contracts_AreToldWithWhatIsWrong()
    {
        await ContractAsync("acme-old", contract => contract.EndDate = "2026-01-31");
        await ContractAsync("acme-now", contract =>
        {
            (contract.EndDate, contract.NoticeDate, contract.Renewal) = ("2026-12-31", "2026-02-28", Contract.Types.Renewal.Automatic);
            contract.Obligations.Add(new Obligation
            {
                Id = "pentest",
                Phase = Obligation.Types.Phase.Recurring,
                Kind = Obligation.Types.Kind.PenetrationTest,
                DueDate = "2026-03-01",
                EveryMonths = 12,
            });
        });

        var acme = await AssessAsync("acme");

        acme.Contracts.Select(one => (one.Contract, one.State, one.PastNoticeDate, one.FinalDate)).ShouldBe(
        [
            ("contracts/acme-now", Contract.Types.State.InForce, true, ""), (
                "contracts/acme-old", Contract.Types.State.Expired, false, "2026-01-31"),
        ]);
        acme.Contracts[0].OverdueObligations.ShouldBe(["pentest"]);
        acme.Contracts.ShouldAllBe(one => one.WithoutServiceLevels && one.WithoutInternalOwner);
        acme.WithoutContract.ShouldBeFalse();
        (await Refusal.OfAsync(_estate.Admin.Insights.AssessVendorAsync(new AssessVendorRequest { Name = "parties/team-a" }))).Reason
            .ShouldBe("NOT_A_VENDOR");
        var stranger = _estate.As(Callers.Person("vee", "viewer@parties/other"));
        (await Refusal.OfAsync(stranger.Insights.AssessVendorAsync(new AssessVendorRequest { Name = "parties/acme" }))).Code.ShouldBe(
            StatusCode.NotFound);
    }

    [Fact]
    public async Task SimulateExit_OfAVendor_TellsWhatIsOrphanedWhatFallsAndWhoCouldTakeOver()
    {
        await _estate.ComponentAsync("checkout", "parties/acme", tier: 1);
        await _estate.ComponentAsync("search", "parties/team-a");
        await _estate.AssignAsync("checkout", "apis", "team-a", Duty.Accountable);
        await _estate.AssignAsync("checkout", "data", "other", Duty.Consulted);
        await _estate.AssignAsync("search", "hosting", "acme", Duty.Accountable);
        await _estate.AssignAsync("search", "upgrades", "acme", Duty.Responsible);

        var exit = await ExitAsync("2026-06-30");

        exit.Losses.Select(loss => loss.Component).ShouldBe(["components/checkout", "components/search"]);
        exit.Losses[0].OrphanedAreas.Count.ShouldBe(11);
        exit.Losses[0].OrphanedAreas.ShouldNotContain("apis");
        exit.Losses[0].Candidates.Select(one => (one.Party, one.Duty))
            .ShouldBe([("parties/team-a", Duty.Accountable), ("parties/other", Duty.Consulted)]);
        (exit.Losses[1].FallenAreas.Single(), exit.Losses[1].Owner, exit.Losses[1].UndoneAreas.Single()).ShouldBe(
            ("hosting", "parties/team-a", "upgrades"));
        exit.OrphanedCount.ShouldBe(11);
    }

    [Fact]
    public async Task SimulateExit_PlannedChanges_CountWhenTheyComeBeforeTheDay()
    {
        await _estate.ComponentAsync("checkout", "parties/acme");
        await _estate.ComponentAsync("search", "parties/team-a");
        await _estate.AssignAsync("search", "hosting", "acme", Duty.Accountable, until: Instant.FromUtc(2026, 5, 1, 0, 0));
        await OwnerAsync("checkout", "parties/team-a", Instant.FromUtc(2026, 4, 1, 0, 0));
        await OwnerAsync("search", "parties/acme", Instant.FromUtc(2026, 6, 1, 0, 0));

        (await ExitAsync("2026-03-31")).Losses.Select(loss => loss.Component).ShouldBe(["components/checkout", "components/search"]);
        (await ExitAsync("2026-04-15")).Losses.Select(loss => loss.Component).ShouldBe(["components/search"]);
        (await ExitAsync("2026-05-15")).Losses.ShouldBeEmpty();
        (await ExitAsync("2026-06-15")).Losses.Single().OrphanedAreas.Count.ShouldBe(12);
    }

    [Fact]
    public async Task SimulateExit_WhatDependsOnTheOrphaned_IsWalkedOnceEachByItsShortestPath()
    {
        await _estate.ComponentAsync("payments", "parties/acme", more: one => one.ProvidesApi.Add("apis/pay"));
        await _estate.ComponentAsync(
            "checkout", "parties/team-a", more: one => one.DependsOn.Add(["components/payments", "components/shop"]));
        await _estate.ComponentAsync("shop", "parties/team-a", tier: 1, more: one => one.DependsOn.Add("components/checkout"));
        await _estate.ComponentAsync("app", "parties/team-a", more: one => one.ConsumesApi.Add("apis/pay"));
        await _estate.ComponentAsync("blog", "parties/team-a");

        var exit = await ExitAsync("2026-06-30");

        exit.Affected.Select(one => (one.Component, one.Distance, one.Via)).ShouldBe(
        [
            ("components/app", 1, "components/payments"), (
                "components/checkout", 1, "components/payments"), ("components/shop", 2, "components/checkout"),
        ]);
        exit.AffectedTruncated.ShouldBeFalse();
    }

    [Fact]
    public async Task SimulateExit_Contracts_AreToldWithTheirEndAndWhatIsDueBeforeIt()
    {
        await ContractAsync("acme-now", contract =>
        {
            (contract.EndDate, contract.NoticeDate, contract.Renewal) = ("2026-12-31", "2026-09-30", Contract.Types.Renewal.Automatic);
            contract.Obligations.Add(
                new Obligation { Id = "handover", Phase = Obligation.Types.Phase.Exit, Kind = Obligation.Types.Kind.Handover });
            contract.Obligations.Add(new Obligation
            {
                Id = "docs",
                Phase = Obligation.Types.Phase.Exit,
                Kind = Obligation.Types.Kind.Documentation,
                DueDate = "2026-04-30",
            });
        });

        var exit = await ExitAsync("2026-06-30");

        exit.Contracts.Single()
            .ShouldBe(new ExitContract { Contract = "contracts/acme-now", EarliestEndDate = "2026-12-31", RunsBeyond = true });
        exit.Obligations.Select(one => (one.Obligation.Id, one.DueDate)).ShouldBe([("docs", "2026-04-30"), ("handover", "2026-06-30")]);
        (await ExitAsync("2026-12-31")).Contracts.Single().RunsBeyond.ShouldBeFalse();
        (await Refusal.OfAsync(() => ExitAsync("2026-02-28"))).Fields.ShouldBe(["date"]);
    }

    private async Task OwnerAsync(
        string component, string owner, Instant from) => await _estate.Admin.Components.UpdateComponentAsync(new UpdateComponentRequest
        {
            Component = new Component { Name = $"components/{component}", Owner = owner },
            UpdateMask = new FieldMask { Paths = { "owner" } },
            EffectiveTime = from.ToStamp(),
        });

    private async Task ContractAsync(string id, Action<Contract> more)
    {
        var contract = new Contract { DisplayName = id, Party = "acme", StartDate = "2026-01-01" };
        more(contract);
        await _estate.Admin.Contracts.CreateContractAsync(new CreateContractRequest { Contract = contract, ContractId = id });
    }

    private async Task<VendorAssessment> AssessAsync(string party) =>
        await _estate.Admin.Insights.AssessVendorAsync(new AssessVendorRequest { Name = $"parties/{party}" });

    private async Task<ExitSimulation> ExitAsync(string date) =>
        await _estate.Admin.Insights.SimulateExitAsync(new SimulateExitRequest { Name = "parties/acme", Date = date });
}
