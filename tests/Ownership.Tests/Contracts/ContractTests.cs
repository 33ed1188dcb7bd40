using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Phase = Governance.Ownership.V1.Obligation.Types.Phase;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Tests.Contracts;

/// <summary>Contracts as callers enter, change and read them.</summary>
public sealed class ContractTests : IAsyncLifetime
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
    public async Task CreateContract_WithDefaults_HasTheCustomaryServiceLevels()
    {
        var contract = await CreateAsync("acme-care", defaults: true);

        contract.ServiceLevels.Select(level => level.Severity)
            .ShouldBe([ServiceSeverity.S1, ServiceSeverity.S2, ServiceSeverity.S3, ServiceSeverity.S4]);
        contract.ServiceLevels[0].Response.ShouldBe(
            new ServiceTarget { Duration = new Duration { Seconds = 900 }, Clock = ServiceTarget.Types.Clock.Always });
        contract.ServiceLevels[3].Response.BusinessDays.ShouldBe(1);
        (contract.UptimeTarget, contract.Measurement.Period).ShouldBe((99.9, Period.Month));
        (await CreateAsync("acme-bare")).ServiceLevels.ShouldBeEmpty();
    }

    [Fact]
    public async Task CreateContract_FullOfFaults_NamesThemAll()
    {
        var refusal = await Refusal.OfAsync(_estate.Admin.Contracts.CreateContractAsync(new CreateContractRequest
        {
            Contract = new Contract
            {
                Party = "acme",
                TimeZone = "Europe/Berlim",
                StartDate = "2026-06-01",
                EndDate = "2026-01-01",
                NoticeDate = "2026-07-01",
                ServiceLevels =
                {
                    new ServiceLevel
                    {
                        Severity = ServiceSeverity.S1,
                        Response = new ServiceTarget { BusinessDays = 1, Duration = new Duration { Seconds = 60 } },
                    },
                    new ServiceLevel { Severity = ServiceSeverity.S1 },
                },
                CreditTiers = { new CreditTier { Below = 99, Credit = 10 }, new CreditTier { Below = 99.5, Credit = 20 } },
                Retainer = new Retainer { DebtShare = 101 },
                Obligations =
                {
                    new Obligation
                    {
                        Id = "recovery",
                        Phase = Phase.Recurring,
                        Kind = Obligation.Types.Kind.RecoveryExercise,
                        DueDate = "2026-06-30",
                    },
                    new Obligation
                    {
                        Id = "recovery",
                        Phase = Phase.Onboarding,
                        Kind = Obligation.Types.Kind.Documentation,
                        Status = Status.Done,
                    },
                },
            },
        }));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.ShouldBe(
        [
            "contract.display_name", "contract.time_zone", "contract.end_date", "contract.notice_date",
            "contract.service_levels[0].response", "contract.service_levels[1]", "contract.service_levels[1].severity",
            "contract.credit_tiers[1].below", "contract.retainer.minutes", "contract.retainer.debt_share", "contract.obligations[0].every_months",
            "contract.obligations[1].id", "contract.obligations[1].due_date", "contract.obligations[1].evidence",
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task CreateContract_OfPartiesThatAreNotThereOrOfTheWrongKind_NamesEach()
    {
        var refusal = await Refusal.OfAsync(() =>
            CreateAsync("acme-care", more: contract => (contract.Party, contract.InternalOwner) = ("team-a", "parties/nobody")));

        refusal.Fields.ShouldBe(["contract.party", "contract.internal_owner"]);
        refusal.Message.ShouldContain("parties/team-a is no VENDOR");
    }

    [Fact]
    public async Task UpdateContract_InTheFuture_IsPlannedAndReadableThen()
    {
        await CreateAsync("acme-care");
        var then = _estate.Now + NodaTime.Duration.FromDays(30);

        await _estate.Admin.Contracts.UpdateContractAsync(new UpdateContractRequest
        {
            Contract = new Contract { Name = "contracts/acme-care", UptimeTarget = 99.5 },
            UpdateMask = new FieldMask { Paths = { "uptime_target" } },
            EffectiveTime = then.ToStamp(),
        });

        (await GetAsync()).UptimeTarget.ShouldBe(0);
        var planned =
            await _estate.Admin.Contracts.GetContractAsync(new GetContractRequest { Name = "contracts/acme-care", At = then.ToStamp() });
        (planned.UptimeTarget, planned.DisplayName).ShouldBe((99.5, "Care"));
    }

    [Fact]
    public async Task GetContract_ByAVendorsUser_ShowsItsOwnAlone()
    {
        await CreateAsync("acme-care");
        await CreateAsync("other-care", more: contract => contract.Party = "other");
        var vendor = _estate.As(Callers.Person("vee", "engineer@parties/acme"));

        (await vendor.Contracts.ListContractsAsync(new ListContractsRequest())).Contracts
            .Select(one => one.Name)
            .ShouldBe(["contracts/acme-care"]);
        (await Refusal.OfAsync(vendor.Contracts.GetContractAsync(new GetContractRequest { Name = "contracts/other-care" }))).Code.ShouldBe(
            StatusCode.NotFound);
        (await Refusal.OfAsync(vendor.Contracts.DeleteContractAsync(
            new DeleteContractRequest { Name = "contracts/other-care", Reason = "x" }))).Code.ShouldBe(StatusCode.NotFound);
        var refusal = await Refusal.OfAsync(vendor.Contracts.CreateContractAsync(
            new CreateContractRequest { Contract = new Contract { DisplayName = "Mine", Party = "other", StartDate = "2026-01-01" } }));
        refusal.Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task DeleteContract_WithReason_StaysReadableAndLeavesTheLists()
    {
        await CreateAsync("acme-care", more: contract => contract.Obligations.Add(Exercise()));

        (await Refusal.OfAsync(_estate.Admin.Contracts.DeleteContractAsync(
            new DeleteContractRequest { Name = "contracts/acme-care" }))).Fields.ShouldBe(["reason"]);
        await _estate.Admin.Contracts.DeleteContractAsync(
            new DeleteContractRequest { Name = "contracts/acme-care", Reason = "Entered twice" });

        (await GetAsync()).DeleteTime.ShouldNotBeNull();
        (await _estate.Admin.Contracts.ListContractsAsync(new ListContractsRequest())).Contracts.ShouldBeEmpty();
        (await DueAsync(new ListObligationsRequest())).ShouldBeEmpty();
    }

    [Fact]
    public async Task FulfilObligation_ThatRecurs_KeepsItsHistoryAndIsDueNext()
    {
        await CreateAsync("acme-care", more: contract => contract.Obligations.Add(Exercise()));
        var request = new FulfilObligationRequest { Name = "contracts/acme-care", Obligation = "recovery" };
        (await Refusal.OfAsync(_estate.Admin.Obligations.FulfilObligationAsync(request))).Fields.ShouldBe(["evidence"]);
        (request.Evidence, request.DoneDate) = ("https://example.com/report", "2026-01-20");

        var one = (await _estate.Admin.Obligations.FulfilObligationAsync(request)).Obligations.Single();

        (one.Status, one.DueDate).ShouldBe((Status.Open, "2026-04-30"));
        one.Fulfilments.Single().Evidence.ShouldBe("https://example.com/report");
        (await DueAsync(new ListObligationsRequest { DueBefore = "2026-04-30" })).ShouldBeEmpty();
        (await DueAsync(new ListObligationsRequest { DueBefore = "2026-05-01" })).ShouldBe(["recovery"]);
    }

    [Fact]
    public async Task ListObligations_OfManyContracts_AreThoseDueFirstAndThoseOfTheCaller()
    {
        await CreateAsync("acme-care", more: contract =>
        {
            contract.Obligations.Add(Exercise());
            contract.EndDate = "2026-06-30";
            contract.Obligations.Add(new Obligation { Id = "handover", Phase = Phase.Exit, Kind = Obligation.Types.Kind.Handover });
            contract.Obligations.Add(new Obligation
            {
                Id = "docs",
                Phase = Phase.Onboarding,
                Kind = Obligation.Types.Kind.Documentation,
                DueDate = "2026-01-15",
                Status = Status.Waived,
            });
        });
        await CreateAsync("other-care", more: contract =>
        {
            contract.Party = "other";
            contract.Obligations.Add(Exercise());
        });
        await CreateAsync("third-care", more: contract => contract.Obligations.Add(
            new Obligation { Id = "revocation", Phase = Phase.Exit, Kind = Obligation.Types.Kind.CredentialRevocation }));

        (await DueAsync(new ListObligationsRequest { PageSize = 2, Party = "acme" })).ShouldBe(
            ["docs", "recovery", "handover", "revocation"]);
        (await DueAsync(new ListObligationsRequest { Status = Status.Open, DueBefore = "2026-07-01", Contract = "acme-care" })).ShouldBe(
            ["recovery", "handover"]);
        var seen =
            await _estate.As(Callers.Person("vee", "viewer@parties/other")).Obligations.ListObligationsAsync(new ListObligationsRequest());
        seen.Obligations.ShouldAllBe(one => one.Party == "parties/other");
    }

    private static Obligation Exercise() =>
        new()
        {
            Id = "recovery",
            Phase = Phase.Recurring,
            Kind = Obligation.Types.Kind.RecoveryExercise,
            DueDate = "2026-01-31",
            EveryMonths = 3,
        };

    private async Task<List<string>> DueAsync(ListObligationsRequest request)
    {
        var found = new List<string>();
        do
        {
            var page = await _estate.Admin.Obligations.ListObligationsAsync(request);
            found.AddRange(page.Obligations.Select(one => one.Obligation.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return found;
    }

    private async Task<Contract> GetAsync() =>
        await _estate.Admin.Contracts.GetContractAsync(new GetContractRequest { Name = "contracts/acme-care" });

    private async Task<Contract> CreateAsync(string id, bool defaults = false, Action<Contract>? more = null)
    {
        var contract = new Contract { DisplayName = "Care", Party = "acme", InternalOwner = "team-a", StartDate = "2026-01-01" };
        more?.Invoke(contract);
        return await _estate.Admin.Contracts.CreateContractAsync(
            new CreateContractRequest { Contract = contract, ContractId = id, Defaults = defaults });
    }
}
