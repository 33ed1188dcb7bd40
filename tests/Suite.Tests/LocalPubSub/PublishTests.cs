using System.Text.Json;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class PublishTests
{
    [Fact]
    public async Task Publish_ToASubscribedTopic_Answers204AfterMessageAndDeliveriesAreInTheFile()
    {
        await using var scenario = await new PubSubScenario()
            .App("one").App("two").Subscribe("one", "news").Subscribe("two", "news").StartAsync();

        using var answer = await scenario.PublishAsync("news", "{}");

        ((int)answer.StatusCode).ShouldBe(204);
        scenario.Count("SELECT count(*) FROM message").ShouldBe(1);
        scenario.Count("SELECT count(*) FROM delivery").ShouldBe(2);
    }

    [Fact]
    public async Task Publish_ToATopicNobodyReads_Answers204AndKeepsNothing()
    {
        await using var scenario = await new PubSubScenario().StartAsync();

        using var answer = await scenario.PublishAsync("silence", "{}");

        ((int)answer.StatusCode).ShouldBe(204);
        scenario.Count("SELECT count(*) FROM message").ShouldBe(0);
    }

    [Theory]
    [InlineData("v1.0/publish/nowhere/news", 404, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("v1.0/publish/BUS/news", 404, "ERR_PUBSUB_NOT_FOUND")]
    [InlineData("v1.0/publish/bus/", 404, "ERR_TOPIC_NAME_EMPTY")]
    [InlineData("v1.0/publish/bus/secret", 403, "ERR_PUBSUB_FORBIDDEN")]
    [InlineData("v1.0/publish/bus/News", 403, "ERR_PUBSUB_FORBIDDEN")]
    public async Task Publish_WhereTheAppMayNot_IsRefusedWithTheReason(string path, int status, string code)
    {
        await using var scenario = await new PubSubScenario().Scope("publishingScopes", "pub=news").StartAsync();

        using var answer = await scenario.SendAsync(path, "[]"u8.ToArray());

        ((int)answer.StatusCode).ShouldBe(status);
        (await ErrorCodeAsync(answer)).ShouldBe(code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("pub-app")]
    [InlineData("PUB-API")]
    public async Task Publish_WithoutTheAppsToken_Answers401(string? token)
    {
        await using var scenario = await new PubSubScenario().StartAsync();

        using var answer = await scenario.SendAsync("v1.0/publish/bus/news", "{}"u8.ToArray(), token: token);

        ((int)answer.StatusCode).ShouldBe(401);
    }

    [Fact]
    public async Task Publish_ByAnAppOutsideTheComponentsScopes_Answers404()
    {
        await using var scenario = await new PubSubScenario().App("gateway").Document(
            """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: private
            spec:
              type: pubsub.redis
              version: v1
            scopes: [pub]
            """).StartAsync();

        using var allowed = await scenario.SendAsync("v1.0/publish/private/news", "{}"u8.ToArray());
        using var refused = await scenario.SendAsync("v1.0/publish/private/news", "{}"u8.ToArray(), token: "gateway-api");

        ((int)allowed.StatusCode).ShouldBe(204);
        ((int)refused.StatusCode).ShouldBe(404);
    }

    [Theory]
    [InlineData(1 << 20, 204)]
    [InlineData((1 << 20) + 1, 413)]
    [InlineData((4 << 20) + 1, 413)]
    public async Task Publish_OfALargeEvent_IsTakenUpToOneMebibyte(int bytes, int status)
    {
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();

        using var answer = await scenario.SendAsync("v1.0/publish/bus/news", new byte[bytes], "application/octet-stream");

        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 413) (await answer.Content.ReadAsStringAsync()).ShouldContain("larger than 1048576 bytes");
    }

    [Theory]
    [InlineData("""{"specversion":"1.0","type":"t","source":"s"}""", "id is required")]
    [InlineData("""{"id":7}""", "id must be a string")]
    [InlineData("""{"id":"1","type":""}""", "type must be a string")]
    [InlineData("""{"id":"1","id":"2"}""", "id")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("{", "JSON")]
    public async Task Publish_OfACloudEventThatIsNone_IsRefusedWithTheReason(string body, string reason)
    {
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();

        using var answer = await scenario.PublishAsync("news", body, "application/cloudevents+json");

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(reason);
        scenario.Count("SELECT count(*) FROM message").ShouldBe(0);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("1.5")]
    public async Task Publish_WithATimeToLiveThatIsNone_IsRefused(string seconds)
    {
        await using var scenario = await new PubSubScenario().StartAsync();

        using var answer = await scenario.PublishAsync("news", "{}", query: $"?metadata.ttlInSeconds={seconds}");

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ttlInSeconds");
    }

    [Theory]
    [InlineData("v1.0/healthz")]
    [InlineData("v1.0/healthz/outbound")]
    public async Task Health_WhileRunning_Answers204WithoutAToken(string path)
    {
        await using var scenario = await new PubSubScenario().StartAsync();

        (await scenario.GetStatusAsync(path)).ShouldBe(204);
    }

    [Fact]
    public async Task Publish_FromManyCallersAtOnce_DeliversEachExactlyOnceWhenNothingFails()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).Subscribe("app", "news").StartAsync();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 32 },
            async (number, _) => await scenario.PublishEventAsync("news", $"event-{number}"));
        await scenario.DrainedAsync();

        app.Received.Select(delivery => delivery.Id).Order(StringComparer.Ordinal)
            .ShouldBe(Enumerable.Range(0, 1000).Select(number => $"event-{number}").Order(StringComparer.Ordinal));
        await PubSubScenario.EventuallyAsync(() => scenario.Count("SELECT count(*) FROM message") == 0, "delivered messages are removed");
        scenario.Count("SELECT count(*) FROM delivery").ShouldBe(0);
    }

    private static async Task<string?> ErrorCodeAsync(HttpResponseMessage answer)
    {
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return document.RootElement.GetProperty("errorCode").GetString();
    }
}
