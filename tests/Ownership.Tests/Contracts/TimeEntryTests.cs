using Google.Api;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Contracts;

/// <summary>Time worked against a retainer, and the statement of it.</summary>
public sealed class TimeEntryTests : IAsyncLifetime
{
    private const string Sheet = """
        Date,Hours,Work Type,Component,After hours,Id,Note
        2026-01-10,10,support,checkout,no,a-1,
        2026-02-03,1.5,Support,components/checkout,yes,a-2,"Night, again"
        2026-02-04,2:15,debt,,no,,Old queue
        2026-13-01,1,support,,no,a-3,
        2025-12-31,1,support,,no,a-4,
        2026-02-05,much,support,,maybe,a-5,
        2026-02-06,1
        """;

    private OwnershipEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await OwnershipEstate.StartAsync();
        await _estate.PartyAsync("acme", Party.Types.Kind.Vendor);
        await _estate.Admin.Contracts.CreateContractAsync(new CreateContractRequest
        {
            ContractId = "acme-care",
            Contract = new Contract
            {
                DisplayName = "Care",
                Party = "acme",
                StartDate = "2026-01-01",
                Retainer = new Retainer
                {
                    Minutes = 1200,
                    RollOverPeriods = 1,
                    RollOverMinutes = 400,
                    DebtShare = 20,
                    AfterHoursMultiplier = 2,
                },
            },
        });
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task ImportTimeEntries_FromCsv_RefusesBadRowsOneByOneAndIsIdempotent()
    {
        var first = await ImportAsync(Sheet);

        (first.Created, first.RejectedCount).ShouldBe((3, 4));
        first.Rejected.Select(row => (row.Position, row.Id))
            .ShouldBe([("line 5", "a-3"), ("line 6", "a-4"), ("line 7", "a-5"), ("line 8", "")]);
        first.Rejected[0].Reason.ShouldBe("date: '2026-13-01' is no date such as 2026-03-31.");
        first.Rejected[1].Reason.ShouldContain("before the contract's first day");
        first.Rejected[2].Reason.ShouldContain("afterHours: 'maybe'");
        (await ImportAsync(Sheet)).Unchanged.ShouldBe(3);
        (await ImportAsync(Sheet.Replace("a-1,", "a-1,More"), validateOnly: true)).Updated.ShouldBe(1);
        (await ImportAsync(Sheet.Replace("a-1,", "a-1,More"))).Updated.ShouldBe(1);
    }

    [Fact]
    public async Task ImportTimeEntries_FromJsonOrLines_ReadsTheSameEntries()
    {
        const string one =
            """{"date":"2026-02-03","minutes":90,"workType":"support","component":"checkout","afterHours":true,"id":"a-2","note":"x"}""";

        (await ImportAsync($"[{one}]")).Created.ShouldBe(1);
        (await ImportAsync($"{one}\n{{\"date\":\"2026-02-04\",\"hours\":0.25}}\n{{\"date\":\"2026-02-04\",\"minuts\":3}}\n"))
            .ShouldSatisfyAllConditions(
                answer => answer.Unchanged.ShouldBe(1),
                answer => answer.Created.ShouldBe(1),
                answer => answer.Rejected.Single().Position.ShouldBe("line 3"),
                answer => answer.Rejected.Single().Reason.ShouldContain("no column 'minuts'"));
        var entries = (await _estate.Admin.TimeEntries.ListTimeEntriesAsync(
            new ListTimeEntriesRequest { Parent = "contracts/acme-care" })).TimeEntries;
        entries.Select(entry => (entry.Date, entry.Minutes)).ShouldBe([("2026-02-03", 90), ("2026-02-04", 15)]);
    }

    [Fact]
    public async Task ImportTimeEntries_WithoutUsableHeader_IsRefusedAsAWhole()
    {
        var refusal = await Refusal.OfAsync(() => ImportAsync("Date,Person\n2026-02-01,x\n"));

        refusal.Fields.ShouldBe(["document"]);
        refusal.Message.ShouldContain("There is no column 'Person'");
    }

