using Governance.BuildingBlocks.Names;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Where the services are and what the gateway lets through. Bound from the section <c>Gateway</c> and from the
/// environment: <c>GOVERNANCE_GATEWAY_GRPC__WINDOWS=http://windows:5101</c>, <c>GOVERNANCE_GATEWAY_CALLTIMEOUT=00:00:10</c>.
/// </summary>
internal sealed class GatewayOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Gateway";

    /// <summary>What the names of environment variables begin with.</summary>
    public const string EnvironmentPrefix = "GOVERNANCE_GATEWAY_";

    /// <summary>Cleartext HTTP/2 address of each service by its short name. Default: loopback, the catalogue's ports.</summary>
    /// <remarks>The entry <c>gateway</c> is the gateway's own HTTP/2 port: its own RPCs are transcoded through it too.</remarks>
    public Dictionary<string, string> Grpc { get; } = ServiceCatalog.All
        .Select(service => (service.Name, Port: service.GrpcPort))
        .Append((Name: RpcCatalog.Gateway, Port: ServiceCatalog.GatewayGrpcPort))
        .ToDictionary(service => service.Name, service => $"http://127.0.0.1:{service.Port}", StringComparer.OrdinalIgnoreCase);

    /// <summary>HTTP/1.1 address of each service by its short name, for feeds. Default: loopback, the catalogue's ports.</summary>
    public Dictionary<string, string> Http { get; } =
        ServiceCatalog.All.ToDictionary(
            service => service.Name, service => $"http://127.0.0.1:{service.HttpPort}", StringComparer.OrdinalIgnoreCase);

    /// <summary>How long a call with one answer over REST may take. Default 30 seconds.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long an upload over REST may take. Default 1 hour.</summary>
    public TimeSpan UploadTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long connecting to a service may take. Default 2 seconds.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long calls to a service that could not be reached are refused at once. Default 1 second.</summary>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The largest body of a call with one request. Default 4 MiB, gRPC's own limit for a message.</summary>
    public long MaxBodyBytes { get; set; } = 4L * 1024 * 1024;

    /// <summary>The largest body of an upload or of a client's stream. Default 1 GiB.</summary>
    public long MaxUploadBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The largest message that a service may answer over REST. Default 64 MiB.</summary>
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>What is wrong with the options; empty when nothing is.</summary>
    public IEnumerable<string> Faults()
    {
        foreach (var (section, addresses) in new[] { (nameof(Grpc), Grpc), (nameof(Http), Http) })
        {
            foreach (var (name, address) in addresses)
            {
                if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                {
                    yield return $"{Section}:{section}:{name} is \"{address}\"; it must be an http or https address.";
                }
            }
        }
        foreach (var (name, value) in new[]
                 {
                     (nameof(CallTimeout), CallTimeout), (nameof(UploadTimeout), UploadTimeout),
                     (nameof(ConnectTimeout), ConnectTimeout), (nameof(BreakDuration), BreakDuration),
                 })
        {
            if (value <= TimeSpan.Zero)
            {
                yield return $"{Section}:{name} is {value}; it must be more than zero.";
            }
        }
        if (MaxBodyBytes <= 0 || MaxUploadBytes <= 0 || MaxAnswerBytes <= 0)
        {
            yield return $"{Section}: {nameof(MaxBodyBytes)}, {nameof(MaxUploadBytes)} and {nameof(MaxAnswerBytes)} must be more than "
                + "zero.";
        }
    }
}
