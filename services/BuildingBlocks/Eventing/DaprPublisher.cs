using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>Publishes CloudEvents through Dapr's HTTP API: one event by itself, several by the bulk call where the sidecar has it.</summary>
internal sealed class DaprPublisher(HttpClient http)
{
    private const int Parallel = 16;

    /// <summary>Bytes of events in one bulk call: with their frames they stay under a sidecar's default limit of 4 MiB for a request.</summary>
    private const int LargestBulk = 3 * 1024 * 1024;

    private static readonly MediaTypeHeaderValue Envelope = new(CloudEvent.MediaType);
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private bool _noBulk;

    /// <returns>What was refused, with the reason, by event id.</returns>
    /// <exception cref="HttpRequestException">The sidecar cannot be reached or takes nothing.</exception>
    public async Task<IReadOnlyDictionary<string, string>> PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken ct)
    {
        var failed = new Dictionary<string, string>();
        foreach (var topic in rows.GroupBy(row => row.Topic))
        {
            foreach (var events in Calls(topic))
            {
                if (events.Count == 1 || _noBulk || !await BulkAsync(topic.Key, events, failed, ct)) await SinglyAsync(topic.Key, events, failed, ct);
            }
        }

        return failed;
    }

    private static IEnumerable<List<OutboxRow>> Calls(IEnumerable<OutboxRow> rows)
    {
        var (call, bytes) = (new List<OutboxRow>(), 0);
        foreach (var row in rows)
        {
            if (call.Count > 0 && bytes + row.Envelope.Length > LargestBulk)
            {
                yield return call;
                (call, bytes) = ([], 0);
            }

            call.Add(row);
            bytes += row.Envelope.Length;
        }

        if (call.Count > 0) yield return call;
    }

    private async Task SinglyAsync(string topic, List<OutboxRow> events, Dictionary<string, string> failed, CancellationToken ct)
    {
        foreach (var batch in events.Chunk(Parallel))
        {
            var answers = await Task.WhenAll(batch.Select(row => PublishAsync(topic, row, ct)));
            foreach (var (row, problem) in batch.Zip(answers))
            {
                if (problem is not null) failed[row.Id] = problem;
            }
        }
    }

    private async Task<string?> PublishAsync(string topic, OutboxRow row, CancellationToken ct)
    {
        using var span = EventTraces.StartPublishing(row);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"v1.0/publish/{ServiceCatalog.PubSub}/{topic}");
        request.Content = new ByteArrayContent(row.Envelope) { Headers = { ContentType = Envelope } };
        if (span is not null) request.Headers.Add("traceparent", span.Id);
        using var response = await http.SendAsync(request, ct);
        if (response.IsSuccessStatusCode) return null;
        var problem = await ProblemAsync(response, ct);
        span?.SetStatus(ActivityStatusCode.Error, problem);
        return problem;
    }

    /// <returns>False when this sidecar has no bulk call.</returns>
    private async Task<bool> BulkAsync(string topic, List<OutboxRow> events, Dictionary<string, string> failed, CancellationToken ct)
    {
        using var content = new ByteArrayContent(BulkBody(events)) { Headers = { ContentType = Json } };
        using var response = await http.PostAsync($"v1.0-alpha1/publish/bulk/{ServiceCatalog.PubSub}/{topic}", content, ct);
        if (response.IsSuccessStatusCode) return true;
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented)
        {
            _noBulk = true;
            return false;
        }

        var text = await response.Content.ReadAsStringAsync(ct);
        var refused = FailedEntries(text);
        if (refused.Count == 0) throw new HttpRequestException($"{(int)response.StatusCode} {text}", null, response.StatusCode);
        foreach (var (id, problem) in refused) failed[id] = problem;
        return true;
    }

    private static byte[] BulkBody(List<OutboxRow> events)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var row in events)
            {
                json.WriteStartObject();
                json.WriteString("entryId", row.Id);
                json.WritePropertyName("event");
                json.WriteRawValue(row.Envelope, skipInputValidation: true);
                json.WriteString("contentType", CloudEvent.MediaType);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static Dictionary<string, string> FailedEntries(string text)
    {
        try
        {
            using var answer = JsonDocument.Parse(text);
            return answer.RootElement.TryGetProperty("failedEntries", out var entries)
                ? entries.EnumerateArray().ToDictionary(
                    entry => entry.GetProperty("entryId").GetString()!,
                    entry => entry.TryGetProperty("error", out var error) ? error.ToString() : "")
                : [];
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    private static async Task<string> ProblemAsync(HttpResponseMessage response, CancellationToken ct) =>
        $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}";
}
