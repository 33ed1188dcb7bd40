using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class BulkPublishTests
{
    private const string Path = "v1.0-alpha1/publish/bulk/bus/news";

    [Fact]
    public async Task Bulk_OfGoodEntries_Answers204AndDeliversEachByItsContentType()
    {
        await using var app = await new Subscriber().StartAsync();
        await using var scenario = await new PubSubScenario().App("app", app).Subscribe("app", "news").StartAsync();

        using var answer = await SendAsync(scenario,
            """
            [{"entryId":"1","event":{"amount":12345678901234567890},"contentType":"application/json"},
             {"entryId":"2","event":"words","contentType":"text/plain"},
             {"entryId":"3","event":"AQI=","contentType":"application/octet-stream"},
             {"entryId":"4","event":{"id":"own","type":"t","source":"s","specversion":"1.0"},"contentType":"application/cloudevents+json"}]
            """);
        await scenario.DrainedAsync();

        ((int)answer.StatusCode).ShouldBe(204);
        var events = app.Received.Select(delivery => delivery.Event).ToList();
        events.Count(item => item.TryGetProperty("data", out var data) && data.GetRawText().Contains("12345678901234567890", StringComparison.Ordinal)).ShouldBe(1);
        events.Count(item => item.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.String && data.GetString() == "words").ShouldBe(1);
        events.Count(item => item.TryGetProperty("data_base64", out var data) && data.GetString() == "AQI=").ShouldBe(1);
        events.Count(item => item.GetProperty("id").GetString() == "own").ShouldBe(1);
    }

    [Fact]
    public async Task Bulk_WithABadEntry_Answers500NamingItAndKeepsTheOthers()
    {
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();

        using var answer = await SendAsync(scenario,
            """
            [{"entryId":"good","event":"x","contentType":"text/plain"},
             {"entryId":"bad","event":{"type":"t"},"contentType":"application/cloudevents+json"}]
            """);

        ((int)answer.StatusCode).ShouldBe(500);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        document.RootElement.GetProperty("errorCode").GetString().ShouldBe("ERR_PUBSUB_PUBLISH_MESSAGE");
        var failed = document.RootElement.GetProperty("failedEntries").EnumerateArray().ToList();
        failed.Count.ShouldBe(1);
        failed[0].GetProperty("entryId").GetString().ShouldBe("bad");
        failed[0].GetProperty("error").GetString()!.ShouldContain("id is required");
        scenario.Count("SELECT count(*) FROM message").ShouldBe(1);
    }

    [Theory]
    [InlineData("{}", "array")]
    [InlineData("[1]", "array")]
    [InlineData("nonsense", "array")]
    [InlineData("""[{"event":"x"}]""", "entryId")]
    [InlineData("""[{"entryId":"1","event":"x"},{"entryId":"1","event":"y"}]""", "duplicated")]
    public async Task Bulk_ThatIsMalformed_Answers400AndKeepsNothing(string body, string reason)
    {
        await using var scenario = await new PubSubScenario().App("app").Subscribe("app", "news").StartAsync();

        using var answer = await SendAsync(scenario, body);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(reason);
        scenario.Count("SELECT count(*) FROM message").ShouldBe(0);
    }

    private static Task<HttpResponseMessage> SendAsync(PubSubScenario scenario, string body) => scenario.SendAsync(Path, Encoding.UTF8.GetBytes(body));
}
