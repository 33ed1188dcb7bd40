using System.Security.Cryptography;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Tracing;
using Governance.Gateway;
using Governance.Gateway.Identity;
using Governance.Gateway.Proxy;
using Governance.MaintenanceWindows;
using Governance.Ownership;
using Governance.Ownership.Imports;
using Governance.Ownership.V1;
using Governance.Patching;
using Governance.Suite.Demo;
using Governance.Suite.LocalPubSub;

namespace Governance.Suite;

/// <summary>
/// All programs of the suite as hosts of one process, each with its own ports and file, and the local pub/sub between them.
/// </summary>
internal sealed class SuiteHost : IAsyncDisposable
{
    private static readonly ServiceDefinition[] Services = [OwnershipDefinition.Value, WindowsDefinition.Value, PatchingDefinition.Value];

    private readonly SuiteOptions _options;
    private readonly DataFolder _data;
    private readonly ILoggerFactory _loggers = LoggerFactory.Create(logging => logging.AddConsoleLog());
    private readonly Dictionary<string, GovernanceHost> _services = [];
    private readonly Dictionary<string, (string Dapr, string App)> _tokens =
        Services.Select(definition => definition.Service).Append(ServiceCatalog.Gateway).ToDictionary(
            service => service.Name, _ => (NewToken(), NewToken()));

    private LocalPubSubHost? _pubsub;
    private GovernanceHost? _gateway;

    private readonly Uri? _otlp = TelemetrySetup.OtlpEndpoint;
    private readonly ServiceProvider? _telemetry;

    private SuiteHost(SuiteOptions options, DataFolder data)
    {
        _options = options;
        _data = data;
        _telemetry = _otlp is null ? null : new ServiceCollection().AddTelemetry("suite", _otlp).BuildServiceProvider();
        _telemetry?.StartTelemetry();
    }

    /// <summary>The gateway's port for REST, feeds and pages.</summary>
    public int HttpPort => _gateway!.HttpPort;

    /// <summary>The gateway's port for gRPC.</summary>
    public int GrpcPort => _gateway!.GrpcPort;

    /// <summary>The ports of one service.</summary>
    public (int Grpc, int Http) PortOf(string service) => (_services[service].GrpcPort, _services[service].HttpPort);

    /// <summary>What a service runs on.</summary>
    public IServiceProvider ServicesOf(string service) => _services[service].Services;

    /// <summary>The path of the one-time sign-in link; null except at the first start.</summary>
    public string? SignInPath { get; private set; }

    /// <summary>Starts everything; when it returns every service answers.</summary>
    public static async Task<SuiteHost> StartAsync(SuiteOptions options, CancellationToken ct)
    {
        var suite = new SuiteHost(options, DataFolder.Open(options.Data, options.Clock));
        try
        {
            await (options.MigrateOnly ? suite.MigrateAsync(ct) : suite.StartAllAsync(ct));
            return suite;
        }
        catch
        {
            await suite.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Imports a catalogue; the other services learn of it by events. What the source listed before and does not any more goes.
    /// </summary>
    public Task<ImportCatalogResponse> TakeAsync(
        Stream catalogue, ImportCatalogRequest.Types.Format format, string source, CancellationToken ct) =>
        CatalogFile.ImportAsync(_services[ServiceCatalog.Ownership.Name].Services, catalogue, format, source, ct);

    /// <summary>Fills an empty installation with the worked example, through the gateway like any client.</summary>
    /// <returns>False when the installation is not empty.</returns>
    public async Task<bool> FillWithDemoAsync(CancellationToken ct)
    {
        if (File.Exists(_data.PathOf("demo")) || SignInPath is null)
        {
            return false;
        }

        var clock = _options.Clock is { } start ? new ShiftedClock(start) : TimeProvider.System;
        var (token, _) = await _gateway!.Services.GetRequiredService<Sessions>().BeginAsync(Bootstrap.Administrator, ct);
        await using var catalogue = DemoData.Catalogue();
        await TakeAsync(catalogue, ImportCatalogRequest.Types.Format.Backstage, "demo", ct);
        using var retailer = new DemoRetailer(_gateway.OwnHttp, token, clock);
        await retailer.FillAsync(ct);
        await File.WriteAllTextAsync(_data.PathOf("demo"), "filled", ct);
        return true;
    }

    /// <summary>Stops taking calls first, then delivering, so that nothing is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await StopAsync(_gateway);
        }

        await Task.WhenAll(_services.Values.Select(StopAsync));
        if (_pubsub is not null)
        {
            await _pubsub.DisposeAsync();
        }

        _telemetry?.Dispose();
        _loggers.Dispose();
        _data.Dispose();
    }