    [Fact]
    public async Task GetStatement_OfAMonth_AddsUpToItsEntries()
    {
        await ImportAsync(Sheet);

        var february = await StatementAsync("2026-02");

        (february.StartDate, february.EndDate, february.GrantedMinutes, february.RolledInMinutes).ShouldBe(
            ("2026-02-01", "2026-02-28", 1200, 400));
        (february.UsedMinutes, february.AfterHoursMinutes, february.AfterHoursSurchargeMinutes).ShouldBe((180 + 135, 90, 90));
        (february.LeftMinutes, february.LeftForDebtMinutes, february.DebtUsedMinutes).ShouldBe((1285, 240 - 135, 135));
        (february.RollingOverMinutes, february.ExpiringMinutes).ShouldBe((400, 885));
        february.RolledIn.Single()
            .ShouldBe(new RolledMinutes { StartDate = "2026-01-01", Minutes = 400, UsedMinutes = 315, UsableUntil = "2026-02-28" });
        february.ByWorkType.Select(used => (used.Key, used.UsedMinutes_, used.EntryCount))
            .ShouldBe([("support", 180, 1), ("debt", 135, 1)]);
        february.ByComponent.Select(used => (used.Key, used.UsedMinutes_)).ShouldBe([("components/checkout", 180), ("", 135)]);
        var behind = await _estate.Admin.TimeEntries.ListTimeEntriesAsync(
            new ListTimeEntriesRequest { Parent = "contracts/acme-care", FromDate = "2026-02-01", UntilDate = "2026-03-01" });
        behind.TimeEntries.Count.ShouldBe(february.EntryCount);
    }

    [Fact]
    public async Task GetStatement_AfterARevision_KeepsThePastAsItWas()
    {
        await ImportAsync(Sheet);
        await _estate.Admin.Contracts.UpdateContractAsync(new UpdateContractRequest
        {
            Contract = new Contract { Name = "contracts/acme-care", Retainer = new Retainer { Minutes = 60 } },
            UpdateMask = new FieldMask { Paths = { "retainer" } },
            EffectiveTime = NodaTime.Instant.FromUtc(2030, 6, 1, 0, 0).ToStamp(),
        });

        (await StatementAsync("2030-05")).GrantedMinutes.ShouldBe(1200);
        (await StatementAsync("2030-06")).GrantedMinutes.ShouldBe(60);
        (await StatementAsync("2030-06")).RolledInMinutes.ShouldBe(400, "what was granted under the terms of May stays as they say");
    }

    [Fact]
    public async Task GetStatement_WithoutRetainerOrOutsideOfTheContract_SaysSo()
    {
        await _estate.Admin.Contracts.CreateContractAsync(new CreateContractRequest
        {
            ContractId = "acme-bare",
            Contract = new Contract { DisplayName = "Bare", Party = "acme", StartDate = "2026-01-01", EndDate = "2026-06-30" },
        });

        (await Refusal.OfAsync(_estate.Admin.Statements.GetStatementAsync(
            new GetStatementRequest { Name = "contracts/acme-bare", Month = "2026-02" }))).Reason.ShouldBe("NO_RETAINER");
        (await Refusal.OfAsync(_estate.Admin.Statements.GetStatementAsync(
            new GetStatementRequest { Name = "contracts/acme-bare", Month = "2026-07" }))).Message.ShouldContain(
            "after the contract's last day, 2026-06-30");
        (await Refusal.OfAsync(_estate.Admin.Statements.GetStatementAsync(
            new GetStatementRequest { Name = "contracts/acme-bare", Month = "02/2026" }))).Fields.ShouldBe(["month"]);
    }

    [Fact]
    public async Task ImportTimeEntries_ByAnotherVendorsUser_FindsNoContract()
    {
        (await Refusal.OfAsync(() => ImportAsync(Sheet, caller: Callers.Person("vee", "engineer@parties/other")))).Code.ShouldBe(
            StatusCode.NotFound);
        (await ImportAsync(Sheet, caller: Callers.Person("vee", "engineer@parties/acme"))).Created.ShouldBe(3);
    }

    private async Task<Statement> StatementAsync(string month) =>
        await _estate.Admin.Statements.GetStatementAsync(new GetStatementRequest { Name = "contracts/acme-care", Month = month });

    /// <summary>In pieces of a few bytes, as a network may cut it.</summary>
    private async Task<ImportTimeEntriesResponse> ImportAsync(
        string document, bool validateOnly = false, BuildingBlocks.Security.Caller? caller = null)
    {
        using var call = _estate.As(caller ?? Callers.Admin).TimeEntries.ImportTimeEntries();
        await call.RequestStream.WriteAsync(new ImportTimeEntriesRequest { Parent = "contracts/acme-care", ValidateOnly = validateOnly });
        foreach (var piece in System.Text.Encoding.UTF8.GetBytes(document).Chunk(37))
        {
            await call.RequestStream.WriteAsync(
                new ImportTimeEntriesRequest { Document = new HttpBody { Data = ByteString.CopyFrom(piece) } });
        }
        await call.RequestStream.CompleteAsync();
        return await call.ResponseAsync;
    }
}
