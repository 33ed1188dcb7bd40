using System.Net;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>One running service: two cleartext ports, its database, its workers. Several live in one process in the Suite.</summary>
public sealed class GovernanceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceDefinition _definition;
    private readonly Ports _ports;

    private GovernanceHost(WebApplication app, ServiceDefinition definition, ServiceSettings settings, Ports ports)
    {
        _app = app;
        _definition = definition;
        _ports = ports;
        Settings = settings;
    }

    /// <summary>What it runs with.</summary>
    public ServiceSettings Settings { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>The gRPC port, known once it has started.</summary>
    public int GrpcPort => _ports.Grpc!.IPEndPoint!.Port;

    /// <summary>The HTTP/1.1 port, known once it has started.</summary>
    public int HttpPort => _ports.Http!.IPEndPoint!.Port;

    /// <summary>
    /// Where this process can call its own HTTP side in cleartext, whatever it listens on otherwise. Known once it has started.
    /// </summary>
    public Uri OwnHttp => new($"http://127.0.0.1:{(_ports.InnerHttp ?? _ports.Http!).IPEndPoint!.Port}");

    /// <summary>A program's whole life: reads the settings, migrates or serves until it is told to stop.</summary>
    /// <returns>The exit code: 0, 2 when the settings do not hold, 1 when the database does not.</returns>
    public static async Task<int> RunAsync(ServiceDefinition definition, string[] args)
    {
        InvariantCulture.Use();
        try
        {
            await using var host = Build(definition, ServiceSettings.Read(definition.Service, args));
            if (host.Settings.Migrate == MigrationMode.Only) await host.MigrateAsync(CancellationToken.None);
            else await host.RunAsync();
            return 0;
        }
        catch (SettingsFault fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (DatabaseFault fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
    }

    /// <summary>Builds a host without starting it.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="settings">What it runs with.</param>
    /// <param name="overrides">Replaces services, for tests and the Suite.</param>
    /// <exception cref="SettingsFault">Names everything that is wrong with the settings.</exception>
    public static GovernanceHost Build(
        ServiceDefinition definition, ServiceSettings settings, Action<IServiceCollection>? overrides = null)
    {
        InvariantCulture.Use();
        if (settings.Faults().ToList() is { Count: > 0 } faults) throw new SettingsFault(faults);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = settings.Environment });
        var ports = new Ports();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Listen(kestrel, settings, ports));
        builder.Logging.AddConsoleLog();
        if (settings.OtlpEndpoint is { } otlp)
        {
            builder.Logging.AddOtlpLog(settings.Service.AppId, otlp);
            if (settings.IsWholeProcess) builder.Services.AddTelemetry(settings.Service.AppId, otlp);
        }

        AddServices(builder.Services, settings);
        definition.AddTo(builder.Services, settings);
        overrides?.Invoke(builder.Services);

        var app = builder.Build();
        app.UseRequestTelemetry(settings.Service.Name);
        app.UseRouting();
        app.UseAuthorization();
        definition.MapTo(app, settings);
        return new GovernanceHost(app, definition, settings, ports);
    }

    /// <summary>Prepares the database, checks every RPC's permission, and serves.</summary>
    public async Task StartAsync(CancellationToken ct = default)
    {
        Services.StartTelemetry();
        Services.GetRequiredService<MethodPermissions>()
            .Read(((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints));
        await _definition.PrepareAsync(Services, Settings, ct);
        await _app.StartAsync(ct);
    }

    /// <summary>Lets calls in flight end, then stops.</summary>
    public Task StopAsync(CancellationToken ct = default) => _app.StopAsync(ct);

    /// <summary>Brings the database up to date.</summary>
    public Task MigrateAsync(CancellationToken ct) => _definition.MigrateAsync(Services, ct);

    /// <summary>Holds this service's writes back until disposed; a backup copies the file meanwhile. SQLite only.</summary>
    public async Task<IDisposable> HoldWritesAsync(CancellationToken ct) => await Services.GetRequiredService<WriteLock>().EnterAsync(ct);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (!Settings.Database.IsSqlite) return;
        using var pooled = new SqliteConnection(Settings.Database.ConnectionString);
        SqliteConnection.ClearPool(pooled);
    }

    private async Task RunAsync()
    {
        await StartAsync();
        await _app.WaitForShutdownAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, ServiceSettings settings, Ports ports)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
        var tls = settings.Tls is { } files ? new TlsCertificate(files, TimeProvider.System) : null;
        if (tls is not null || !Ports.ReachLoopback(settings.Listen))
        {
            Add(IPAddress.Loopback, 0, HttpProtocols.Http2, null); // the first: whoever calls this process itself looks there
            ports.InnerHttp = Add(IPAddress.Loopback, 0, HttpProtocols.Http1, null);
        }

        ports.Grpc = Add(settings.Listen, settings.GrpcPort, HttpProtocols.Http2, tls);
        var isShared = settings.GrpcPort == settings.HttpPort && settings.GrpcPort != 0;
        ports.Http = isShared ? ports.Grpc : Add(settings.Listen, settings.HttpPort, HttpProtocols.Http1, tls);

        ListenOptions Add(IPAddress address, int port, HttpProtocols cleartext, TlsCertificate? certificate)
        {
            ListenOptions? added = null;
            kestrel.Listen(new IPEndPoint(address, port), listen =>
            {
                added = listen;
                listen.Protocols = certificate is null ? cleartext : HttpProtocols.Http1AndHttp2;
                if (certificate is not null)
                {
                    listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificate.Options()) });
                }
            });
            return added!;
        }
    }

    private static void AddServices(IServiceCollection services, ServiceSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(settings.Clock);
        services.AddSingleton<BusinessClock>();
        services.AddSingleton(new StatusMapping(settings.Service.ErrorDomain));
        services.AddSingleton<MethodPermissions>();
        services.AddSingleton(provider => new PublicKeys(
            settings.KeysFile, TimeProvider.System, provider.GetRequiredService<ILogger<PublicKeys>>()));
        services.AddSingleton(provider => new TokenVerifier(
            settings.Service.Name, provider.GetRequiredService<PublicKeys>(), TimeProvider.System));
        services.AddSingleton<CallInterceptor>();
        services.AddRoutingCore();
        services.AddGrpc(grpc => grpc.Interceptors.Add<CallInterceptor>());
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    /// <summary>Kestrel writes the ports that it took back into its options.</summary>
    private sealed class Ports
    {
        public ListenOptions? Grpc { get; set; }

        public ListenOptions? Http { get; set; }

        /// <summary>For calls from this machine, in cleartext; null where <see cref="Http"/> takes them.</summary>
        public ListenOptions? InnerHttp { get; set; }

        public static bool ReachLoopback(IPAddress listen) => listen.Equals(IPAddress.Loopback) || listen.Equals(IPAddress.Any);
    }
}
