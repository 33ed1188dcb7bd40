using System.Text.Json;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Tests.Sample;
using Governance.Sample.V1;
using Governance.Testing;
using Microsoft.EntityFrameworkCore;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Eventing;

public sealed class DeliveryTests : IAsyncLifetime
{
    private TestEstate _estate = null!;

    private TestHost Front => _estate[SampleServices.FrontEntry];

    public async Task InitializeAsync() => _estate = await TestEstate.StartAsync(SampleServices.Depot, SampleServices.Front);

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task Change_AtTheOwner_ReachesTheCopy()
    {
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard"));

        var copy = await Eventually.GetAsync(() => _estate.CopyAsync("lots/north-yard"), "the copy came");

        copy.DisplayName.ShouldBe("Lot north-yard");
    }

    [Fact]
    public async Task Deliveries_DoubledAndShuffled_ApplyEachOnceAndEndAtTheNewest()
    {
        (_estate.PubSub.Copies, _estate.PubSub.Shuffle) = (3, true);
        await _estate.Lots().CreateLotAsync(Depot.NewLot("north-yard", capacity: 50));
        await Task.WhenAll(Enumerable.Range(0, 40)
            .Select(_ => _estate.Lots().ReserveAsync(new ReserveRequest { Name = "lots/north-yard" }).ResponseAsync));

        await Eventually.HoldsAsync(async () => await _estate.AppliedAsync("lots/north-yard") == 41, "every event was handled");

        (await _estate.CopyAsync("lots/north-yard"))!.Reserved.ShouldBe(40);
        (await _estate.AppliedAsync("lots/north-yard")).ShouldBe(41);
    }

    [Fact]
    public async Task Copies_ByTheHundredDoubledAndShuffled_EndAtTheNewestWithOneInboxRowEach()
    {
        (_estate.PubSub.Copies, _estate.PubSub.Shuffle) = (3, true);
        var shelf = await _estate.StartAsync(SampleServices.Shelf);
        for (var i = 0; i < 4; i++) await _estate.Lots().CreateLotAsync(Depot.NewLot($"yard-{i}", capacity: 100));
        await Task.WhenAll(Enumerable.Range(0, 200)
            .Select(i => _estate.Lots().ReserveAsync(new ReserveRequest { Name = $"lots/yard-{i % 4}" }).ResponseAsync));

        await Eventually.HoldsAsync(
            async () => await shelf.ReadAsync(db => db.Copies.SumAsync(copy => copy.Reserved)) == 200, "every copy is at its newest");
        var events = _estate.PubSub.Published.Where(published => published.Type == LotChanged.Descriptor.FullName)
            .Select(published => published.Id)
            .ToHashSet();
        await Eventually.HoldsAsync(
            async () =>
                (await shelf.ReadAsync(db => db.Inbox.Select(row => row.EventId).ToListAsync())).Count(events.Contains) == events.Count,
            "every event has its inbox row");
    }

