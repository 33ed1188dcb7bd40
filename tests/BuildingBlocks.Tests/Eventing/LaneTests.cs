using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Google.Api;
using Google.Protobuf;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Common.V1;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

/// <summary>What somebody waits for goes before what a batch wrote: out of the outbox and through the inbox.</summary>
public sealed class LaneTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    private TestHost Owner => _estate[SampleServices.DepotEntry];

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Call_BehindAnImport_IsPublishedFirst()
    {
        var broken = true;
        _estate.PubSub.Broken = () => broken;
        await ImportAsync(1000);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        broken = false;

        await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count == 1001, "everything went out");
        var place = _estate.PubSub.Published.Select(published => published.Subject).ToList().IndexOf("lots/north-yard");
        place.ShouldBeLessThan(257, "at most the batch that was under way goes before it");
    }

    [Fact]
    public async Task Republish_AndAnImport_SayThatTheyMayWait()
    {
        await ImportAsync(1);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));
        var run = await _estate.Operations().RepublishAsync(new RepublishRequest());

        await Eventually.HoldsAsync(() => _estate.PubSub.Of<RepublishCompleted>().Count == 1, "the run went out");

        _estate.PubSub.Published.Count(published => LaneOf(published) == "later" && published.Subject == "lots/yard-0").ShouldBe(2);
        _estate.PubSub.Published.Where(published => published.Subject == "lots/north-yard").Select(LaneOf).ShouldBe(
            ["", "later"], ignoreOrder: true);
        run.Total.ShouldBe(2);
    }

    [Fact]
    public async Task Publishing_WhileAWriteHoldsTheLock_GoesOnAndDeletesAfterwards()
    {
        var broken = true;
        _estate.PubSub.Broken = () => broken;
        await ImportAsync(1500);
        using (await Owner.Host.HoldWritesAsync(CancellationToken.None))
        {
            broken = false;
            await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count >= 1500, "everything went out behind the mark");
            (await Owner.ReadAsync(db => db.Outbox.CountAsync())).ShouldBe(1500);
        }

        await Eventually.HoldsAsync(async () => await Owner.ReadAsync(db => db.Outbox.CountAsync()) == 0, "what was published is deleted");
        _estate.PubSub.Published.Select(published => published.Id).ShouldBeUnique();
    }

    [Fact]
    public async Task Restart_BeforeTheDeletion_PublishesTheSameIdsAgain()
    {
        var broken = true;
        _estate.PubSub.Broken = () => broken;
        await ImportAsync(300);

        // Never given back: the host ends while it waits for its turn to delete.
        _ = await Owner.Host.HoldWritesAsync(CancellationToken.None);
        broken = false;
        await Eventually.HoldsAsync(() => _estate.PubSub.Published.Count >= 300, "everything went out");
        await _estate.StopAsync(SampleServices.DepotEntry, abruptly: true);

        await _estate.StartAsync(SampleServices.Depot);

        await Eventually.HoldsAsync(async () => await Owner.ReadAsync(db => db.Outbox.CountAsync()) == 0, "the outbox is empty");
        _estate.PubSub.Published.Select(published => published.Id).Distinct().Count().ShouldBe(300);
        _estate.PubSub.Published.Count.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task Delivery_BehindAnImports_IsAppliedFirst()
    {
        var front = await _estate.StartAsync(SampleServices.Front);
        var done = new ConcurrentQueue<string>();
        List<Task> deliveries;
        using (await front.Host.HoldWritesAsync(CancellationToken.None))
        {
            deliveries = [.. Enumerable.Range(0, 600).Select(i => DeliverAsync(front, $"lots/yard-{i}", later: true))];
            await Eventually.HoldsAsync(() => deliveries.Count == 600, "they were sent");
            deliveries.Add(DeliverAsync(front, "lots/north-yard", later: false));
        }

        await Task.WhenAll(deliveries);

        done.ToList().IndexOf("lots/north-yard").ShouldBeLessThan(400);

        async Task DeliverAsync(TestHost host, string subject, bool later)
        {
            var envelope = Envelopes.Write("depot", subject, DeliveryTests.Event(subject, version: 1));
            if (later)
            {
                var marked = JsonNode.Parse(envelope)!;
                marked["lane"] = "later";
                envelope = Encoding.UTF8.GetBytes(marked.ToJsonString());
            }

            (await host.DeliverAsync(SampleServices.DepotEntry.Topic, envelope)).ShouldBe("SUCCESS");
            done.Enqueue(subject);
        }
    }

    private static string LaneOf(PublishedEvent published) => (string?)JsonNode.Parse(published.Envelope)!["lane"] ?? "";

    private async Task ImportAsync(int count)
    {
        using var import = _estate.Lots().ImportLots();
        var lines = string.Concat(Enumerable.Range(0, count).Select(i => $"yard-{i}\n"));
        await import.RequestStream.WriteAsync(new ImportLotsRequest
        {
            Component = "components/checkout",
            Document = new HttpBody { Data = ByteString.CopyFromUtf8(lines) },
        });
        await import.RequestStream.CompleteAsync();
        (await import).Summary.Created.ShouldBe(count);
    }
}
