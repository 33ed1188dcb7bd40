using System.Text.Json;
using Google.Protobuf;
using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Writing;

/// <summary>A CloudEvents 1.0 envelope in structured JSON mode.</summary>
/// <param name="Id">The outbox row's id.</param>
/// <param name="Source">The publishing service's name.</param>
/// <param name="Type">The message's full name.</param>
/// <param name="Subject">The resource name.</param>
/// <param name="TraceParent">W3C trace context; empty when there is none.</param>
/// <param name="Data">The message as protobuf JSON.</param>
/// <param name="Lane">Whether it lets others go first.</param>
internal sealed record CloudEvent(string Id, string Source, string Type, string Subject, string TraceParent, string Data, Lane Lane)
{
    public const string MediaType = "application/cloudevents+json";

    /// <summary>
    /// Repeats `traceparent` where Dapr leaves it alone: a sidecar replaces that one by the trace of the publishing call.
    /// </summary>
    private const string OriginTrace = "origintrace";

    /// <summary>
    /// The attribute of what waits while others are published, delivered and applied; events of the first lane have none.
    /// </summary>
    private const string LaneName = "lane";

    private const string LaterLane = "later";

    public static byte[] Write(
        string id, string source, string subject, DateTimeOffset time, string traceParent, IMessage message, Lane lane = Lane.First)
    {
        using var buffer = new MemoryStream(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", id);
            json.WriteString("source", source);
            json.WriteString("type", message.Descriptor.FullName);
            json.WriteString("subject", subject);
            json.WriteString("time", time);
            json.WriteString("datacontenttype", "application/json");
            json.WriteString("traceparent", traceParent);
            json.WriteString(OriginTrace, traceParent);
            if (lane == Lane.Later) json.WriteString(LaneName, LaterLane);
            json.WritePropertyName("data");
            json.WriteRawValue(JsonFormatter.Default.Format(message), skipInputValidation: true);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <exception cref="FormatException">It is no CloudEvent of ours.</exception>
    public static CloudEvent Read(ReadOnlyMemory<byte> envelope)
    {
        try
        {
            using var document = JsonDocument.Parse(envelope);
            var root = document.RootElement;
            return new CloudEvent(
                Text(root, "id"), Text(root, "source"), Text(root, "type"), Text(root, "subject", ""),
                Text(root, OriginTrace, Text(root, "traceparent", "")),
                root.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object ? data.GetRawText() : "{}",
                Text(root, LaneName, "") == LaterLane ? Lane.Later : Lane.First);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException($"The envelope is no CloudEvent: {fault.Message}", fault);
        }
    }

    /// <summary>Who published an envelope of our own, and in which trace.</summary>
    public static (string Source, string TraceParent) OriginOf(byte[] envelope)
    {
        var (source, traceParent) = ("", "");
        var json = new Utf8JsonReader(envelope);
        while (json.Read())
        {
            if (json.TokenType != JsonTokenType.PropertyName) continue;
            if (json.ValueTextEquals("data"u8)) break;
            var (isSource, isTrace) = (json.ValueTextEquals("source"u8), json.ValueTextEquals("traceparent"u8));
            json.Read();
            if (isSource) source = json.GetString() ?? "";
            if (isTrace) traceParent = json.GetString() ?? "";
        }

        return (source, traceParent);
    }

    private static string Text(JsonElement root, string name, string? unset = null) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : unset ?? throw new FormatException($"The envelope has no '{name}'.");
}
