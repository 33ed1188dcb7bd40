using Governance.BuildingBlocks.Eventing;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class RepublishTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    private TestHost Front => _estate[SampleServices.FrontEntry];

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Consumer_ThatComesLater_AsksUntilItHasEverything()
    {
        await CreateAsync(450);
        await _estate.Lots().DeleteLotAsync(new DeleteLotRequest { Name = "lots/yard-7", Reason = "It was sold." });

        await _estate.StartAsync(SampleServices.Front);

        await Eventually.HoldsAsync(CompleteAsync, "the republish came in full");
        (await Front.ReadAsync(db => db.Copies.CountAsync())).ShouldBe(449);
        (await Front.ReadAsync(db => db.Copies.IgnoreQueryFilters().CountAsync())).ShouldBe(450);
    }

    [Fact]
    public async Task Sweep_AfterARun_RemovesWhatTheOwnerNoLongerKnows()
    {
        await CreateAsync(3);
        await _estate.StartAsync(SampleServices.Front);
        await Eventually.HoldsAsync(CompleteAsync, "the first republish came in full");
        await Front.DeliverAsync(SampleServices.DepotEntry, "lots/phantom", DeliveryTests.Event("lots/phantom", version: 1));
        await Front.DeliverAsync(
            SampleServices.DepotEntry, "lots/younger", DeliveryTests.Event("lots/younger", version: 1, sequence: long.MaxValue));

        var run = await _estate.Operations().RepublishAsync(new RepublishRequest());

        run.Total.ShouldBe(3);
        await Eventually.HoldsAsync(async () => await _estate.CopyAsync("lots/phantom") is null, "the phantom was swept");
        (await _estate.CopyAsync("lots/younger")).ShouldNotBeNull();
        (await Front.ReadAsync(db => db.Copies.CountAsync())).ShouldBe(4);
    }

    [Fact]
    public async Task Run_WhoseLastEventComesAfterItsEnd_KeepsWhatItTouched()
    {
        await _estate.StartAsync(SampleServices.Front);
        await Eventually.HoldsAsync(CompleteAsync, "the first republish came in full");
        var run = "zz-the-newest-run";
        await Front.DeliverAsync(SampleServices.DepotEntry, "lots/yard-0", DeliveryTests.Event("lots/yard-0", version: 1));
        var end = new RepublishCompleted { Owner = "depot", Run = run, Total = 1, Epoch = 1, SnapshotSequence = 100 };
        await Front.DeliverAsync(SampleServices.DepotEntry, $"republishes/{run}", end);

        await Front.DeliverAsync(SampleServices.DepotEntry, "lots/yard-0", DeliveryTests.Event("lots/yard-0", version: 1, run: run));

        (await _estate.CopyAsync("lots/yard-0")).ShouldNotBeNull();
    }

    [Fact]
    public async Task Restore_OfAnOlderOwner_BringsTheCopiesBack()
    {
        await CreateAsync(2);
        await _estate.StartAsync(SampleServices.Front);
        await Eventually.HoldsAsync(CompleteAsync, "the first republish came in full");
        await _estate.StopAsync(SampleServices.DepotEntry);
        Backup("depot.db", "depot.bak");
        await _estate.StartAsync(SampleServices.Depot);
        await _estate.Lots()
            .UpdateLotAsync(new UpdateLotRequest { Lot = new Lot { Name = "lots/yard-0", DisplayName = "Lost", Capacity = 1 } });
        await _estate.Lots().CreateLotAsync(Depot.NewLot("lost-yard"));
        await Eventually.HoldsAsync(async () => await _estate.CopyAsync("lots/lost-yard") is not null, "the copy came");
        await Eventually.HoldsAsync(async () => (await _estate.CopyAsync("lots/yard-0"))?.DisplayName == "Lost", "the update came");

        await _estate.StopAsync(SampleServices.DepotEntry);
        Backup("depot.bak", "depot.db");
        await _estate.StartAsync(SampleServices.Depot, settings => settings with { RaiseEpoch = true });

        await Eventually.HoldsAsync(async () => await _estate.CopyAsync("lots/lost-yard") is null, "what was lost is gone");
        await Eventually.HoldsAsync(
            async () => (await _estate.CopyAsync("lots/yard-0"))?.DisplayName == "Lot yard-0", "the older state is back");
    }

    [Fact]
    public async Task Run_InterruptedByACrash_GoesOn()
    {
        await CreateAsync(1000);
        await _estate.Operations().RepublishAsync(new RepublishRequest());

        await _estate.RestartAsync(SampleServices.DepotEntry, abruptly: true);

        await Eventually.HoldsAsync(() => _estate.PubSub.Of<RepublishCompleted>().Count > 0, "the run ended");
        var completed = _estate.PubSub.Of<RepublishCompleted>()[0];
        completed.Total.ShouldBe(1000);
        _estate.PubSub.Of<LotChanged>()
            .Where(changed => changed.Meta.Run == completed.Run)
            .Select(changed => changed.Lot.Name)
            .Distinct()
            .Count()
            .ShouldBe(1000);
    }

    [Fact]
    public async Task Run_ThatANewReleaseGoesOnWith_ReadsItsSourcesByName()
    {
        await CreateAsync(3);
        await _estate.StopAsync(SampleServices.DepotEntry);
        await _estate.StartAsync(
            SampleServices.Depot, overrides: services => services.AddSingleton<IRepublishSource<SampleDb>, BerthSource>());
        await _estate[SampleServices.DepotEntry].ReadAsync(async db =>
        {
            // As the release before left it: done with what this one has no longer, and in the middle of a source that has gone.
            db.RepublishRuns.Add(
                new RepublishRow { Run = "of-the-release-before", Done = "Sheds\n", Source = "Kiosks", Cursor = "zzz", Sent = 5 });
            return await db.SaveChangesAsync();
        });

        await _estate.Operations().RepublishAsync(new RepublishRequest());

        await Eventually.HoldsAsync(() => _estate.PubSub.Of<RepublishCompleted>().Count > 0, "the run ended");
        _estate.PubSub.Of<RepublishCompleted>()[0].Total.ShouldBe(5 + 3 + 1);
        Sent("of-the-release-before").ShouldBe(["lots/berth-1", "lots/yard-0", "lots/yard-1", "lots/yard-2"]);
    }

    [Fact]
    public async Task Tombstone_OfAnErasedResource_IsSentAgain()
    {
        await CreateAsync(2);
        await _estate.Lots(Callers.Admin).EraseLotAsync(new DeleteLotRequest { Name = "lots/yard-1" });

        var run = await _estate.Operations().RepublishAsync(new RepublishRequest());

        run.Total.ShouldBe(2);
        await Eventually.HoldsAsync(() => Sent(run.Run).Count == 2, "the run went out");
        _estate.PubSub.Of<LotChanged>()
            .Single(changed => changed.Meta.Run == run.Run && changed.Meta.Deleted).Lot.Name
            .ShouldBe("lots/yard-1");
    }

    [Fact]
    public async Task Tombstone_OfAMessageThatIsNoMore_IsAnErrorInTheLogAndStopsNothing()
    {
        _estate.Logs.Expect("no message is called governance.sample.v1.ShedChanged");
        await CreateAsync(2);
        await _estate.Lots(Callers.Admin).EraseLotAsync(new DeleteLotRequest { Name = "lots/yard-1" });
        await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Tombstones.ExecuteUpdateAsync(
            row => row.SetProperty(tombstone => tombstone.EventType, "governance.sample.v1.ShedChanged")));

        await _estate.Operations().RepublishAsync(new RepublishRequest());

        await Eventually.HoldsAsync(() => _estate.PubSub.Of<RepublishCompleted>().Count > 0, "the run ended");
        _estate.PubSub.Of<RepublishCompleted>()[0].Total.ShouldBe(1);
        _estate.Logs.Errors.ShouldContain(error => error.Contains("lots/yard-1", StringComparison.Ordinal));
    }

    private List<string> Sent(string run) =>
        [.. _estate.PubSub.Of<LotChanged>()
            .Where(changed => changed.Meta.Run == run)
            .Select(changed => changed.Lot.Name)
            .Order(StringComparer.Ordinal)];

    private void Backup(string from, string to)
    {
        File.Copy(Path.Combine(_estate.Folder, from), Path.Combine(_estate.Folder, to), overwrite: true);
        foreach (var extra in new[] { "-wal", "-shm" }) File.Delete(Path.Combine(_estate.Folder, to + extra));
    }

    private Task<bool> CompleteAsync() =>
        Front.ReadAsync(db => db.Neighbours.AnyAsync(row => row.Owner == "depot" && row.Complete));

    private async Task CreateAsync(int count)
    {
        using var import = _estate.Lots().ImportLots();
        var lines = string.Concat(Enumerable.Range(0, count).Select(i => $"yard-{i}\n"));
        await import.RequestStream.WriteAsync(new ImportLotsRequest
        {
            Component = "components/checkout",
            Document = new Google.Api.HttpBody { Data = Google.Protobuf.ByteString.CopyFromUtf8(lines) },
        });
        await import.RequestStream.CompleteAsync();
        (await import).Summary.Created.ShouldBe(count);
        if (count < 10)
        {
            await _estate.Lots()
            .UpdateLotAsync(new UpdateLotRequest { Lot = new Lot { Name = "lots/yard-0", DisplayName = "Lot yard-0", Capacity = 1 } });
        }
    }

    /// <summary>What only the new release has.</summary>
    private sealed class BerthSource : IRepublishSource<SampleDb>
    {
        public string Name => "Berths";

        public Task<long> CountAsync(SampleDb db, CancellationToken ct) => Task.FromResult(1L);

        public Task<IReadOnlyList<Republished>> ReadAsync(SampleDb db, string cursor, int most, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<Republished>>(
                cursor.Length > 0 ? [] : [new("1", "lots/berth-1", new LotChanged { Lot = new Lot { Name = "lots/berth-1" } }, 1)]);
    }
}
