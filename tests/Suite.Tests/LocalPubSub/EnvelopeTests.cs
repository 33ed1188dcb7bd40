using System.Text;
using System.Text.Json;
using Governance.Suite.LocalPubSub.Publishing;
using Governance.Suite.LocalPubSub.Storage;
using Shouldly;
using Xunit;

namespace Governance.Suite.Tests.LocalPubSub;

public sealed class EnvelopeTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Wrap_WithoutAnythingSaid_FillsInWhatDaprFillsIn()
    {
        var item = Event(Build("hello", null));

        Guid.TryParse(item.GetProperty("id").GetString(), out _).ShouldBeTrue();
        Text(item, "specversion").ShouldBe("1.0");
        Text(item, "datacontenttype").ShouldBe("text/plain");
        Text(item, "source").ShouldBe("orders");
        Text(item, "type").ShouldBe("com.dapr.event.sent");
        Text(item, "topic").ShouldBe("news");
        Text(item, "pubsubname").ShouldBe("bus");
        Text(item, "traceparent").ShouldBe(Parent);
        Text(item, "traceid").ShouldBe(Parent);
        Text(item, "tracestate").ShouldBe("vendor=1");
        item.GetProperty("time").GetDateTimeOffset().ShouldBe(Now);
        Text(item, "data").ShouldBe("hello");
        item.TryGetProperty("subject", out _).ShouldBeFalse();
        item.TryGetProperty("expiration", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("application/json", """{"n":12345678901234567890.12345}""", """{"n":12345678901234567890.12345}""")]
    [InlineData("application/json; charset=utf-8", "[1]", "[1]")]
    [InlineData("application/json", "{broken", "\"{broken\"")]
    [InlineData("application/xml", "<a/>", "\"<a/>\"")]
    public void Wrap_ByContentType_PutsJsonInAsJsonAndTheRestAsAString(string contentType, string body, string data)
    {
        var item = Event(Build(body, contentType));

        item.GetProperty("data").GetRawText().ShouldBe(data);
        Text(item, "datacontenttype").ShouldBe(contentType);
    }

    [Fact]
    public void Wrap_OfBytes_PutsThemInAsBase64()
    {
        var item = Event(Build([0, 255], "application/octet-stream"));

        item.GetProperty("data_base64").GetBytesFromBase64().ShouldBe([0, 255]);
        item.TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Fact]
    public void Wrap_WithOverrides_TakesThem()
    {
        var message = Build("x", "text/plain",
            ("cloudevent.id", "my-id"), ("cloudevent.source", "my-source"), ("cloudevent.type", "my.Type"),
            ("cloudevent.traceparent", "00-11111111111111111111111111111111-2222222222222222-01"), ("cloudevent.tracestate", "s=1"));

        var item = Event(message);
        (Text(item, "id"), Text(item, "source"), Text(item, "type")).ShouldBe(("my-id", "my-source", "my.Type"));
        Text(item, "traceid").ShouldBe(Text(item, "traceparent"));
        message.TraceParent.ShouldBe("00-11111111111111111111111111111111-2222222222222222-01");
        message.TraceState.ShouldBe("s=1");
        message.Type.ShouldBe("my.Type");
    }

    [Fact]
    public void Complete_OfAnOwnEvent_SetsDeliveryFieldsAndKeepsTheRest()
    {
        var item = Event(Build(
            """
            {"specversion":"1.0","id":"7","source":"windows","type":"w.Changed","subject":"windows/a","time":"2026-01-01T00:00:00Z",
             "topic":"forged","pubsubname":"forged","traceparent":"forged","traceid":"forged","tracestate":"forged",
             "datacontenttype":"application/json","data":{"big":12345678901234567890},"custom":"kept"}
            """, "application/cloudevents+json; charset=utf-8"));

        (Text(item, "id"), Text(item, "source"), Text(item, "type"), Text(item, "subject")).ShouldBe(
            ("7", "windows", "w.Changed", "windows/a"));
        (Text(item, "topic"), Text(item, "pubsubname")).ShouldBe(("news", "bus"));
        (Text(item, "traceparent"), Text(item, "traceid"), Text(item, "tracestate")).ShouldBe((Parent, Parent, "vendor=1"));
        Text(item, "custom").ShouldBe("kept");
        item.GetProperty("data").GetRawText().ShouldBe("""{"big":12345678901234567890}""");
        item.EnumerateObject().Select(property => property.Name).ShouldBeUnique();
    }

    [Fact]
    public void Complete_OfAnOwnEventWithOnlyAnId_SuppliesSourceTypeAndVersion()
    {
        var message = Build("""{"id":"7","source":null}""", "application/cloudevents+json");

        var item = Event(message);
        (Text(item, "source"), Text(item, "type"), Text(item, "specversion")).ShouldBe(("Dapr", "com.dapr.event.sent", "1.0"));
        message.Type.ShouldBe("com.dapr.event.sent");
    }

    [Theory]
    [InlineData("text/plain", "x")]
    [InlineData("application/cloudevents+json", """{"id":"7","expiration":"2000-01-01T00:00:00Z"}""")]
    public void Build_WithATimeToLive_SetsTheExpiration(string contentType, string body)
    {
        var message = Build(body, contentType, ("ttlInSeconds", "90"));

        message.ExpiresAt.ShouldBe(Now.AddSeconds(90).ToUnixTimeMilliseconds());
        Event(message).GetProperty("expiration").GetDateTimeOffset().ShouldBe(Now.AddSeconds(90));
    }

    [Fact]
    public void Build_OfARawPayload_KeepsTheBytesAsTheyAre()
    {
        var message = Build([1, 2, 3], "application/json", ("rawPayload", "true"));

        message.Raw.ShouldBeTrue();
        message.Body.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void AroundRaw_AtEachDelivery_MakesANewEnvelopeWithAnotherId()
    {
        var message = Build([1, 2, 3], null, ("rawPayload", "true"));

        var (first, second) = (Parse(Envelope.AroundRaw(message)), Parse(Envelope.AroundRaw(message)));
        Text(first, "id").ShouldNotBe(Text(second, "id"));
        first.GetProperty("data_base64").GetBytesFromBase64().ShouldBe([1, 2, 3]);
        Text(first, "datacontenttype").ShouldBe("application/octet-stream");
        (Text(first, "topic"), Text(first, "pubsubname"), Text(first, "source")).ShouldBe(("news", "bus", "Dapr"));
    }

    private static StoredMessage Build(string body, string? contentType, params (string Name, string Value)[] metadata) =>
        Build(Encoding.UTF8.GetBytes(body), contentType, metadata);

    private static StoredMessage Build(byte[] body, string? contentType, params (string Name, string Value)[] metadata) => Envelope.Build(
        new PublishRequest("orders", "bus", "news", contentType, body,
            metadata.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal), new TraceContext(Parent, "vendor=1")),
        Now);

    private static JsonElement Event(StoredMessage message) => Parse(message.Body);

    private static JsonElement Parse(byte[] json) => JsonDocument.Parse(json).RootElement;

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();
}
