using System.IO.Compression;
using Governance.StandIns.Tests.Interop;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Governance.StandIns.Tests;

/// <summary>Grpc.AspNetCore.Server with the service, over cleartext HTTP/2 on a loopback port of its own.</summary>
internal sealed class OurServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private OurServer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    public static async Task<OurServer> StartAsync(params Type[] interceptors)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc(options =>
        {
            options.ResponseCompressionAlgorithm = "gzip";
            options.ResponseCompressionLevel = CompressionLevel.Fastest;
            foreach (var interceptor in interceptors)
                options.Interceptors.Add(interceptor);
        });
        var app = builder.Build();
        app.MapGrpcService<InteropServer>();
        await app.StartAsync();
        return new OurServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationTokenSource(TimeSpan.FromSeconds(5)).Token);
        await app.DisposeAsync();
    }
}
