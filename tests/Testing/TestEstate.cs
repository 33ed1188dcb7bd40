using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Writing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Governance.Testing;

/// <summary>
/// Services as a test needs them: real hosts on free ports, each on its own SQLite file in a folder that goes away, one fake
/// clock, one pub/sub, tokens for anyone. Disposing it fails the test if a host logged an error that was not expected.
/// </summary>
public sealed class TestEstate : IAsyncDisposable
{
    private const string AppToken = "test-app-token";
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-").FullName;
    private readonly Dictionary<string, (ServiceDefinition Definition, TestHost Host)> _running = [];
    private readonly SigningKeyRing _keys;

    private TestEstate(TestPubSub pubSub)
    {
        PubSub = pubSub;
        _keys = new SigningKeyRing(Path.Combine(_folder, "keys"), TimeProvider.System);
        Tokens = new InternalTokenIssuer(_keys, TimeProvider.System);
        _keys.Current();
    }

    public FakeClock Clock { get; } = new();

    public TestPubSub PubSub { get; }

    public LogGuard Logs { get; } = new();

    public InternalTokenIssuer Tokens { get; }

    /// <summary>Where the files are.</summary>
    public string Folder => _folder;

    /// <summary>A running service.</summary>
    public TestHost this[ServiceEntry service] => _running[service.Name].Host;

    /// <summary>Starts the services with migrated databases.</summary>
    public static async Task<TestEstate> StartAsync(params ServiceDefinition[] definitions)
    {
        var estate = new TestEstate(await TestPubSub.StartAsync());
        foreach (var definition in definitions) await estate.StartAsync(definition);
        return estate;
    }

    /// <summary>Starts one more service, or one again, on the data that it has.</summary>
    public async Task<TestHost> StartAsync(
        ServiceDefinition definition, Func<ServiceSettings, ServiceSettings>? change = null, Action<IServiceCollection>? overrides = null)
    {
        var settings = Settings(definition.Service);
        settings = change?.Invoke(settings) ?? settings;
        await MigratedDatabases.PlaceAsync(definition, settings);
        var host = GovernanceHost.Build(definition, settings, services =>
        {
            services.AddLogging(logging => logging.ClearProviders().AddProvider(Logs));
            services.AddSingleton<SecondPass>();
            overrides?.Invoke(services);
        });
        await host.StartAsync();
        var running = new TestHost(host, Tokens);
        _running[definition.Service.Name] = (definition, running);
        await PubSub.AttachAsync(running);
        return running;
    }

    /// <summary>What a host of this estate runs with.</summary>
    public ServiceSettings Settings(ServiceEntry service) => new()
    {
        Service = service,
        GrpcPort = 0,
        HttpPort = 0,
        Database = DatabaseSettings.Sqlite(Path.Combine(_folder, service.Name + ".db")),
        KeysFile = Path.Combine(_folder, "keys", SigningKeyRing.PublicFile),
        AppToken = AppToken,
        DaprEndpoint = PubSub.Endpoint,
        Migrate = MigrationMode.Start,
        Clock = Clock,
    };

    /// <summary>Stops a service; what is published for it waits.</summary>
    /// <param name="service">Which.</param>
    /// <param name="abruptly">Without letting anything in flight end.</param>
    public async Task StopAsync(ServiceEntry service, bool abruptly = false)
    {
        var (_, host) = _running[service.Name];
        PubSub.Detach(host);
        if (!abruptly) await host.StopAsync();
        await host.DisposeAsync();
    }

    /// <summary>Stops a service and starts it again on its data.</summary>
    public async Task<TestHost> RestartAsync(ServiceEntry service, bool abruptly = false)
    {
        await StopAsync(service, abruptly);
        return await StartAsync(_running[service.Name].Definition);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, host) in _running.Values)
        {
            PubSub.Detach(host);
            await host.StopAsync();
        }

        await PubSub.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
        Logs.Verify();
    }
}
