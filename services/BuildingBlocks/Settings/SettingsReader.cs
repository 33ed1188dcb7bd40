using System.Globalization;
using System.Net;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Governance.BuildingBlocks.Security;
using NodaTime.Text;

namespace Governance.BuildingBlocks.Settings;

/// <summary>Reads settings and collects everything that is wrong with them before it complains.</summary>
internal sealed class SettingsReader
{
    /// <summary>Every setting: the switch on the command line and the variable in the environment.</summary>
    private static readonly (string Switch, string Variable)[] Known =
    [
        ("--environment", "GOVERNANCE_ENVIRONMENT"),
        ("--listen", "GOVERNANCE_LISTEN"),
        ("--grpc-port", "GOVERNANCE_GRPC_PORT"),
        ("--http-port", "GOVERNANCE_HTTP_PORT"),
        ("--tls-certificate", "GOVERNANCE_TLS_CERTIFICATE"),
        ("--tls-key", "GOVERNANCE_TLS_KEY"),
        ("--data", "GOVERNANCE_DATA"),
        ("--database-provider", "GOVERNANCE_DATABASE_PROVIDER"),
        ("--database", "GOVERNANCE_DATABASE"),
        ("--keys", "GOVERNANCE_KEYS"),
        ("--audit-key", "GOVERNANCE_AUDIT_KEY"),
        ("--clock", "GOVERNANCE_CLOCK"),
        ("--dapr", "DAPR_GRPC_ENDPOINT"),
        ("", "DAPR_GRPC_PORT"),
        ("", "DAPR_API_TOKEN"),
        ("", "APP_API_TOKEN"),
        ("", "OTEL_EXPORTER_OTLP_ENDPOINT"),
    ];

    private readonly Dictionary<string, string> _values = [];
    private readonly HashSet<string> _flags = [];
    private readonly List<string> _faults = [];

    public SettingsReader(IReadOnlyList<string> args, Func<string, string?> environment)
    {
        foreach (var (_, variable) in Known)
        {
            if (environment(variable) is { Length: > 0 } value) _values[variable] = value;
        }

        ReadArguments(args);
    }

    public ServiceSettings Read(ServiceEntry service)
    {
        var data = Value("GOVERNANCE_DATA", "data");
        var settings = new ServiceSettings
        {
            Service = service,
            Environment = Value("GOVERNANCE_ENVIRONMENT", "Production"),
            Listen = Parse("GOVERNANCE_LISTEN", IPAddress.Loopback, text => IPAddress.TryParse(text, out var address) ? address : null),
            GrpcPort = Port("GOVERNANCE_GRPC_PORT", service.GrpcPort),
            HttpPort = Port("GOVERNANCE_HTTP_PORT", service.HttpPort),
            Tls = Tls(),
            Database = Database(service, data),
            KeysFile = Value("GOVERNANCE_KEYS", Path.Combine(data, "keys", SigningKeyRing.PublicFile)),
            AuditKeyFile = Value("GOVERNANCE_AUDIT_KEY", ""),
            DaprEndpoint = Dapr(),
            DaprToken = Value("DAPR_API_TOKEN", ""),
            AppToken = Value("APP_API_TOKEN", ""),
            Migrate = _flags.Contains("--migrate") ? MigrationMode.Only
                : _flags.Contains("--migrate-and-start") ? MigrationMode.Start : MigrationMode.Check,
            RaiseEpoch = _flags.Contains("--raise-epoch"),
            Clock = Parse("GOVERNANCE_CLOCK", TimeProvider.System, Clock),
            OtlpEndpoint = _values.ContainsKey("OTEL_EXPORTER_OTLP_ENDPOINT") ? Address("OTEL_EXPORTER_OTLP_ENDPOINT", "") : null,
        };
        _faults.AddRange(settings.Faults());
        return _faults.Count == 0 ? settings : throw new SettingsFault(_faults);
    }

    private void ReadArguments(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], null);
            if (name is "--migrate" or "--migrate-and-start" or "--raise-epoch")
            {
                _flags.Add(name);
                continue;
            }

            var variable = Known.FirstOrDefault(setting => setting.Switch.Length > 0 && setting.Switch == name).Variable;
            if (variable is null) _faults.Add($"{name} is no switch of this program.");
            else if (value is null && i + 1 == args.Count) _faults.Add($"{name} needs a value.");
            else _values[variable] = value ?? args[++i];
        }
    }

    private DatabaseSettings Database(ServiceEntry service, string data)
    {
        var provider = Value("GOVERNANCE_DATABASE_PROVIDER", "sqlite").ToLowerInvariant();
        switch (provider)
        {
            case "sqlite":
                return DatabaseSettings.Sqlite(Value("GOVERNANCE_DATABASE", Path.Combine(data, service.Name + ".db")));
            case "sqlserver":
                return DatabaseSettings.SqlServer(Value("GOVERNANCE_DATABASE", ""));
            default:
                _faults.Add($"GOVERNANCE_DATABASE_PROVIDER: '{provider}' is neither sqlite nor sqlserver.");
                return DatabaseSettings.Sqlite("unknown");
        }
    }

    private TlsFiles? Tls()
    {
        var (certificate, key) = (Value("GOVERNANCE_TLS_CERTIFICATE", ""), Value("GOVERNANCE_TLS_KEY", ""));
        if (certificate.Length > 0 && key.Length > 0) return new TlsFiles(certificate, key);
        if (certificate.Length + key.Length > 0)
        {
            _faults.Add("GOVERNANCE_TLS_CERTIFICATE and GOVERNANCE_TLS_KEY belong together; one of them is not set.");
        }
        return null;
    }

    private Uri Dapr() => _values.ContainsKey("DAPR_GRPC_ENDPOINT")
        ? Address("DAPR_GRPC_ENDPOINT", "")
        : new Uri($"http://127.0.0.1:{Port("DAPR_GRPC_PORT", 50001)}");

    private Uri Address(string variable, string unset) =>
        Parse(variable, new Uri("http://127.0.0.1"), text => Uri.TryCreate(text, UriKind.Absolute, out var uri) ? uri : null, unset);

    private int Port(string variable, int unset)
    {
        if (!_values.TryGetValue(variable, out var text)) return unset;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535) return port;
        _faults.Add($"{variable}: '{text}' is no port.");
        return unset;
    }

    private T Parse<T>(string variable, T unset, Func<string, T?> parse, string text = "")
        where T : class
    {
        if (_values.TryGetValue(variable, out var given)) text = given;
        if (text.Length == 0) return unset;
        if (parse(text) is { } value) return value;
        _faults.Add($"{variable}: '{text}' cannot be read.");
        return unset;
    }

    private static TimeProvider? Clock(string text) =>
        InstantPattern.ExtendedIso.Parse(text) is { Success: true } parsed ? new ShiftedClock(parsed.Value.ToDateTimeOffset()) : null;

    private string Value(string variable, string unset) => _values.GetValueOrDefault(variable, unset);
}
