using System.Security.Cryptography;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;
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

/// <summary>All programs of the suite as hosts of one process, each with its own ports and file, and the local pub/sub between them.</summary>
internal sealed class SuiteHost : IAsyncDisposable
{
    private static readonly ServiceDefinition[] Services = [OwnershipDefinition.Value, WindowsDefinition.Value, PatchingDefinition.Value];

    private readonly SuiteOptions options;
    private readonly DataFolder data;
    private readonly ILoggerFactory loggers = LoggerFactory.Create(logging => logging.AddConsoleLog());
    private readonly Dictionary<string, GovernanceHost> services = [];
    private readonly Dictionary<string, (string Dapr, string App)> tokens =
        Services.Select(definition => definition.Service).Append(ServiceCatalog.Gateway).ToDictionary(
            service => service.Name, _ => (NewToken(), NewToken()));

    private LocalPubSubHost? pubsub;
    private GovernanceHost? gateway;

    private readonly Uri? otlp = TelemetrySetup.OtlpEndpoint;
    private readonly ServiceProvider? telemetry;

    private SuiteHost(SuiteOptions options, DataFolder data)
    {
        this.options = options;
        this.data = data;
        telemetry = otlp is null ? null : new ServiceCollection().AddTelemetry("suite", otlp).BuildServiceProvider();
        telemetry?.StartTelemetry();
    }

    /// <summary>The gateway's port for REST, feeds and pages.</summary>
    public int HttpPort => gateway!.HttpPort;

    /// <summary>The gateway's port for gRPC.</summary>
    public int GrpcPort => gateway!.GrpcPort;

    /// <summary>The ports of one service.</summary>
    public (int Grpc, int Http) PortOf(string service) => (services[service].GrpcPort, services[service].HttpPort);

    /// <summary>What a service runs on.</summary>
    public IServiceProvider ServicesOf(string service) => services[service].Services;

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

    /// <summary>Imports a catalogue; the other services learn of it by events. What the source listed before and does not any more goes.</summary>
    public Task<ImportCatalogResponse> TakeAsync(Stream catalogue, ImportCatalogRequest.Types.Format format, string source, CancellationToken ct) =>
        CatalogFile.ImportAsync(services[ServiceCatalog.Ownership.Name].Services, catalogue, format, source, ct);

    /// <summary>Fills an empty installation with the worked example, through the gateway like any client.</summary>
    /// <returns>False when the installation is not empty.</returns>
    public async Task<bool> FillWithDemoAsync(CancellationToken ct)
    {
        if (File.Exists(data.PathOf("demo")) || SignInPath is null)
        {
            return false;
        }

        var clock = options.Clock is { } start ? new ShiftedClock(start) : TimeProvider.System;
        var (token, _) = await gateway!.Services.GetRequiredService<Sessions>().BeginAsync(Bootstrap.Administrator, ct);
        await using var catalogue = DemoData.Catalogue();
        await TakeAsync(catalogue, ImportCatalogRequest.Types.Format.Backstage, "demo", ct);
        using var retailer = new DemoRetailer(gateway.OwnHttp, token, clock);
        await retailer.FillAsync(ct);
        await File.WriteAllTextAsync(data.PathOf("demo"), "filled", ct);
        return true;
    }

    /// <summary>Stops taking calls first, then delivering, so that nothing is cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        if (gateway is not null)
        {
            await StopAsync(gateway);
        }

        await Task.WhenAll(services.Values.Select(StopAsync));
        if (pubsub is not null)
        {
            await pubsub.DisposeAsync();
        }

        telemetry?.Dispose();
        loggers.Dispose();
        data.Dispose();
    }

    private static async Task StopAsync(GovernanceHost host)
    {
        await host.StopAsync();
        await host.DisposeAsync();
    }

    private async Task StartAllAsync(CancellationToken ct)
    {
        pubsub = await LocalPubSubHost.StartAsync(
            new LocalPubSubOptions { DatabasePath = data.PathOf("pubsub.db"), Concurrency = 32, Apps = [.. tokens.Select(AppOf)] }, loggers, ct);
        await Task.WhenAll(Services.Select(definition => Task.Run(() => StartServiceAsync(definition, ct), ct)));
        await StartGatewayAsync(ct);
        SignInPath = gateway!.Services.GetRequiredService<FirstStart>().SignInPath;
    }

    private async Task StartServiceAsync(ServiceDefinition definition, CancellationToken ct)
    {
        var host = GovernanceHost.Build(definition, SettingsFor(definition.Service));
        lock (services)
        {
            services.Add(definition.Service.Name, host);
        }

        await host.StartAsync(ct);
        await pubsub!.ConnectAsync(definition.Service.Name, new Uri($"http://127.0.0.1:{host.HttpPort}"), ct);
    }

    private async Task StartGatewayAsync(CancellationToken ct)
    {
        gateway = GovernanceHost.Build(
            GatewayDefinition.Value,
            SettingsFor(ServiceCatalog.Gateway) with { Listen = options.Listen, HttpPort = options.Http, GrpcPort = options.Grpc, Tls = options.Tls },
            overrides => overrides.Configure<GatewayOptions>(addresses =>
            {
                foreach (var (name, host) in services)
                {
                    addresses.Grpc[name] = $"http://127.0.0.1:{host.GrpcPort}";
                    addresses.Http[name] = $"http://127.0.0.1:{host.HttpPort}";
                }
            }));
        await gateway.StartAsync(ct);
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
        Database = DatabaseSettings.Sqlite(data.PathOf(service.Name + ".db")),
        KeysFile = Path.Combine(data.PathOf("keys"), SigningKeyRing.PublicFile),
        DaprEndpoint = pubsub?.GrpcAddress ?? new Uri("http://127.0.0.1:50001"),
        DaprToken = tokens[service.Name].Dapr,
        AppToken = tokens[service.Name].App,
        Migrate = MigrationMode.Start,
        Clock = options.Clock is { } start ? new ShiftedClock(start) : TimeProvider.System,
        OtlpEndpoint = otlp,
        IsWholeProcess = false,
    };

    private static LocalPubSubApp AppOf(KeyValuePair<string, (string Dapr, string App)> app) =>
        new(app.Key, app.Value.Dapr, app.Value.App);

    private static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
