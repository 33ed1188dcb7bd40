using System.Net;
using Governance.BuildingBlocks.Names;
using Governance.Gateway.Transcoding;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Forwarder;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Leads calendar feeds to MaintenanceWindows' HTTP port. A feed's address carries its own token, since calendar
/// programs cannot sign in; whatever else the caller sends as credentials stays here.
/// </summary>
internal sealed class FeedProxy(IHttpForwarder forwarder, Upstreams upstreams, IOptions<GatewayOptions> options)
{
    private static readonly ForwarderRequestConfig Http1 = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromSeconds(60),
    };

    public async Task ForwardAsync(HttpContext context)
    {
        var service = ServiceCatalog.Windows.Name;
        if (!options.Value.Http.TryGetValue(service, out var address))
        {
            await RestError.WriteAsync(context, Upstream.Unavailable(service, "has no address here"));
            return;
        }
        var error = await forwarder.SendAsync(context, address, upstreams.Invoker, Http1, new Hop(null, null));
        if (error is not ForwarderError.None && !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await RestError.WriteAsync(context, Upstream.Unavailable(service, "cannot be reached"));
        }
    }
}