    [Fact]
    public async Task OldEvent_AfterTheTombstone_DoesNotResurrect()
    {
        var subject = "lots/gone";
        (await Front.DeliverAsync(SampleServices.DepotEntry, subject, Event(subject, version: 5, deleted: true))).ShouldBe("SUCCESS");

        (await Front.DeliverAsync(SampleServices.DepotEntry, subject, Event(subject, version: 4))).ShouldBe("SUCCESS");

        (await _estate.CopyAsync(subject)).ShouldBeNull();
        (await Front.ReadAsync(db => db.Copies.IgnoreQueryFilters().CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Event_OfAHigherEpoch_WinsOverAHigherVersion()
    {
        var subject = "lots/restored";
        await Front.DeliverAsync(SampleServices.DepotEntry, subject, Event(subject, version: 9, name: "before"));

        await Front.DeliverAsync(SampleServices.DepotEntry, subject, Event(subject, version: 3, epoch: 2, name: "after"));
        await Front.DeliverAsync(SampleServices.DepotEntry, subject, Event(subject, version: 10, name: "late"));

        (await _estate.CopyAsync(subject))!.DisplayName.ShouldBe("after");
    }

    [Fact]
    public async Task Delivery_OfUnknownType_Succeeds()
    {
        var answer = await Front.DeliverAsync(SampleServices.DepotEntry, "x/1", new CreateLotRequest { LotId = "x" });

        answer.ShouldBe("SUCCESS");
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"id":"1","source":"depot","type":"governance.sample.v1.LotChanged","data":{"lot":{"capacity":"many"}}}""")]
    public async Task Delivery_Unreadable_IsDropped(string envelope)
    {
        var answer = await Front.DeliverAsync("governance.depot", System.Text.Encoding.UTF8.GetBytes(envelope));

        answer.ShouldBe("DROP");
    }

    [Theory]
    [InlineData("governance.depot", "other")]
    [InlineData("governance.control", "depot")]
    public async Task Delivery_OnATopicThatIsNotItsSources_IsDropped(string topic, string source)
    {
        var answer = await Front.DeliverAsync(topic, Envelopes.Write(source, "lots/forged", Event("lots/forged", 1)));

        answer.ShouldBe("DROP");
        (await _estate.CopyAsync("lots/forged")).ShouldBeNull();
    }

    [Fact]
    public async Task Delivery_WithoutTheAppToken_IsRefused()
    {
        using var content = new ByteArrayContent(Envelopes.Write("depot", "lots/x", Event("lots/x", 1)));

        var response = await Front.Http.PostAsync("/dapr/events/governance.depot", content);

        ((int)response.StatusCode).ShouldBe(401);
        (await _estate.CopyAsync("lots/x")).ShouldBeNull();
    }

    [Fact]
    public async Task Poison_AmongOthers_IsRetriedAloneAndTheOthersAreApplied()
    {
        var others =
            Enumerable.Range(0, 20).Select(i => Front.DeliverAsync(SampleServices.DepotEntry, $"lots/l{i}", Event($"lots/l{i}", 1)));
        var poison = Front.DeliverAsync(SampleServices.DepotEntry, "lots/poison", Event("lots/poison", 1));

        (await poison).ShouldBe("RETRY");
        (await Task.WhenAll(others)).ShouldAllBe(answer => answer == "SUCCESS");
        (await _estate.CopyAsync("lots/poison")).ShouldBeNull();
    }

    [Fact]
    public async Task Subscriptions_Listed_NameTopicsRoutesAndDeadLetters()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dapr/subscribe");
        request.Headers.Add("dapr-api-token", Front.Host.Settings.AppToken);

        var list = await (await Front.Http.SendAsync(request)).Content.ReadAsStringAsync();

        using var subscriptions = JsonDocument.Parse(list);
        subscriptions.RootElement.EnumerateArray()
            .Select(one => (Text(one, "topic"), Text(one, "pubsubName"), Text(one, "route"), Text(one, "deadLetterTopic")))
            .ShouldBe(
                [
                    ("governance.depot", ServiceCatalog.PubSub, "dapr/events/governance.depot", "governance.dead.front"),
                    (
                        ServiceCatalog.ControlTopic,
                        ServiceCatalog.PubSub,
                        $"dapr/events/{ServiceCatalog.ControlTopic}",
                        "governance.dead.front"),
                    ("governance.dead.front", ServiceCatalog.PubSub, "dapr/dead", ""),
                ],
                ignoreOrder: true);

        static string Text(JsonElement one, string name) => one.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";
    }

    internal static LotChanged Event(
        string subject, long version, long epoch = 1, bool deleted = false, string name = "", string run = "", long sequence = 0) =>
        new() { Meta = Envelopes.Meta(version, epoch, deleted, run, sequence), Lot = new Lot { Name = subject, DisplayName = name } };
}
