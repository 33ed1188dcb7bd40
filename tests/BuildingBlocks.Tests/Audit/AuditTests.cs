using System.Security.Cryptography;
using System.Text;
using Governance.BuildingBlocks.Audit;
using Governance.BuildingBlocks.Operators;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    private TestHost Host => _estate[SampleServices.DepotEntry];

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync(SampleServices.Depot, SampleServices.Front);
        for (var i = 0; i < 5; i++) await _estate.Lots().CreateLotAsync(Depot.NewLot($"yard-{i}"));
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Verify_Untouched_IsIntactWithASignedHead()
    {
        var answer = await VerifyAsync();

        (answer.Intact, answer.Entries).ShouldBe((true, 5));
        answer.Head.Sequence.ShouldBe(5);
        HeadSigner.Holds(answer.Head).ShouldBeTrue();
        answer.Head.Sequence = 6;
        HeadSigner.Holds(answer.Head).ShouldBeFalse();
    }

    [Theory]
    [InlineData("UPDATE AuditEntries SET Reason = 'forged' WHERE Sequence = 3", 3)]
    [InlineData("UPDATE AuditEntries SET Person = 'users/other' WHERE Sequence = 1", 1)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 2", 2)]
    [InlineData("DELETE FROM AuditEntries WHERE Sequence = 5", 5)]
    [InlineData("UPDATE AuditEntries SET PreviousHash = Hash WHERE Sequence = 4", 4)]
    public async Task Verify_Tampered_NamesTheFirstBrokenEntry(string tamper, long broken)
    {
        await Host.ReadAsync(db => db.Database.ExecuteSqlRawAsync(tamper));

        var answer = await VerifyAsync();

        (answer.Intact, answer.FirstBrokenSequence).ShouldBe((false, broken));
        answer.Problem.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Verify_ChainRewrittenAsAWhole_DisagreesWithTheHeadThatANeighbourKept()
    {
        var (depot, front) = (Heads(Host), Heads(_estate[SampleServices.FrontEntry]));
        await depot.PublishAsync(CancellationToken.None);
        await Eventually.HoldsAsync(
            () => KeptAsync(_estate[SampleServices.FrontEntry], "depot", keeper: "front"), "the neighbour keeps the head");
        await front.PublishAsync(CancellationToken.None);
        await Eventually.HoldsAsync(() => KeptAsync(Host, "depot", keeper: "front"), "the head came back");
        (await VerifyAsync()).HeadsCompared.ShouldBe(1);

        await Host.ReadAsync(RewriteAsync);
        var answer = await VerifyAsync();

        (answer.Intact, answer.FirstBrokenSequence).ShouldBe((false, 5));
        answer.Problem.ShouldContain("front");
    }

    [Fact]
    public async Task Export_Whole_LetsAnOutsiderVerify()
    {
        await _estate.Lots().UpdateLotAsync(new UpdateLotRequest
        {
            Lot = new Lot { Name = "lots/yard-1", DisplayName = "Ä, \"x\"\n", Capacity = 2 },
            Reason = "Why: because, 1:2",
        });

        var entries = new List<AuditEntry>();
        using var export = _estate.Operations().ExportAudit(new ExportAuditRequest());
        await foreach (var entry in export.ResponseStream.ReadAllAsync()) entries.Add(entry);

        entries.Count.ShouldBe(6);
        var previous = new string('0', 64);
        foreach (var entry in entries)
        {
            entry.PreviousHash.ShouldBe(previous);
            entry.Hash.ShouldBe(OutsidersHash(entry));
            previous = entry.Hash;
        }
    }

    [Fact]
    public async Task Changes_OfOneResource_ChainTheirDigests()
    {
        await _estate.Lots()
            .UpdateLotAsync(new UpdateLotRequest { Lot = new Lot { Name = "lots/yard-1", DisplayName = "Other", Capacity = 2 } });

        var entries = (await _estate.Operations().ListAuditEntriesAsync(new ListAuditEntriesRequest { Resource = "lots/yard-1" })).Entries;

        entries.Count.ShouldBe(2);
        entries[0].BeforeDigest.ShouldBe(entries[1].AfterDigest);
        entries[0].AfterDigest.ShouldNotBe(entries[0].BeforeDigest);
    }

    /// <summary>docs/audit.md in a few lines, written without our own code.</summary>
    private static string OutsidersHash(AuditEntry entry)
    {
        string[] fields =
        [
            entry.PreviousHash, $"{entry.Sequence}", $"{(entry.Time.Seconds * 10_000_000) + (entry.Time.Nanos / 100)}",
            entry.Actor.Principal, entry.Actor.Person, string.Join(',', entry.Roles), entry.Action, entry.Resource,
            entry.BeforeDigest, entry.AfterDigest, entry.Reason, entry.CorrelationId, entry.Duty,
        ];
        var text = string.Concat(fields.Select(field => $"{Encoding.UTF8.GetByteCount(field)}:{field},"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static AuditHeads<SampleDb> Heads(TestHost host) => host.Services.GetRequiredService<AuditHeads<SampleDb>>();

    private static Task<bool> KeptAsync(TestHost host, string service, string keeper) =>
        host.ReadAsync(db => db.AuditHeads.AnyAsync(head => head.Service == service && head.Keeper == keeper));

    /// <summary>Someone with the database and the code changes an entry and hashes everything anew.</summary>
    private static async Task<int> RewriteAsync(SampleDb db)
    {
        var previous = AuditChain.Genesis;
        foreach (var entry in await db.AuditEntries.OrderBy(entry => entry.Sequence).ToListAsync())
        {
            if (entry.Sequence == 2) entry.Person = "users/other";
            entry.PreviousHash = previous;
            previous = entry.Hash = AuditChain.HashOf(entry);
        }

        (await db.Ledger.SingleAsync()).AuditHead = previous;
        return await db.SaveChangesAsync();
    }

    private async Task<VerifyAuditResponse> VerifyAsync() => await _estate.Operations().VerifyAuditAsync(new VerifyAuditRequest());
}
