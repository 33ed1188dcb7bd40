using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading.Channels;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Eventing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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
/// Dapr's API for publishing on a port of its own: records what is published and delivers it to the hosts that subscribe, at least
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

    /// <summary>Refuses publishers as long as it returns true.</summary>
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
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc();
        TestPubSub? pubsub = null;
        builder.Services.AddSingleton(_ => new Sidecar(pubsub!));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        pubsub = new TestPubSub(app);
        app.UseRouting();
        app.MapGrpcService<Sidecar>();
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

    private void Accept(string topic, byte[] bytes)
    {
        if (Broken()) throw new RpcException(new Status(StatusCode.Internal, "refused by the test"));
        using var document = JsonDocument.Parse(bytes);
        var envelope = document.RootElement;
        var published = new PublishedEvent(
            topic,
            envelope.GetProperty("id").GetString()!,
            envelope.GetProperty("type").GetString()!,
            envelope.GetProperty("subject").GetString()!,
            envelope.GetProperty("data").Clone(),
            bytes);
        _published.Enqueue(published);
        foreach (var subscriber in _subscribers.Values) subscriber.Offer(published);
    }

    /// <summary>Dapr's gRPC API as far as programs publish by it.</summary>
    private sealed class Sidecar(TestPubSub pubsub) : DaprApi
    {
        public override Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
        {
            if (request.DataContentType != "application/cloudevents+json")
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, request.DataContentType));
            }
            pubsub.Accept(request.Topic, request.Data.ToByteArray());
            return Task.FromResult(new Empty());
        }
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
            catch (Exception fault)
                when (fault is HttpRequestException or ObjectDisposedException or InvalidOperationException or JsonException)
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
