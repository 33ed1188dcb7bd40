using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class DiscoveryTests
{
    private const string News = """[{"pubsubname":"bus","topic":"news","route":"/found"}]""";

    [Fact]
    public async Task App_ThatNamesItsSubscriptions_ReceivesThem()
    {
        await using var app = await new Subscriber
        {
            Subscriptions =
            """[{"pubsubname":"bus","topic":"news","deadLetterTopic":"dead","routes":{"rules":[{"match":"event.type == \"a\"","path":"/a"}],"default":"/other"}}]"""
        }.StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).StartAsync();
        await DiscoveredAsync(scenario);

        await scenario.PublishEventAsync("news", "1", "a");
        await scenario.PublishEventAsync("news", "2", "b");
        await scenario.DrainedAsync();

        app.Received.Select(delivery => (delivery.Id, delivery.Path))
            .OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .ShouldBe([("1", "/a"), ("2", "/other")]);
    }

    [Fact]
    public async Task App_ThatIsNotUpAtTheNextStart_IsRememberedAndItsMessagesKept()
    {
        await using var app = await new Subscriber { Subscriptions = News }.StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).StartAsync();
        await DiscoveredAsync(scenario);

        scenario.App("app");
        await scenario.RestartAsync();
        await scenario.PublishEventAsync("news", "1");
        scenario.Host.Pending.ShouldBe(1);
        scenario.Host.Connect("app", app.Address);
        await scenario.DrainedAsync();

        app.Received.ShouldHaveSingleItem().Path.ShouldBe("/found");
    }

    [Fact]
    public async Task App_ThatNoLongerAsks_ReceivesNoMore()
    {
        await using var app = await new Subscriber { Subscriptions = News }.StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).StartAsync();
        await DiscoveredAsync(scenario);

        app.Subscriptions = "[]";
        scenario.Host.Connect("app", app.Address);
        await PubSubScenario.EventuallyAsync(
            () => scenario.Count("SELECT count(*) FROM subscription WHERE discovered IS NOT NULL") == 0, "it is forgotten");
        await scenario.PublishEventAsync("news", "1");

        scenario.Count("SELECT count(*) FROM message").ShouldBe(0);
    }

    [Fact]
    public async Task Subscription_ThatAFileDeclaresToo_IsTheFiles()
    {
        await using var app =
            await new Subscriber
            {
                Subscriptions =
                    """[{"pubsubname":"bus","topic":"news","route":"/found"},{"pubsubname":"bus","topic":"more","route":"/found"}]""",
            }
                .StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).Subscribe("app", "news", "/declared").StartAsync();
        await DiscoveredAsync(scenario);

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.ShouldHaveSingleItem().Path.ShouldBe("/declared");
    }

    [Theory]
    [InlineData("""[{"pubsub":"bus","topic":"news","route":"/x"}]""")]
    [InlineData("""[{"pubsubname":"bus","topic":"news","routes":{"rules":[{"match":"event.data.x > 1","path":"/x"}]}}]""")]
    [InlineData("""[{"pubsubname":"bus","topic":"news","route":"/x","bulkSubscribe":{"enabled":true}}]""")]
    [InlineData("""[{"pubsubname":"bus","topic":"forbidden","route":"/x"}]""")]
    [InlineData("nonsense")]
    public async Task Subscription_ThatCannotBeUsed_IsLeftOutAndTheRestWorks(string asked)
    {
        await using var app = await new Subscriber { Subscriptions = asked }.StartAsync();
        await using var scenario =
            await new PubSubScenario().Scope("subscriptionScopes", "app=news,more").App("app", app).Subscribe("app", "more").StartAsync();

        await scenario.PublishEventAsync("more", "1");
        await scenario.DrainedAsync();

        app.Received.ShouldHaveSingleItem();
        scenario.Count("SELECT count(*) FROM subscription WHERE discovered IS NOT NULL").ShouldBe(0);
    }

    private static Task DiscoveredAsync(PubSubScenario scenario) => PubSubScenario.EventuallyAsync(
        () => scenario.Count("SELECT count(*) FROM subscription WHERE discovered IS NOT NULL") > 0, "the app's subscriptions are known");
}
