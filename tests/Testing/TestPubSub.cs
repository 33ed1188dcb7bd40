using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Governance.Testing;

/// <summary>An event that a service has published.</summary>
public sealed record PublishedEvent(string Topic, string Id, string Type, string Subject, JsonElement Data, byte[] Envelope)
{
    public T As<T>()
        where T : IMessage<T>, new() =>
        new JsonParser(JsonParser.Settings.Default.WithIgnoreUnknownFields(true)).Parse<T>(Data.GetRawText());
}

/// <summary>
/// Dapr's publish API on a port of its own: records what is published and delivers it to the hosts that subscribe, at least
/// once and in no order. Tests make it slow, forgetful or repetitive.
/// </summary>
public sealed class TestPubSub : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<PublishedEvent> _published = new();
    private readonly ConcurrentDictionary<string, Subscriber> _subscribers = new();

    private TestPubSub(WebApplication app) => _app = app;

    /// <summary>Everything that was published, in order of arrival.</summary>
    public IReadOnlyCollection<PublishedEvent> Published => _published;

    /// <summary>Answers publishers with 500 as long as it returns true.</summary>
    public Func<bool> Broken { get; set; } = () => false;

    /// <summary>How often each event is delivered.</summary>
    public int Copies { get; set; } = 1;

    /// <summary>Delivers in random order, with a random pause.</summary>
    public bool Shuffle { get; set; }

    /// <summary>Where the sidecar is.</summary>
    public Uri Endpoint => new(_app.Urls.Single());

    public static async Task<TestPubSub> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var pubsub = new TestPubSub(app);
        app.UseRouting();
        app.MapPost("/v1.0/publish/{pubsub}/{topic}", (RequestDelegate)pubsub.PublishAsync);
        app.MapPost("/v1.0-alpha1/publish/bulk/{pubsub}/{topic}", (RequestDelegate)pubsub.PublishBulkAsync);
        await app.StartAsync();
        return pubsub;
    }

    /// <summary>The published events of one type.</summary>
    public IReadOnlyList<T> Of<T>()
        where T : IMessage<T>, new() =>
        [.. _published.Where(published => published.Type == new T().Descriptor.FullName).Select(published => published.As<T>())];

    /// <summary>Subscribes a host as it asks, or reconnects one that has restarted; what waited for it is delivered.</summary>
    public async Task AttachAsync(TestHost host)
    {
        var subscriber = _subscribers.GetOrAdd(host.Service.AppId, _ => new Subscriber(this));
        await subscriber.ConnectAsync(host);
    }

    /// <summary>Keeps deliveries for a host that is down.</summary>
    public void Detach(TestHost host)
    {
        if (_subscribers.TryGetValue(host.Service.AppId, out var subscriber)) subscriber.Disconnect();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var subscriber in _subscribers.Values) await subscriber.DisposeAsync();
        await _app.DisposeAsync();
    }

    internal static async Task<string> DeliverAsync(HttpClient http, string path, byte[] envelope, string token, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(envelope) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json");
        request.Headers.Add("dapr-api-token", token);
        using var response = await http.SendAsync(request, ct);
        if (!response.IsSuccessStatusCode) return ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        return answer.RootElement.GetProperty("status").GetString()!;
    }

    private async Task PublishAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        http.Response.StatusCode = Accept(http, body.RootElement) ? 204 : 500;
    }

    private async Task PublishBulkAsync(HttpContext http)
    {
        using var body = await JsonDocument.ParseAsync(http.Request.Body);
        var failed = body.RootElement.EnumerateArray()
            .Where(entry => !Accept(http, entry.GetProperty("event")))
            .Select(entry => new { entryId = entry.GetProperty("entryId").GetString(), error = "refused by the test" })
            .ToList();
        http.Response.StatusCode = failed.Count == 0 ? 204 : 500;
        if (failed.Count > 0) await http.Response.WriteAsJsonAsync(new { failedEntries = failed, errorCode = "ERR_PUBSUB_PUBLISH_MESSAGE" });
    }

    private bool Accept(HttpContext http, JsonElement envelope)
    {
        if (Broken()) return false;
        var topic = (string)http.GetRouteValue("topic")!;
        var published = new PublishedEvent(
            topic,
            envelope.GetProperty("id").GetString()!,
            envelope.GetProperty("type").GetString()!,
            envelope.GetProperty("subject").GetString()!,
            envelope.GetProperty("data").Clone(),
            System.Text.Encoding.UTF8.GetBytes(envelope.GetRawText()));
        _published.Enqueue(published);
        foreach (var subscriber in _subscribers.Values) subscriber.Offer(published);
        return true;
    }

    /// <summary>One app's deliveries: they survive its restart.</summary>
    private sealed class Subscriber(TestPubSub pubsub) : IAsyncDisposable
    {
        private const int Workers = 16;
        private readonly Channel<PublishedEvent> _waiting = Channel.CreateUnbounded<PublishedEvent>();
        private readonly HashSet<string> _topics = [];
        private readonly List<Task> _workers = [];
        private readonly CancellationTokenSource _stop = new();
        private volatile TestHost? _host;

        public async Task ConnectAsync(TestHost host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/dapr/subscribe");
            request.Headers.Add("dapr-api-token", host.Host.Settings.AppToken);
            using var response = await host.Http.SendAsync(request);
            response.EnsureSuccessStatusCode();
            using var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            foreach (var subscription in list.RootElement.EnumerateArray()) _topics.Add(subscription.GetProperty("topic").GetString()!);
            _host = host;
            while (_workers.Count < Workers) _workers.Add(Task.Run(WorkAsync));
        }

        public void Disconnect() => _host = null;

        public void Offer(PublishedEvent published)
        {
            if (!_topics.Contains(published.Topic)) return;
            for (var copy = 0; copy < pubsub.Copies; copy++) _waiting.Writer.TryWrite(published);
        }

        public async ValueTask DisposeAsync()
        {
            _waiting.Writer.TryComplete();
            await _stop.CancelAsync();
            await Task.WhenAll(_workers);
            _stop.Dispose();
        }

        private async Task WorkAsync()
        {
            try
            {
                await foreach (var published in _waiting.Reader.ReadAllAsync(_stop.Token))
                {
                    if (pubsub.Shuffle) await Task.Delay(Random.Shared.Next(20), _stop.Token);
                    if (!await DeliverAsync(published)) await AgainAsync(published);
                }
            }
            catch (OperationCanceledException)
            {
                // The test is over.
            }
        }

        private async Task<bool> DeliverAsync(PublishedEvent published)
        {
            if (_host is not { } host) return false;
            try
            {
                var answer = await TestPubSub.DeliverAsync(
                    host.Http, $"/dapr/events/{published.Topic}", published.Envelope, host.Host.Settings.AppToken, _stop.Token);
                return answer is "SUCCESS" or "DROP";
            }
            catch (Exception fault) when (fault is HttpRequestException or ObjectDisposedException or InvalidOperationException or JsonException)
            {
                return false;
            }
        }

        private async Task AgainAsync(PublishedEvent published)
        {
            await Task.Delay(20, _stop.Token);
            _waiting.Writer.TryWrite(published);
        }
    }
}
