using Governance.BuildingBlocks.Tests.Sample;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class OutboxTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task PubSub_Down_EventsWaitAndThenGoOut()
    {
        var broken = true;
        _estate.PubSub.Broken = () => broken;
        for (var i = 0; i < 5; i++) await _estate.Lots().CreateLotAsync(Depot.NewLot($"yard-{i}"));
        var status = await _estate.Operations().GetEventStatusAsync(new());
        broken = false;

        await EmptyAsync();

        status.OutboxDepth.ShouldBe(5);
        _estate.PubSub.Published.Select(published => published.Subject).ShouldBe(
            Enumerable.Range(0, 5).Select(i => $"lots/yard-{i}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Batch_PartlyRefused_SendsTheRefusedAgain()
    {
        var calls = 0;
        _estate.PubSub.Broken = () => Interlocked.Increment(ref calls) % 3 == 0;

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => _estate.Lots().CreateLotAsync(Depot.NewLot($"yard-{i:d2}")).ResponseAsync));

        await EmptyAsync();
        _estate.PubSub.Published.Select(published => published.Subject).Distinct().Count().ShouldBe(30);
    }

    [Fact]
    public async Task Event_LargerThanTheContract_IsParkedAndCounted()
    {
        var large = Depot.NewLot("large-yard");
        large.Lot.DisplayName = new string('x', 130 * 1024);
        await _estate.Lots().CreateLotAsync(large);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("small-yard"));

        await EmptyAsync();

        _estate.PubSub.Published.ShouldHaveSingleItem().Subject.ShouldBe("lots/small-yard");
        var status = await _estate.Operations().GetEventStatusAsync(new());
        (status.Parked, status.OutboxDepth).ShouldBe((1, 0));
        _estate.Logs.Warnings.ShouldContain(warning => warning.Contains("Parked"));
    }

    [Fact]
    public async Task Owner_StoppedAbruptlyUnderLoad_LosesNothingThatItAccepted()
    {
        _estate.Logs.Expect("Cannot access a disposed object");
        _estate.Logs.Expect("The request stream was aborted");
        var accepted = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            var writers = Enumerable.Range(0, 4).Select(writer => WriteUntilStoppedAsync($"r{round}-w{writer}", accepted)).ToList();
            await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count > (round + 1) * 5, "events flow");
            await _estate.RestartAsync(SampleServices.DepotEntry, abruptly: true);
            await Task.WhenAll(writers);
        }

        await EmptyAsync();
        var published = _estate.PubSub.Published.Select(published => published.Subject).ToHashSet();
        accepted.ShouldAllBe(name => published.Contains(name));
        (await _estate.Operations().VerifyAuditAsync(new())).Intact.ShouldBeTrue();
    }

    private async Task WriteUntilStoppedAsync(string prefix, List<string> accepted)
    {
        var lots = _estate.Lots();
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                var lot = await lots.CreateLotAsync(Depot.NewLot($"{prefix}-{i}"));
                lock (accepted) accepted.Add(lot.Name);
            }
            catch (Exception fault) when (fault is Grpc.Core.RpcException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }

    private Task EmptyAsync() => Eventually.HoldsAsync(
        async () => await _estate[SampleServices.DepotEntry].ReadAsync(db => db.Outbox.CountAsync(row => !row.Parked)) == 0,
        "the outbox is empty");
}
