using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class FlowTests
{
    [Fact]
    public async Task App_ThatIsDown_GetsEverythingWhenItIsBackAndNothingIsCountedAgainstIt()
    {
        var app = await new Subscriber().StartAsync();
        await using var _ = app;
        await using var scenario = await new PubSubScenario()
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();
        await scenario.PublishEventAsync("news", "before");
        await scenario.DrainedAsync();

        await app.StopAsync();
        for (var number = 0; number < 20; number++) await scenario.PublishEventAsync("news", $"during-{number}");
        scenario.Host.Pending.ShouldBe(20);
        await app.StartAsync();
        await scenario.DrainedAsync();

        app.Received.Count.ShouldBe(21);
        app.Received.ShouldAllBe(delivery => delivery.Path == "/in");
    }

    [Fact]
    public async Task App_WithoutAnAddress_GetsWhatWaitsOnceItIsConnected()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();
        await scenario.PublishEventAsync("news", "1");

        scenario.Host.Connect("app", app.Address);
        await scenario.DrainedAsync();

        app.Received.ShouldHaveSingleItem().Id.ShouldBe("1");
    }

    [Fact]
    public async Task Subscriber_ThatIsSlow_HoldsUpNeitherOthersNorMoreThanItsShare()
    {
        var (release, running, most) = (new TaskCompletionSource(), 0, 0);
        await using var slow = await new Subscriber(async _ =>
        {
            var now = Interlocked.Increment(ref running);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            await release.Task;
            Interlocked.Decrement(ref running);
            return Answer.Success;
        }).StartAsync();
        await using var quick = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario { Concurrency = 3 }
            .App("slow", slow).App("quick", quick).Subscribe("slow", "news").Subscribe("quick", "news").StartAsync();

        for (var number = 0; number < 30; number++) await scenario.PublishEventAsync("news", $"{number}");
        await PubSubScenario.EventuallyAsync(
            () => quick.Received.Count == 30 && slow.Received.Count == 3, "the quick app has all, the slow one three");
        release.SetResult();
        await scenario.DrainedAsync();

        slow.Received.Count.ShouldBe(30);
        most.ShouldBe(3);
    }

    [Fact]
    public async Task Message_WithOneOfTwoDeliveriesDone_StaysUntilTheOtherIs()
    {
        await using var quick = await new Subscriber().StartAsync();
        await using var late = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario()
            .App("quick", quick).App("late").Subscribe("quick", "news").Subscribe("late", "news").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await PubSubScenario.EventuallyAsync(() => scenario.Count("SELECT count(*) FROM delivery") == 1, "one delivery is done");
        scenario.Count("SELECT count(*) FROM message").ShouldBe(1);
        scenario.Host.Connect("late", late.Address);
        await PubSubScenario.EventuallyAsync(() => scenario.Count("SELECT count(*) FROM message") == 0, "the message is removed");

        late.Received.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Backlog_BeyondWhatIsKeptInMemory_IsReadBackAndDelivered()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();
        for (var number = 0; number < 200; number++) await scenario.PublishEventAsync("news", $"{number}");

        scenario.Host.Connect("app", app.Address);
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Id).Distinct().Count().ShouldBe(200);
        app.Received.Count.ShouldBe(200);
    }
}
