using System.Collections.Concurrent;
using System.Net;
using Governance.BuildingBlocks.Tracing;
using Governance.Suite.LocalPubSub.Delivery;
using Governance.Suite.LocalPubSub.Publishing;
using Governance.Suite.LocalPubSub.Resources;
using Governance.Suite.LocalPubSub.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Governance.Suite.LocalPubSub;

/// <summary>
/// Pub/sub in this process that speaks the part of Dapr's API which the services use, durable in one SQLite file.
/// Start it before the apps; stop it after them.
/// </summary>
internal sealed class LocalPubSubHost : IAsyncDisposable
{
    private readonly LocalPubSubOptions _options;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly MessageStore _store;
    private readonly SubscriptionDirectory _directory;
    private readonly Dictionary<string, AppChannel> _apps;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _subscriptionsKnown = new(StringComparer.Ordinal);
    private readonly WebApplication _web;
    private int _disposed;

    private LocalPubSubHost(LocalPubSubOptions options, DaprConfiguration configuration, ILoggerFactory loggers)
    {
        _options = options;
        var logger = loggers.CreateLogger("Governance.LocalPubSub");
        _store = MessageStore.Open(options.DatabasePath, logger);
        var broker = new Broker(_store);
        var deliverer = new Deliverer(broker, configuration, options, logger, _aborting.Token);
        _directory = new SubscriptionDirectory(configuration, options, _store, broker, deliverer.DeliverAsync, logger);
        _apps = options.Apps.ToDictionary(app => app.AppId, app => new AppChannel(app, logger, _stopping.Token), StringComparer.Ordinal);
        var discovery = new Discovery(_directory, logger, _stopping.Token);
        foreach (var app in _apps.Values) app.CameUp = () => OnCameUp(app, discovery);
        _web = Build(options, new Callers(options.Apps, configuration), broker, loggers, logger);
    }

    /// <summary>Where the HTTP API listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Where the gRPC API listens: what the apps get as their Dapr endpoint.</summary>
    public Uri GrpcAddress { get; private set; } = null!;

    /// <summary>Deliveries that are owed: waiting, delayed or running.</summary>
    public int Pending => _directory.All.Sum(pump => pump.Pending);

    /// <summary>
    /// Opens the file, takes up what is owed and listens. An app without an address receives once <see cref="Connect"/> names it.
    /// </summary>
    /// <exception cref="LocalPubSubConfigurationException">Options or files are not usable; every fault is listed.</exception>
    public static async Task<LocalPubSubHost> StartAsync(
        LocalPubSubOptions options, ILoggerFactory loggers, CancellationToken cancel = default)
    {
        LocalPubSubConfigurationException.ThrowIfAny(options.Faults());
        var host = new LocalPubSubHost(options, DaprConfiguration.Read(options.Resources), loggers);
        try
        {
            host._directory.Start(host._apps);
            await host._web.StartAsync(cancel);
            var addresses = host._web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
            (host.Address, host.GrpcAddress) = (new Uri(addresses[0]), new Uri(addresses[1]));
            foreach (var app in options.Apps.Where(app => app.Address is not null)) host.Connect(app.AppId, app.Address);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells where an app listens now; null: nowhere, so its deliveries wait.</summary>
    /// <exception cref="ArgumentException">No such app is configured.</exception>
    public void Connect(string appId, Uri? address)
    {
        if (!_apps.TryGetValue(appId, out var app)) throw new ArgumentException($"No app '{appId}' is configured.", nameof(appId));
        app.Connect(address);
    }

    /// <summary>
    /// Tells where an app listens now, and waits until its subscriptions are known: from here on nothing is published past it.
    /// </summary>
    public Task ConnectAsync(string appId, Uri address, CancellationToken ct)
    {
        var known = _subscriptionsKnown.GetOrAdd(appId, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        Connect(appId, address);
        return known.Task.WaitAsync(ct);
    }

    /// <summary>Stops taking and delivering, lets deliveries in flight end within the grace, and writes down what was delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _stopping.CancelAsync();
        var ended = Task.WhenAll(_directory.All.Select(pump => pump.StopAsync()));
        await Task.WhenAny(ended, Task.Delay(_options.StopGrace));
        await _aborting.CancelAsync();
        await ended;
        foreach (var app in _apps.Values) app.Dispose();
        _store.Dispose();
        _stopping.Dispose();
        _aborting.Dispose();
    }

    private void OnCameUp(AppChannel app, Discovery discovery)
    {
        foreach (var pump in _directory.All.Where(pump => pump.App == app)) pump.Resume();
        _ = DiscoverAsync(app, discovery);
    }

    private async Task DiscoverAsync(AppChannel app, Discovery discovery)
    {
        if (_options.DiscoverSubscriptions) await discovery.AskAsync(app);
        if (_subscriptionsKnown.TryRemove(app.App.AppId, out var known)) known.TrySetResult();
    }

    private WebApplication Build(LocalPubSubOptions options, Callers callers, Broker broker, ILoggerFactory loggers, ILogger logger)
    {
        // An empty builder: neither the process's arguments nor its environment configure this host.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(loggers);
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The endpoints have their own limits; with one here too, a refused body would break the connection before the 413 is read.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddLogging();
        builder.Services.AddSingleton(new Publisher(callers, broker, options.Time));
        builder.Services.AddSingleton<GrpcPublisher>();
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.UseRequestTelemetry(Telemetry.Service);
        app.UseRouting();
        PublishEndpoints.Map(app, app.Services.GetRequiredService<Publisher>(), () => _store.Writer.Healthy, logger);
        return app;
    }
}
