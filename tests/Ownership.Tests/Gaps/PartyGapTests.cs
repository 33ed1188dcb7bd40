using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Governance.Testing;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;
using Duration = NodaTime.Duration;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.OwnershipGap.Types.Kind;
using PartyKind = Governance.Ownership.V1.Party.Types.Kind;
using Severity = Governance.Ownership.V1.OwnershipGap.Types.Severity;
using State = Governance.Ownership.V1.OwnershipGap.Types.State;

namespace Governance.Ownership.Tests.Gaps;

/// <summary>Gaps of parties and contracts open and close with the days of the contracts.</summary>
public sealed class PartyGapTests : IAsyncLifetime
{
    private OwnershipEstate _estate = null!;
    private LocalDate _first;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        _first = _estate.Now.InUtc().Date;
        await _estate.PartyAsync("ours", more: party => party.Contacts.Add(new Contact { Email = "desk@example.com" }));
        await _estate.PartyAsync("vendor", PartyKind.Vendor, party => party.Contacts.Add(new Contact { Phone = "+49 30 1234567" }));
        await _estate.ComponentAsync("checkout", tier: 1);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Contract_ThatRunsOut_OpensItsGapsDayByDay()
    {
        await ContractAsync("hosting", contract => contract.NoticeDate = Day(10), internalOwner: "parties/ours");
        await _estate.AssignAsync("checkout", "hosting", "vendor", Duty.Responsible);
        await _estate.LaterAsync(Duration.FromDays(40));

        var (notice, expired, watch) = (
            await _estate.GapAsync(
                Kind.ContractPastNotice,
                State.Closed), await _estate.GapAsync(Kind.ContractExpired), await _estate.GapAsync(Kind.VendorWithoutInternalOwner));

        (notice.OpenTime, notice.CloseTime, notice.Contract).ShouldBe((Midnight(11), Midnight(31), "contracts/hosting"));
        (expired.OpenTime, expired.Party, expired.Severity).ShouldBe((Midnight(31), "parties/vendor", Severity.Critical));
        watch.OpenTime.ShouldBe(Midnight(31));
        await ContractAsync("next", contract => (contract.StartDate, contract.EndDate) = (Day(35), ""), internalOwner: "parties/ours");
        (await _estate.GapAsync(Kind.ContractExpired, State.Closed)).CloseTime.ShouldBe(Midnight(35));
        (await _estate.GapAsync(Kind.VendorWithoutInternalOwner, State.Closed)).CloseTime.ShouldBe(Midnight(35));
    }

    [Fact]
    public async Task Obligation_ThatIsLate_IsAGapUntilItIsDone()
    {
        await ContractAsync("hosting", contract => contract.Obligations.Add(
            new Obligation
            {
                Id = "pentest",
                Phase = Obligation.Types.Phase.Onboarding,
                Kind = Obligation.Types.Kind.PenetrationTest,
                What = "Penetration test",
                DueDate = Day(5),
            }));
        var then = await _estate.LaterAsync(Duration.FromDays(8));
        var open = await _estate.GapAsync(Kind.ObligationOverdue);

        await _estate.Admin.Obligations.FulfilObligationAsync(
            new FulfilObligationRequest { Name = "contracts/hosting", Obligation = "pentest", Evidence = "Report 7" });
        var closed = await _estate.GapAsync(Kind.ObligationOverdue, State.Closed);

        (open.OpenTime, open.Obligation).ShouldBe((Midnight(6), "pentest"));
        closed.CloseTime.ShouldBe(then.ToStamp());
    }

    [Fact]
    public async Task Vendor_WhoseWorkATeamIsAccountableFor_IsWatched()
    {
        await _estate.AssignAsync("checkout", "hosting", "vendor", Duty.Responsible);
        var open = await _estate.GapAsync(Kind.VendorWithoutInternalOwner);
        var then = await _estate.LaterAsync(Duration.FromDays(2));

        await _estate.AssignAsync("checkout", "hosting", "ours", Duty.Accountable, then);

        var closed = await _estate.GapAsync(Kind.VendorWithoutInternalOwner, State.Closed);
        (closed.Name, closed.Party, closed.CloseTime).ShouldBe((open.Name, "parties/vendor", then.ToStamp()));
    }

    [Fact]
    public async Task Party_ThatLosesItsContact_IsAGapAndTheEscalationThatTellsItToo()
    {
        await _estate.Admin.EscalationPolicies.CreateEscalationPolicyAsync(new CreateEscalationPolicyRequest
        {
            EscalationPolicyId = "default",
            EscalationPolicy = new EscalationPolicy
            {
                DisplayName = "Default",
                Chains = { new EscalationPolicy.Types.Chain { Levels =
                {
                    new EscalationPolicy.Types.Level { Targets = { new EscalationPolicy.Types.Target { OnCall = "parties/ours" } } },
                } } },
            },
        });
        await _estate.AssignAsync("checkout", "hosting", "ours", Duty.Accountable);
        var then = await _estate.LaterAsync(Duration.FromDays(2));
        (await _estate.GapsAsync(Kind.OwnerWithoutContact)).ShouldBeEmpty();
        (await _estate.GapsAsync(Kind.LevelUnreachable)).ShouldBeEmpty();

        await _estate.Admin.Parties.UpdatePartyAsync(
            new UpdatePartyRequest { Party = new Party { Name = "parties/ours" }, UpdateMask = new FieldMask { Paths = { "contacts" } } });

        (await _estate.GapAsync(Kind.OwnerWithoutContact)).OpenTime.ShouldBe(then.ToStamp());
        var level = await _estate.GapAsync(Kind.LevelUnreachable);
        (level.OpenTime, level.Component, level.Party, level.Related).ShouldBe(
            (then.ToStamp(), "components/checkout", "parties/ours", "escalationPolicies/default"));
    }

    [Fact]
    public async Task Contract_WithoutServiceLevels_IsAGapOnlyItsVendorsPeopleSee()
    {
        await _estate.PartyAsync("other", PartyKind.Vendor);
        await ContractAsync("hosting", contract => contract.ServiceLevels.Clear());
        var gap = await _estate.GapAsync(Kind.ContractWithoutServiceLevels);

        (await SeenByAsync("vendor")).ShouldContain(gap.Name);
        (await SeenByAsync("other")).ShouldNotContain(gap.Name);
        gap.OpenTime.ShouldBe(Midnight(0));
    }

    private async Task<IEnumerable<string>> SeenByAsync(string party) =>
        (await _estate.As(Callers.Person("vee", $"viewer@parties/{party}")).OwnershipGaps
            .ListOwnershipGapsAsync(new ListOwnershipGapsRequest())).OwnershipGaps.Select(gap => gap.Name);

    /// <summary>From today until the thirtieth day from now.</summary>
    private async Task ContractAsync(string id, Action<Contract> more, string internalOwner = "")
    {
        var contract = new Contract
        {
            DisplayName = id,
            Party = "parties/vendor",
            InternalOwner = internalOwner,
            StartDate = Day(0),
            EndDate = Day(30),
            ServiceLevels = { new ServiceLevel
            {
                Severity = ServiceSeverity.S1,
                Response = new ServiceTarget { Duration = new() { Seconds = 900 } },
            } },
        };
        more(contract);
        await _estate.Admin.Contracts.CreateContractAsync(new CreateContractRequest { ContractId = id, Contract = contract });
    }

    /// <summary>So many days after the test's first.</summary>
    private string Day(int days) => LocalDatePattern.Iso.Format(_first.PlusDays(days));

    private Timestamp Midnight(int days) => _first.PlusDays(days).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant().ToStamp();
}
