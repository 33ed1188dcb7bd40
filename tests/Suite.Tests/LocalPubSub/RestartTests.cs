using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class RestartTests
{
    [Fact]
    public async Task Restart_AfterACleanStop_DeliversWhatWasOwedAndNothingTwice()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario =
            await new PubSubScenario().App("app", app).App("late").Subscribe("app", "news").Subscribe("late", "news").StartAsync();
        for (var number = 0; number < 10; number++) await scenario.PublishEventAsync("news", $"{number}");
        await PubSubScenario.EventuallyAsync(() => app.Received.Count == 10, "the first app has all");

        await using var late = await new Subscriber().StartAsync();
        scenario.App("late", late);
        await scenario.RestartAsync();
        await scenario.DrainedAsync();

        late.Received.Count.ShouldBe(10);
        app.Received.Count.ShouldBe(10);
    }

    [Fact]
    public async Task Restart_FromTheFilesOfAKilledProcess_DeliversEverythingThatWasAccepted()
    {
        await using var killed = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (number, _) => await killed.PublishEventAsync("news", $"{number}"));
        var files = killed.CopyAsAfterKill();

        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario { File = files }.App("app", app).Subscribe("app", "news").StartAsync();
        await scenario.DrainedAsync();

        app.Received.Select(delivery => int.Parse(delivery.Id, System.Globalization.CultureInfo.InvariantCulture))
            .Order()
            .ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public async Task Restart_WhileADeliveryIsInFlight_RepeatsItAndDoesNotDeadLetterIt()
    {
        var (first, release) = (1, new TaskCompletionSource());
        await using var app = await new Subscriber(async _ =>
        {
            if (Interlocked.Exchange(ref first, 0) == 1) await release.Task;
            return Answer.Success;
        }).StartAsync();
        await using var scenario = await new PubSubScenario { Grace = TimeSpan.Zero }
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();
        await scenario.PublishEventAsync("news", "1");
        await PubSubScenario.EventuallyAsync(() => app.Received.Count == 1, "the delivery is in flight");

        await scenario.RestartAsync();
        await scenario.DrainedAsync();
        release.SetResult();

        app.Received.Select(delivery => delivery.Path).ShouldBe(["/in", "/in"]);
    }

    [Fact]
    public async Task Restart_BetweenRetries_GoesOnCountingThem()
    {
        await using var app =
            await new Subscriber(delivery => Task.FromResult(delivery.Path == "/dead" ? Answer.Success : Answer.Retry)).StartAsync();
        await using var scenario = await new PubSubScenario().Retry("{ policy: constant, duration: 300ms, maxRetries: 1 }")
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();
        await scenario.PublishEventAsync("news", "1");
        await PubSubScenario.EventuallyAsync(
            () => scenario.Count("SELECT coalesce(max(failures), 0) FROM delivery") == 1, "the first failure is noted");

        await scenario.RestartAsync();
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Path).ShouldBe(["/in", "/in", "/dead"]);
    }

    [Fact]
    public async Task Restart_WithoutASubscription_KeepsWhatItIsOwedUntilItIsBack()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var with = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();
        await with.PublishEventAsync("news", "1");
        await with.Host.DisposeAsync();

        await using (var without = await new PubSubScenario { File = with.File }.App("app", app).StartAsync())
        {
            without.Host.Pending.ShouldBe(0);
        }
        await using var again = await new PubSubScenario { File = with.File }.App("app", app).Subscribe("app", "news").StartAsync();
        await again.DrainedAsync();

        app.Received.ShouldHaveSingleItem().Id.ShouldBe("1");
    }
}
