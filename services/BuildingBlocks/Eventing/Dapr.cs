using Governance.BuildingBlocks.Hosting;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>The way to the sidecar.</summary>
internal static class Dapr
{
    public static HttpClient Client(ServiceSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            // Traces go in the envelope; the sidecar's own hop is not worth a header.
            ActivityHeadersPropagator = null,
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2),
        };
        var client = new HttpClient(handler) { BaseAddress = settings.DaprEndpoint, Timeout = TimeSpan.FromSeconds(30) };
        if (settings.DaprToken.Length > 0) client.DefaultRequestHeaders.Add("dapr-api-token", settings.DaprToken);
        return client;
    }
}
