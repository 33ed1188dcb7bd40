using Governance.BuildingBlocks.Tests.Sample;
using Governance.BuildingBlocks.Writing;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Writing;

/// <summary>Every test's hosts run the followers twice: what that finds.</summary>
public sealed class SecondPassTests : IAsyncLifetime
{
    private readonly Script _script = new();
    private TestEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await TestEstate.StartAsync();
        await _script.StartAsync(_estate, FollowingServices.Depot, twice: true);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 9));
        _script.Passes.Clear();
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Follower_BringsInStep_PassesTwiceAndSavesOnce()
    {
        _script.First = async (unit, changes, ct) =>
        {
            var lot = changes.Of<StoredLot>().Single().Now!;
            var row = (await unit.LoadAsync<Applied>(row => row.Subject == lot.Name, ct)).SingleOrDefault();
            if (row is null) unit.Insert(row = new Applied { Subject = lot.Name });
            row.Count = lot.Reserved;
            unit.BumpStamp();
            unit.Raise("counts/north-yard", new LotChanged { Lot = new Lot { Reserved = lot.Reserved } });
        };

        await ReserveAsync();
        await ReserveAsync();

        _script.Passes.ShouldBe(["first", "second", "first", "second", "first", "second", "first", "second"]);
        (await ReadAsync(db => db.Applied.Select(row => row.Count).SingleAsync())).ShouldBe(2);
        (await ReadAsync(db => db.Ledger.Select(row => row.Stamp).SingleAsync())).ShouldBe(2);
        await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count == 5, "each event went out once");
    }

    [Fact]
    public async Task Follower_InsertsTheSameRowAgain_SavesItOnce()
    {
        _script.First = (unit, changes, _) =>
        {
            unit.Insert(new Applied { Subject = changes.Of<StoredLot>().Single().Subject.Name, Count = 4 });
            unit.AfterCommit(() => _script.Passes.Add("committed"));
            return Task.CompletedTask;
        };

        await ReserveAsync();

        (await ReadAsync(db => db.Applied.Select(row => row.Count).ToListAsync())).ShouldBe([4]);
        _script.Passes.Count(pass => pass == "committed").ShouldBe(1);
    }

    [Fact]
    public async Task Follower_CountsOnAtEveryPass_FailsTheWrite()
    {
        _script.First = (unit, changes, _) =>
        {
            changes.Of<StoredLot>().Single().Now!.Reserve(unit.Now);
            return Task.CompletedTask;
        };

        await FailsAsync("A second pass of the followers changes StoredLot north-yard.Reserved.");
    }

    [Fact]
    public async Task Follower_InsertsOtherRowsAtEveryPass_FailsTheWrite()
    {
        _script.First = (unit, _, _) =>
        {
            unit.Insert(new Applied { Subject = Guid.NewGuid().ToString() });
            return Task.CompletedTask;
        };

        await FailsAsync("A second pass of the followers changes Applied, of which it inserts others.");
    }

    [Fact]
    public async Task Follower_AddsTheSameRowAgain_FailsTheWrite()
    {
        _script.First = (unit, _, _) => Task.FromResult(unit.Db.Add(new Applied { Subject = "same" }));

        await FailsAsync("A second pass of the followers fails: ");
    }

    [Fact]
    public async Task Follower_SaysSomethingElseAtEveryPass_FailsTheWrite()
    {
        var passes = 0;
        _script.First = (unit, _, _) =>
        {
            unit.Record($"passes/{++passes}");
            return Task.CompletedTask;
        };

        await FailsAsync("A second pass of the followers changes what is said: ");
    }

    [Fact]
    public async Task Follower_DeclaredBeforeItsCause_FailsTheWrite()
    {
        _script.First = async (unit, changes, ct) =>
        {
            var lot = changes.Of<StoredLot>().Single().Now!;
            var row = (await unit.LoadAsync<Applied>(row => row.Subject == lot.Name, ct)).SingleOrDefault();
            if (row is null) unit.Db.Add(row = new Applied { Subject = lot.Name });
            row.Count = lot.Reserved;
        };
        _script.Second = async (unit, changes, ct) =>
        {
            if ((await unit.LoadAsync<StoredLot>(lot => lot.Reserved == 1, ct)).SingleOrDefault() is { } lot) lot.Reserve(unit.Now);
        };

        await FailsAsync("A second pass of the followers changes Applied lots/north-yard.Count.");
        (await ReadAsync(db => db.Applied.AnyAsync())).ShouldBeFalse();
    }

    private async Task ReserveAsync() => await _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" });

    private async Task FailsAsync(string message)
    {
        var fault = await Should.ThrowAsync<InvalidOperationException>(() =>
            _estate[SampleServices.DepotEntry].Services.GetRequiredService<Writes<SampleDb>>().RunAsync(
                "Test", async (unit, ct) => (await unit.Db.Lots.SingleAsync(ct)).Reserve(unit.Now), CancellationToken.None));
        fault.Message.ShouldStartWith(message);
    }

    private Task<T> ReadAsync<T>(Func<SampleDb, Task<T>> read) => _estate[SampleServices.DepotEntry].ReadAsync(read);
}
