using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Governance.Suite.LocalPubSub;
using Governance.Suite.LocalPubSub.Resources;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Governance.Suite.Tests.LocalPubSub;

/// <summary>A local pub/sub on its own file, with a component <c>bus</c>, a publisher <c>pub</c> and the apps of the test.</summary>
internal sealed class PubSubScenario : IAsyncDisposable
{
    public const string FastRetries = "{ policy: constant, duration: 5ms, maxRetries: 3 }";

    private readonly string _folder = Directory.CreateTempSubdirectory("pubsub").FullName;
    private readonly HttpClient _http = new();
    private readonly ErrorLog _errors = new();
    private readonly List<string> _documents = [];
    private readonly List<LocalPubSubApp> _apps = [new("pub", "pub-api")];
    private string _component = "";

    public PubSubScenario() => File = Path.Combine(_folder, "pubsub.db");

    public string File { get; set; }

    public LocalPubSubHost Host { get; private set; } = null!;

    public TimeSpan Redelivery { get; set; } = TimeSpan.FromMinutes(10);

    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(5);

    public TimeProvider Time { get; set; } = TimeProvider.System;

    public int Concurrency { get; set; } = 8;

    /// <summary>An app called <paramref name="appId"/>, with the tokens <c>{appId}-api</c> and <c>{appId}-app</c>.</summary>
    public PubSubScenario App(string appId, Subscriber? subscriber = null)
    {
        _apps.RemoveAll(app => app.AppId == appId);
        _apps.Add(new LocalPubSubApp(appId, $"{appId}-api", $"{appId}-app", subscriber?.Address));
        return this;
    }

    public PubSubScenario Subscribe(string appId, string topic, string route = "/in", string? dead = null, string extra = "")
    {
        _documents.Add(
            $"""
            apiVersion: dapr.io/v2alpha1
            kind: Subscription
            metadata:
              name: {appId}-{topic}
            spec:
              pubsubname: bus
              topic: {topic}
              routes:
                default: {route}
              {(dead is null ? "" : $"deadLetterTopic: {dead}")}
              {extra}
            scopes: [{appId}]
            """);
        return this;
    }

    public PubSubScenario Document(string yaml)
    {
        _documents.Add(yaml);
        return this;
    }

    /// <summary>Component metadata such as <c>publishingScopes</c>.</summary>
    public PubSubScenario Scope(string name, string value)
    {
        _component += $"\n    - name: {name}\n      value: \"{value}\"";
        return this;
    }

    public PubSubScenario Retry(string policy, string timeout = "10s") => Document(
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata:
          name: retries
        spec:
          policies:
            timeouts:
              limit: {timeout}
            retries:
              again: {policy}
          targets:
            components:
              bus:
                inbound:
                  retry: again
                  timeout: limit
        """);

    public async Task<PubSubScenario> StartAsync()
    {
        var options = new LocalPubSubOptions
        {
            DatabasePath = File,
            Apps = [.. _apps],
            Resources = [Bus(), .. _documents.Select((yaml, index) => new DaprResource($"file{index}.yaml", yaml))],
            RedeliveryInterval = Redelivery,
            StopGrace = Grace,
            Concurrency = Concurrency,
            Time = Time,
        };
        Host = await LocalPubSubHost.StartAsync(options, LoggerFactory.Create(logging => logging.AddProvider(_errors)));
        return this;
    }

    public async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartAsync();
    }

    /// <summary>What a killed process would have left: a copy of its files as they are now, while it runs on.</summary>
    public string CopyAsAfterKill()
    {
        var copy = Path.Combine(_folder, Guid.NewGuid().ToString("N"));
        foreach (var suffix in (string[])["", "-wal"]) System.IO.File.Copy(File + suffix, copy + suffix);
        return copy;
    }

    public Task<HttpResponseMessage> PublishAsync(
        string topic, string body, string? contentType =
            "application/json", string query = "", string token = "pub-api", string? traceParent = null) =>
        SendAsync($"v1.0/publish/bus/{topic}{query}", Encoding.UTF8.GetBytes(body), contentType, token, traceParent);

    /// <summary>Publishes the caller's own CloudEvent with this id and expects 204.</summary>
    public async Task PublishEventAsync(string topic, string id, string type = "test.Happened", string query = "")
    {
        var body = JsonSerializer.Serialize(new { specversion = "1.0", id, type, source = "pub", data = new { id } });
        using var answer = await PublishAsync(topic, body, "application/cloudevents+json", query);
        ((int)answer.StatusCode).ShouldBe(204, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> SendAsync(
        string path, byte[] body, string? contentType = "application/json", string? token = "pub-api", string? traceParent = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Host.Address, path)) { Content = new ByteArrayContent(body) };
        if (contentType is not null) request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        if (token is not null) request.Headers.Add("dapr-api-token", token);
        if (traceParent is not null) request.Headers.Add("traceparent", traceParent);
        return await _http.SendAsync(request);
    }

    public async Task<int> GetStatusAsync(string path)
    {
        using var answer = await _http.GetAsync(new Uri(Host.Address, path));
        return (int)answer.StatusCode;
    }

    /// <summary>A number read from the file by another connection.</summary>
    public long Count(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public Task DrainedAsync() => EventuallyAsync(() => Host.Pending == 0, "nothing is pending");

    public static async Task EventuallyAsync(Func<bool> condition, string what)
    {
        var deadline = DateTime.UtcNow.AddSeconds(20);
        while (!condition())
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline, $"waited in vain until {what}");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Host is not null) await Host.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
        _errors.Entries.ShouldBeEmpty();
    }

    private DaprResource Bus() => new("bus.yaml",
        $"""
        apiVersion: dapr.io/v1alpha1
        kind: Component
        metadata:
          name: bus
        spec:
          type: pubsub.redis
          version: v1
          metadata:
            - name: redisHost
              value: localhost:6379{_component}
        """);
}
