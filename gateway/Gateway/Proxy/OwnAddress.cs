using Governance.BuildingBlocks.Names;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Tells the gateway where its own gRPC calls are answered, once it listens: its REST side calls them like any service's.
/// </summary>
internal sealed class OwnAddress(IServer server, IHostApplicationLifetime lifetime, IOptions<GatewayOptions> options) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            // The first that a host listens on takes gRPC from this machine in cleartext.
            var port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
            options.Value.Grpc[ServiceCatalog.Gateway.Name] = $"http://127.0.0.1:{port}";
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
