using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>
/// Turns what was published into what is stored: the caller's own CloudEvent completed, anything else wrapped, raw bytes as they are.
/// </summary>
internal static class Envelope
{
    private const string DefaultSource = "Dapr";
    private const string DefaultType = "com.dapr.event.sent";

    private static readonly JsonWriterOptions Compact =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="PublishRefused">The message cannot be an event; the message says why.</exception>
    public static StoredMessage Build(PublishRequest request, DateTimeOffset now)
    {
        var expires = request.TimeToLive() is { } life ? now + life : (DateTimeOffset?)null;
        if (request.RawPayload)
        {
            return Store(request, request.Body.ToArray(), null, expires, now) with { Raw = true };
        }
        return ContentTypes.IsCloudEvent(request.ContentType) ? Complete(request, expires, now) : Wrap(request, expires, now);
    }

    /// <summary>The envelope that a subscriber of raw payloads gets: new at each delivery, so its id says nothing.</summary>
    public static byte[] AroundRaw(StoredMessage message) => Write(writer =>
    {
        writer.WriteString("id", Guid.NewGuid().ToString());
        writer.WriteString("specversion", "1.0");
        writer.WriteString("datacontenttype", ContentTypes.Bytes);
        writer.WriteString("source", DefaultSource);
        writer.WriteString("type", DefaultType);
        writer.WriteString("topic", message.Topic);
        writer.WriteString("pubsubname", message.PubSub);
        writer.WriteBase64String("data_base64", message.Body);
    });

    private static StoredMessage Complete(PublishRequest request, DateTimeOffset? expires, DateTimeOffset now)
    {
        using var document = ParseEvent(request.Body);
        var root = document.RootElement;
        if (Attribute(root, "id") is null) throw Malformed("the event's id is required");
        var type = Attribute(root, "type") ?? DefaultType;
        expires ??= ExpirationOf(root);
        var body = Write(writer =>
        {
            foreach (var property in root.EnumerateObject())
            {
                if (!IsReplaced(property, expires))
                {
                    property.WriteTo(writer);
                }
            }
            writer.WriteString("source", Attribute(root, "source") ?? DefaultSource);
            writer.WriteString("type", type);
            writer.WriteString("specversion", Attribute(root, "specversion") ?? "1.0");
            WriteDelivery(writer, request, request.Trace.Parent, expires);
        });
        return Store(request, body, type, expires, now) with
        {
            Later = root.TryGetProperty("lane", out var lane) && lane.ValueKind == JsonValueKind.String && lane.ValueEquals("later"),
        };
    }

    private static StoredMessage Wrap(PublishRequest request, DateTimeOffset? expires, DateTimeOffset now)
    {
        var contentType = string.IsNullOrEmpty(request.ContentType) ? ContentTypes.Text : request.ContentType;
        var type = Override(request, "type") ?? DefaultType;
        var parent = Override(request, "traceparent") ?? Override(request, "traceid") ?? request.Trace.Parent;
        var traced = request with { Trace = new TraceContext(parent, Override(request, "tracestate") ?? request.Trace.State) };
        var body = Write(writer =>
        {
            writer.WriteString("id", Override(request, "id") ?? Guid.NewGuid().ToString());
            writer.WriteString("source", Override(request, "source") ?? request.AppId);
            writer.WriteString("type", type);
            writer.WriteString("specversion", "1.0");
            writer.WriteString("datacontenttype", contentType);
            writer.WriteString("time", now.UtcDateTime);
            WriteDelivery(writer, traced, parent, expires);
            WriteData(writer, contentType, request.Body);
        });
        return Store(traced, body, type, expires, now);
    }

    private static void WriteDelivery(Utf8JsonWriter writer, PublishRequest request, string traceParent, DateTimeOffset? expires)
    {
        writer.WriteString("topic", request.Topic);
        writer.WriteString("pubsubname", request.PubSub);
        writer.WriteString("traceid", traceParent);
        writer.WriteString("traceparent", traceParent);
        writer.WriteString("tracestate", request.Trace.State);
        if (expires is { } instant)
        {
            writer.WriteString("expiration", instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        }
    }

    private static void WriteData(Utf8JsonWriter writer, string contentType, ReadOnlyMemory<byte> body)
    {
        if (ContentTypes.IsJson(contentType) && TryParse(body) is { } json)
        {
            using (json)
            {
                writer.WritePropertyName("data");
                json.WriteTo(writer);
            }
        }
        else if (ContentTypes.IsBinary(contentType) || !System.Text.Unicode.Utf8.IsValid(body.Span))
        {
            writer.WriteBase64String("data_base64", body.Span);
        }
        else
        {
            writer.WriteString("data", Encoding.UTF8.GetString(body.Span));
        }
    }

    private static bool IsReplaced(JsonProperty property, DateTimeOffset? expires) => property.Name switch
    {
        "source" or "type" or "specversion" or "topic" or "pubsubname" or "traceid" or "traceparent" or "tracestate" => true,
        "expiration" => expires is not null,
        _ => false,
    };

    /// <summary>A context attribute's text; null when absent or null.</summary>
    private static string? Attribute(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
        {
            throw Malformed($"the event's {name} must be a string that is not empty");
        }
        return text;
    }

    private static DateTimeOffset? ExpirationOf(JsonElement root) =>
        root.TryGetProperty("expiration", out var value)
            && value.ValueKind == JsonValueKind.String
            && value.TryGetDateTimeOffset(out var instant)
            ? instant
            : null;

    private static JsonDocument ParseEvent(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException broken)
        {
            throw Malformed(broken.Message);
        }

        throw Malformed("it is not a JSON object");
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Override(PublishRequest request, string attribute) =>
        request.Metadata.TryGetValue("cloudevent." + attribute, out var value) && value.Length > 0 ? value : null;

    private static PublishRefused Malformed(string reason) =>
        new(400, "ERR_PUBSUB_CLOUD_EVENTS_SER", $"cannot create cloud event: {reason}");

    private static byte[] Write(Action<Utf8JsonWriter> properties)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Compact))
        {
            writer.WriteStartObject();
            properties(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static StoredMessage Store(
        PublishRequest request, byte[] body, string? type, DateTimeOffset? expires, DateTimeOffset now) => new(
        0, request.PubSub, request.Topic, body, Raw: false, type, request.Trace.Parent, request.Trace.State,
        expires?.ToUnixTimeMilliseconds(), now.ToUnixTimeMilliseconds());
}
