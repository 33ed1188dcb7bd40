using System.Runtime.InteropServices;
using System.Text.Json;
using Governance.Suite.LocalPubSub.Delivery;
using Governance.Suite.LocalPubSub.Storage;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>
/// <c>POST /v1.0-alpha1/publish/bulk/{pubsub}/{topic}</c>: 204 when all entries are durable. An entry that cannot be an event is
/// reported by its id and the others are kept, in one commit.
/// </summary>
internal sealed class BulkPublisher(Publisher publisher, Broker broker, TimeProvider time)
{
    private const string NotAList = "the body must be a JSON array of {entryId, event, contentType}";

    public async Task PublishAsync(HttpContext context)
    {
        var (appId, pubsub, topic) = publisher.Target(context, unknownStatus: 400);
        using var document = Parse(await RequestBody.ReadAsync(context, RequestBody.LargestBulk));
        var shared = new PublishRequest(
            appId, pubsub, topic, null, default, PublishRequest.MetadataOf(context.Request.Query), TraceContext.Of(context.Request.Headers));
        var (messages, failures) = Build(document.RootElement, shared);
        await broker.AcceptAsync(messages);
        if (failures.Count == 0)
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        else
            await ReportAsync(context, failures);
    }

    private (List<StoredMessage> Messages, List<FailedEntry> Failures) Build(JsonElement entries, PublishRequest shared)
    {
        var (messages, failures, seen) = (new List<StoredMessage>(), new List<FailedEntry>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in entries.EnumerateArray())
        {
            var id = Text(entry, "entryId");
            if (string.IsNullOrEmpty(id) || !seen.Add(id)) throw Malformed($"entryId is duplicated or not present: '{id}'");
            try
            {
                messages.Add(Envelope.Build(Request(entry, shared), time.GetUtcNow()));
            }
            catch (PublishRefused refused)
            {
                failures.Add(new FailedEntry(id, refused.Message));
            }
        }

        return (messages, failures);
    }

    private static PublishRequest Request(JsonElement entry, PublishRequest shared)
    {
        var contentType = Text(entry, "contentType");
        var body = Body(entry, contentType);
        if (body.Length > RequestBody.LargestEvent) throw RequestBody.TooLarge(RequestBody.LargestEvent);
        var metadata = new Dictionary<string, string>(shared.Metadata, StringComparer.Ordinal);
        if (entry.TryGetProperty("metadata", out var own) && own.ValueKind == JsonValueKind.Object)
            foreach (var pair in own.EnumerateObject())
                metadata[pair.Name] = pair.Value.ToString();
        return shared with { ContentType = contentType, Body = body, Metadata = metadata };
    }

    private static byte[] Body(JsonElement entry, string? contentType)
    {
        if (!entry.TryGetProperty("event", out var value)) throw Malformed("event is required");
        if (ContentTypes.IsJson(contentType)) return JsonMarshal.GetRawUtf8Value(value).ToArray();
        if (value.ValueKind != JsonValueKind.String) throw Malformed($"event must be a string for content type '{contentType}'");
        if (!ContentTypes.IsBinary(contentType)) return System.Text.Encoding.UTF8.GetBytes(value.GetString()!);
        return value.TryGetBytesFromBase64(out var bytes) ? bytes : throw Malformed("event must be base64 for application/octet-stream");
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Array
                && document.RootElement.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.Object)) return document;
            document.Dispose();
        }
        catch (JsonException broken)
        {
            throw Malformed($"{NotAList}: {broken.Message}");
        }

        throw Malformed(NotAList);
    }

    private static Task ReportAsync(HttpContext context, List<FailedEntry> failures)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return context.Response.WriteAsJsonAsync(new
        {
            failedEntries = failures.Select(failure => new { entryId = failure.EntryId, error = failure.Error }),
            errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE",
        });
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static PublishRefused Malformed(string reason) => new(400, "ERR_PUBSUB_EVENTS_SER", reason);

    private sealed record FailedEntry(string EntryId, string Error);
}
