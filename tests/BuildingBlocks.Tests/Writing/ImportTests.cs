using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

public sealed class ImportTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Document_CutAnywhere_IsReadAsOne()
    {
        var summary = await ImportAsync("north-yard\n# a comment\nsüd-yard\neast-yard\n", chunk: 3);

        (summary.Created, summary.RejectedCount).ShouldBe((3, 1));
        summary.Rejected.ShouldHaveSingleItem().Position.ShouldBe("line 2");
        (await _estate.Lots().GetLotAsync(new GetLotRequest { Name = "lots/süd-yard" })).Component.ShouldBe("components/checkout");
    }

    [Fact]
    public async Task Document_Repeated_ChangesNothing()
    {
        await ImportAsync("north-yard\nsouth-yard\n", chunk: 100);

        var summary = await ImportAsync("north-yard\nsouth-yard\n", chunk: 100);

        (summary.Created, summary.Unchanged).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Records_ByTheThousand_CommitInBatchesWithOneAuditEntryEach()
    {
        var summary = await ImportAsync(string.Concat(Enumerable.Range(0, 1200).Select(i => $"yard-{i}\n")), chunk: 4000);

        summary.Created.ShouldBe(1200);
        var entries = (await _estate.Operations().ListAuditEntriesAsync(new ListAuditEntriesRequest())).Entries;
        entries.Count.ShouldBe(3);
        entries.ShouldAllBe(entry => entry.Resource == "lots" && entry.Action == "ImportLots");
        await Eventually.HoldsAsync(() => _estate.PubSub.Of<LotChanged>().Count == 1200, "every event went out");
        (await _estate.Operations().VerifyAuditAsync(new())).Intact.ShouldBeTrue();
    }

    [Fact]
    public async Task Record_WithATextLongerThanItsColumn_IsRefusedAlone()
    {
        // 101 characters beyond the first plane are 202 of .NET and of nvarchar, where 200 are kept.
        var tooLong = string.Concat(Enumerable.Repeat("\U0001F6A2", 101));
        var longest = string.Concat(Enumerable.Repeat("\U0001F6A2", 100));

        var summary = await ImportAsync($"yard-0\nyard-1\n{tooLong}\nyard-2\n{longest}\n", chunk: 4000);

        summary.Created.ShouldBe(4);
        var refused = summary.Rejected.ShouldHaveSingleItem();
        refused.Reason.ShouldContain("id: Has 202 characters; at most 200 are kept.");
        await Eventually.HoldsAsync(() => _estate.PubSub.Of<LotChanged>().Count == 4, "the others' events went out");
    }

    [Fact]
    public async Task Stream_WithoutMessages_IsInvalid()
    {
        using var import = _estate.Lots().ImportLots();
        await import.RequestStream.CompleteAsync();

        var refusal = await Refusal.OfAsync(() => import.ResponseAsync);

        refusal.Fields.ShouldBe(["document"]);
    }

    [Fact]
    public async Task Upload_BrokenOff_KeepsWhatHadCommittedAndNothingHalf()
    {
        using (var import = _estate.Lots().ImportLots())
        {
            await import.RequestStream.WriteAsync(Message(string.Concat(Enumerable.Range(0, 700).Select(i => $"yard-{i}\n"))));
            await Eventually.HoldsAsync(() => CountIsAsync(500), "the first batch committed");
        }

        (await CountIsAsync(500)).ShouldBeTrue();
        (await _estate.Operations().VerifyAuditAsync(new())).Intact.ShouldBeTrue();
    }

    private static ImportLotsRequest Message(string text) => new()
    {
        Component = "components/checkout",
        Document = new HttpBody { ContentType = "text/plain", Data = ByteString.CopyFromUtf8(text) },
    };

    private Task<bool> CountIsAsync(int count) =>
        _estate[SampleServices.DepotEntry].ReadAsync(async db => await db.Lots.CountAsync() == count);

    private async Task<ImportSummary> ImportAsync(string text, int chunk)
    {
        using var import = _estate.Lots().ImportLots();
        await import.RequestStream.WriteAsync(Message(""));
        foreach (var part in System.Text.Encoding.UTF8.GetBytes(text).Chunk(chunk))
        {
            await import.RequestStream.WriteAsync(new ImportLotsRequest { Document = new HttpBody { Data = ByteString.CopyFrom(part) } });
        }
        await import.RequestStream.CompleteAsync();
        return (await import).Summary;
    }
}