    private static async Task StopAsync(GovernanceHost host)
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private async Task StartAllAsync(CancellationToken ct)
    {
        _pubsub = await LocalPubSubHost.StartAsync(
            new LocalPubSubOptions { DatabasePath = _data.PathOf("pubsub.db"), Concurrency = 32, Apps = [.. _tokens.Select(AppOf)] },
            _loggers,
            ct);
        await Task.WhenAll(Services.Select(definition => Task.Run(() => StartServiceAsync(definition, ct), ct)));
        await StartGatewayAsync(ct);
        SignInPath = _gateway!.Services.GetRequiredService<FirstStart>().SignInPath;
    }

    private async Task StartServiceAsync(ServiceDefinition definition, CancellationToken ct)
    {
        var host = GovernanceHost.Build(definition, SettingsFor(definition.Service));
        lock (_services)
        {
            _services.Add(definition.Service.Name, host);
        }

        await host.StartAsync(ct);
        await _pubsub!.ConnectAsync(definition.Service.Name, new Uri($"http://127.0.0.1:{host.HttpPort}"), ct);
    }

    private async Task StartGatewayAsync(CancellationToken ct)
    {
        _gateway = GovernanceHost.Build(
            GatewayDefinition.Value,
            SettingsFor(ServiceCatalog.Gateway) with
            {
                Listen = _options.Listen,
                HttpPort = _options.Http,
                GrpcPort = _options.Grpc,
                Tls = _options.Tls,
            },
            overrides => overrides.Configure<GatewayOptions>(addresses =>
            {
                foreach (var (name, host) in _services)
                {
                    addresses.Grpc[name] = $"http://127.0.0.1:{host.GrpcPort}";
                    addresses.Http[name] = $"http://127.0.0.1:{host.HttpPort}";
                }
            }));
        await _gateway.StartAsync(ct);
    }

    private async Task MigrateAsync(CancellationToken ct)
    {
        foreach (var definition in Services.Append(GatewayDefinition.Value))
        {
            await using var host = GovernanceHost.Build(definition, SettingsFor(definition.Service));
            await host.MigrateAsync(ct);
        }
    }

    private ServiceSettings SettingsFor(ServiceEntry service) => new()
    {
        Service = service,
        GrpcPort = 0,
        HttpPort = 0,
        Database = DatabaseSettings.Sqlite(_data.PathOf(service.Name + ".db")),
        KeysFile = Path.Combine(_data.PathOf("keys"), SigningKeyRing.PublicFile),
        DaprEndpoint = _pubsub?.GrpcAddress ?? new Uri("http://127.0.0.1:50001"),
        DaprToken = _tokens[service.Name].Dapr,
        AppToken = _tokens[service.Name].App,
        Migrate = MigrationMode.Start,
        Clock = _options.Clock is { } start ? new ShiftedClock(start) : TimeProvider.System,
        OtlpEndpoint = _otlp,
        IsWholeProcess = false,
    };

    private static LocalPubSubApp AppOf(KeyValuePair<string, (string Dapr, string App)> app) =>
        new(app.Key, app.Value.Dapr, app.Value.App);

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
