using System.Net;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;

namespace Governance.BuildingBlocks.Settings;

/// <summary>When a host brings its database up to date.</summary>
public enum MigrationMode
{
    /// <summary>Never: it refuses to start on an older database.</summary>
    Check,

    /// <summary>Migrates and ends: `--migrate`, a job before the rollout.</summary>
    Only,

    /// <summary>Migrates, then serves: the Suite, which is alone on its files.</summary>
    Start,
}

/// <summary>One host's settings. <see cref="Read"/> takes them from the command line and the environment.</summary>
public sealed record ServiceSettings
{
    /// <summary>Which service.</summary>
    public required ServiceEntry Service { get; init; }

    /// <summary>`Production` unless said otherwise; `Development` runs without APP_API_TOKEN.</summary>
    public string Environment { get; init; } = "Production";

    /// <summary>The address to listen on; loopback.</summary>
    public IPAddress Listen { get; init; } = IPAddress.Loopback;

    /// <summary>The gRPC port; 0 takes a free one.</summary>
    public required int GrpcPort { get; init; }

    /// <summary>The HTTP/1.1 port; 0 takes a free one.</summary>
    public required int HttpPort { get; init; }

    /// <summary>
    /// The gateway's certificate: both ports then speak TLS, and each HTTP/1.1 and HTTP/2. Null: cleartext, HTTP/2 on the
    /// gRPC port and HTTP/1.1 on the other.
    /// </summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>Where the data is.</summary>
    public required DatabaseSettings Database { get; init; }

    /// <summary>The gateway's public keys; `data/keys/public-keys.json`.</summary>
    public required string KeysFile { get; init; }

    /// <summary>The key that signs this service's audit heads; created beside the public keys when it is not there.</summary>
    public string AuditKeyFile
    {
        get => field.Length > 0 ? field : Path.Combine(Path.GetDirectoryName(KeysFile) ?? "", $"audit-{Service.Name}.pem");
        init;
    } = "";

    /// <summary>The sidecar's gRPC API; `http://127.0.0.1:50001`.</summary>
    public Uri DaprEndpoint { get; init; } = new("http://127.0.0.1:50001");

    /// <summary>What the sidecar asks of us; empty for nothing.</summary>
    public string DaprToken { get; init; } = "";

    /// <summary>What we ask of the sidecar.</summary>
    public string AppToken { get; init; } = "";

    /// <summary>When the database is migrated.</summary>
    public MigrationMode Migrate { get; init; }

    /// <summary>Raises the epoch and republishes everything at the start: after a restore.</summary>
    public bool RaiseEpoch { get; init; }

    /// <summary>The clock of business rules.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where telemetry goes by OTLP; null for nowhere.</summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>Whether the process runs nothing else. Otherwise whoever starts its hosts collects their traces and metrics.</summary>
    public bool IsWholeProcess { get; init; } = true;

    internal bool IsDevelopment => string.Equals(Environment, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the settings: the command line wins over the environment, the environment over the defaults.</summary>
    /// <exception cref="SettingsFault">Names every setting that is wrong.</exception>
    public static ServiceSettings Read(ServiceEntry service, IReadOnlyList<string> args) =>
        new SettingsReader(args, System.Environment.GetEnvironmentVariable).Read(service);

    /// <summary>The faults of these settings; empty when they hold.</summary>
    internal IEnumerable<string> Faults()
    {
        if (AppToken.Length == 0 && !IsDevelopment && Migrate != MigrationMode.Only)
        {
            yield return "APP_API_TOKEN is not set. Outside Development the endpoints that Dapr calls must ask for a token.";
        }
        if (GrpcPort is < 0 or > 65535) yield return $"GOVERNANCE_GRPC_PORT: {GrpcPort} is no port.";
        if (HttpPort is < 0 or > 65535) yield return $"GOVERNANCE_HTTP_PORT: {HttpPort} is no port.";
        if (Tls is not null && Service.Name != ServiceCatalog.Gateway.Name)
        {
            yield return "GOVERNANCE_TLS_CERTIFICATE: only the gateway speaks TLS; the services behind it listen to it and to their "
                + "sidecars.";
        }
        else if (Tls?.Fault() is { } fault)
        {
            yield return fault;
        }
        if (GrpcPort == HttpPort && GrpcPort != 0 && Tls is null) yield return $"gRPC and HTTP cannot share port {GrpcPort} without TLS.";
        if (Database.ConnectionString.Length == 0) yield return "GOVERNANCE_DATABASE is not set; SQL Server needs a connection string.";
    }
}

/// <summary>Settings that do not hold.</summary>
/// <param name="faults">All of them.</param>
public sealed class SettingsFault(IReadOnlyList<string> faults) : Exception(string.Join(System.Environment.NewLine, faults))
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
