using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Google.Rpc;
using Governance.BuildingBlocks.Names;
using Governance.Gateway.Transcoding;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Governance.Gateway.Proxy;

/// <summary>The services behind the gateway, by short name, and the connections to them.</summary>
internal sealed class Upstreams : IDisposable
{
    private readonly ConcurrentDictionary<string, Upstream?> _services = new(StringComparer.Ordinal);
    private readonly GatewayOptions _options;
    private readonly TimeProvider _clock;

    public Upstreams(IOptions<GatewayOptions> options, TimeProvider clock)
    {
        _options = options.Value;
        _clock = clock;
        Invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = _options.ConnectTimeout,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(15),
            // A proxied call's own trace headers would else be passed on, and the service hang beside the gateway instead of below it.
            ActivityHeadersPropagator = new ReverseProxyPropagator(DistributedContextPropagator.Current),
            InitialHttp2StreamWindowSize = 1024 * 1024,
        });
    }

    /// <summary>One pool of connections for proxied and transcoded calls.</summary>
    public HttpMessageInvoker Invoker { get; }

    /// <summary>The names that have an address.</summary>
    public IEnumerable<string> Names => _options.Grpc.Keys.Where(name => name != ServiceCatalog.Gateway.Name).Order(StringComparer.Ordinal);

    /// <summary>The service of this name.</summary>
    /// <exception cref="RpcFailure">It has no address: UNAVAILABLE.</exception>
    public Upstream Get(string service) =>
        _services.GetOrAdd(service, Create) ?? throw Upstream.Unavailable(service, "has no address here");

    private Upstream? Create(string service) =>
        _options.Grpc.TryGetValue(service, out var address)
            ? new Upstream(service, new Uri(address), _options.BreakDuration, _clock)
            : null;

    public void Dispose() => Invoker.Dispose();
}

/// <summary>
/// One service. When it cannot be reached, calls are refused at once for a short while, so that a dead service costs
/// its callers no time and the gateway no sockets.
/// </summary>
internal sealed class Upstream(string name, Uri address, TimeSpan breakDuration, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, Uri> _uris = new(StringComparer.Ordinal);
    private readonly string _prefix = address.AbsoluteUri.TrimEnd('/');
    private long _closedUntil = long.MinValue;

    public string Name => name;

    /// <summary>The address without a trailing slash.</summary>
    public string Prefix => _prefix;

    public Uri UriOf(string path) => _uris.GetOrAdd(path, static (path, prefix) => new Uri(prefix + path), _prefix);

    /// <summary>Throws when the service was found dead a moment ago.</summary>
    public void EnsureReachable()
    {
        if (clock.GetTimestamp() < Volatile.Read(ref _closedUntil))
        {
            throw Unavailable(name, "could not be reached a moment ago");
        }
    }

    /// <summary>Notes that connecting failed, and gives the refusal for it.</summary>
    public RpcFailure ReportDead()
    {
        Volatile.Write(ref _closedUntil, clock.GetTimestamp() + (long)(breakDuration.TotalSeconds * clock.TimestampFrequency));
        return Unavailable(name, "cannot be reached");
    }

    /// <summary>UNAVAILABLE, naming the service.</summary>
    public static RpcFailure Unavailable(string service, string how) => new(
        StatusCode.Unavailable,
        $"The service '{service}' {how}. Other services are not affected; try again shortly.",
        new ErrorInfo { Reason = "SERVICE_UNAVAILABLE", Domain = GatewayErrors.Domain, Metadata = { ["service"] = service } },
        new RetryInfo { RetryDelay = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(1)) });
}

/// <summary>What the gateway's own errors share.</summary>
internal static class GatewayErrors
{
    /// <summary>The domain of the reasons that the gateway gives.</summary>
    public const string Domain = "gateway.governance";

    /// <summary>A refusal with a reason of the gateway's own.</summary>
    public static RpcFailure Refuse(
        StatusCode code, string reason, string message, int? http = null, params (string Key, string Value)[] facts)
    {
        var info = new ErrorInfo { Reason = reason, Domain = Domain };
        foreach (var (key, value) in facts)
        {
            info.Metadata[key] = value;
        }
        return new RpcFailure(code, message, info) { HttpStatus = http };
    }
}
