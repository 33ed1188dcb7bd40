using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class DeliveryTests
{
    [Fact]
    public async Task Delivery_OfAnEvent_IsPostedToTheRouteWithTokenAndTrace()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).Subscribe("app", "news", "/dapr/events/news").StartAsync();
        const string parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        using var answer = await scenario.PublishAsync("news", """{"a":1}""", traceParent: parent);
        await scenario.DrainedAsync();

        var delivery = app.Received.ShouldHaveSingleItem();
        delivery.Path.ShouldBe("/dapr/events/news");
        delivery.Headers["content-type"].ShouldBe("application/cloudevents+json");
        delivery.Headers["dapr-api-token"].ShouldBe("app-app");
        delivery.Headers["traceparent"].ShouldBe(parent);
        delivery.Event.GetProperty("traceparent").GetString().ShouldBe(parent);
    }

    [Theory]
    [InlineData(200, """{"status":"RETRY"}""")]
    [InlineData(200, """{"status":"later"}""")]
    [InlineData(500, "")]
    [InlineData(0, "")]
    public async Task Delivery_ThatFails_IsRetriedUntilTheAppTakesIt(int status, string body)
    {
        var failure = status == 0 ? Answer.Hangup : new Answer(status, body);
        await using var app = await new Subscriber(count => count < 4 ? failure : Answer.Success).StartAsync();
        await using var scenario = await new PubSubScenario().Retry(PubSubScenario.FastRetries)
            .App("app", app).Subscribe("app", "news", dead: "dead").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Count.ShouldBe(4);
        app.Received.Select(delivery => delivery.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Delivery_OfWhatAnImportPublished_WaitsWhileOthersDo()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario { Concurrency = 4 }.App("app").Subscribe("app", "news").StartAsync();
        for (var i = 0; i < 40; i++) await PublishAsync($"late-{i}", later: true);
        await PublishAsync("first", later: false);

        // Also what was owed before a restart.
        await scenario.RestartAsync();
        await PublishAsync("second", later: false);
        scenario.Host.Connect("app", app.Address);
        await scenario.DrainedAsync();

        var order = app.Received.Select(delivery => delivery.Id).ToList();
        order.Count.ShouldBe(42);
        order.IndexOf("first").ShouldBeLessThan(4);
        order.IndexOf("second").ShouldBeLessThan(4);

        async Task PublishAsync(string id, bool later)
        {
            var lane = later ? ""","lane":"later" """ : "";
            using var answer = await scenario.PublishAsync(
                "news",
                $$$"""{"specversion":"1.0","id":"{{{id}}}","type":"a","source":"pub","data":{} {{{lane}}} }""",
                "application/cloudevents+json");
            ((int)answer.StatusCode).ShouldBe(204);
        }
    }

    [Fact]
    public async Task Delivery_ThatNeverSucceeds_IsDeadLetteredAfterTheLastRetryWithItsEnvelope()
    {
        await using var app =
            await new Subscriber(delivery => Task.FromResult(delivery.Path == "/dead" ? Answer.Success : Answer.Retry)).StartAsync();
        await using var scenario = await new PubSubScenario().Retry(PubSubScenario.FastRetries)
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Count(delivery => delivery.Path == "/in").ShouldBe(4);
        var letter = app.Received.Single(delivery => delivery.Path == "/dead");
        letter.Id.ShouldBe("1");
        letter.Event.GetProperty("topic").GetString().ShouldBe("news");
        await PubSubScenario.EventuallyAsync(() => scenario.Count("SELECT count(*) FROM message") == 0, "both messages are removed");
    }

    [Fact]
    public async Task Delivery_ThatFailsWithoutARetryPolicy_IsDeadLetteredAtOnce()
    {
        await using var app =
            await new Subscriber(delivery => Task.FromResult(delivery.Path == "/dead" ? Answer.Success : new Answer(500))).StartAsync();
        await using var scenario = await new PubSubScenario()
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Path).ShouldBe(["/in", "/dead"]);
    }

    [Theory]
    [InlineData(200, """{"status":"DROP"}""")]
    [InlineData(404, "")]
    public async Task Delivery_ThatTheAppDrops_IsNotRetriedButDeadLettered(int status, string body)
    {
        await using var app = await new Subscriber(delivery =>
            Task.FromResult(delivery.Path == "/dead" ? Answer.Success : new Answer(status, body))).StartAsync();
        await using var scenario = await new PubSubScenario().Retry(PubSubScenario.FastRetries)
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Path).ShouldBe(["/in", "/dead"]);
    }

    [Theory]
    [InlineData(200, """{"status":"DROP"}""")]
    [InlineData(404, "")]
    public async Task Delivery_ThatTheAppDropsWithoutADeadLetterTopic_IsGone(int status, string body)
    {
        await using var app = await new Subscriber((int _) => new Answer(status, body)).StartAsync();
        await using var scenario =
            await new PubSubScenario().Retry(PubSubScenario.FastRetries).App("app", app).Subscribe("app", "news").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Count.ShouldBe(1);
        await PubSubScenario.EventuallyAsync(() => scenario.Count("SELECT count(*) FROM message") == 0, "the message is removed");
    }

    [Fact]
    public async Task Delivery_GivenUpWithoutADeadLetterTopic_IsRedeliveredLater()
    {
        await using var app = await new Subscriber(count => count == 1 ? Answer.Retry : Answer.Success).StartAsync();
        await using var scenario = await new PubSubScenario { Redelivery = TimeSpan.FromMilliseconds(20) }
            .App("app", app).Subscribe("app", "news").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task DeadLetter_WhenTheAppMayNotPublishThere_GoesBackToBeRedelivered()
    {
        await using var app = await new Subscriber(count => count == 1 ? Answer.Drop : Answer.Success).StartAsync();
        await using var scenario = await new PubSubScenario { Redelivery = TimeSpan.FromMilliseconds(20) }
            .Scope("publishingScopes", "app=other")
            .App("app", app).Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Path).ShouldBe(["/in", "/in"]);
    }

    [Fact]
    public async Task Delivery_ByEventType_TakesTheFirstMatchingRuleElseDropsToDeadLetters()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).Subscribe("app", "dead", "/dead").Document(
            """
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: typed
            spec:
              pubsubname: bus
              topic: news
              deadLetterTopic: dead
              routes:
                rules:
                  - match: event.type == "a"
                    path: /a
                  - match: event.type=='b'
                    path: b
            scopes: [app]
            """).StartAsync();

        foreach (var type in (string[])["a", "b", "c"]) await scenario.PublishEventAsync("news", type, type);
        await scenario.DrainedAsync();

        app.Received.Select(delivery => (delivery.Id, delivery.Path)).OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .ShouldBe([("a", "/a"), ("b", "/b"), ("c", "/dead")]);
    }

    [Fact]
    public async Task Delivery_AfterItsTimeToLive_GoesToDeadLettersInstead()
    {
        var time = new ShiftedTime();
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario { Time = time }
            .App("app").Subscribe("app", "news", dead: "dead").Subscribe("app", "dead", "/dead").StartAsync();

        await scenario.PublishEventAsync("news", "expired", query: "?metadata.ttlInSeconds=60");
        await scenario.PublishEventAsync("news", "lasting", query: "?metadata.ttlInSeconds=600");
        time.Shift = TimeSpan.FromSeconds(90);
        scenario.Host.Connect("app", app.Address);
        await scenario.DrainedAsync();

        app.Received.Select(delivery => (delivery.Id, delivery.Path)).OrderBy(pair => pair.Id, StringComparer.Ordinal)
            .ShouldBe([("expired", "/dead"), ("lasting", "/in")]);
    }

    [Fact]
    public async Task Delivery_OfRawPayload_IsWrappedForARawSubscriptionAndRefusedByAnother()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("raw", app).App("plain", app)
            .Subscribe("raw", "news", "/raw", extra: "metadata: { rawPayload: \"true\" }")
            .Subscribe("plain", "news", "/plain")
            .StartAsync();

        using var answer = await scenario.PublishAsync("news", "just bytes", "text/plain", "?metadata.rawPayload=true");
        await scenario.DrainedAsync();

        var delivery = app.Received.ShouldHaveSingleItem();
        delivery.Path.ShouldBe("/raw");
        delivery.Event.GetProperty("data_base64").GetBytesFromBase64().ShouldBe("just bytes"u8.ToArray());
    }

    [Fact]
    public async Task Delivery_WhenTheAppDoesNotAnswerInTime_CountsAsFailure()
    {
        var release = new TaskCompletionSource();
        var first = 1;
        await using var app = await new Subscriber(async _ =>
        {
            if (Interlocked.Exchange(ref first, 0) == 1) await release.Task;
            return Answer.Success;
        }).StartAsync();
        await using var scenario = await new PubSubScenario().Retry(PubSubScenario.FastRetries, timeout: "100ms")
            .App("app", app).Subscribe("app", "news").StartAsync();

        await scenario.PublishEventAsync("news", "1");
        await scenario.DrainedAsync();
        release.SetResult();

        app.Received.Count.ShouldBe(2);
    }

    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
