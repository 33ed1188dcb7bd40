using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Governance.Patching.Tests.Feeds;

/// <summary>A server of the test's own, on loopback.</summary>
internal sealed class FeedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FeedServer(WebApplication app) => _app = app;

    /// <summary>What it answers now.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => context.Response.WriteAsync("");

    /// <summary>What it was asked, with the validators that were quoted.</summary>
    public ConcurrentQueue<(string Path, string IfNoneMatch)> Asked { get; } = new();

    public string Url => $"{_app.Urls.First()}/feed";

    public static async Task<FeedServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FeedServer(app);
        app.Run(context =>
        {
            server.Asked.Enqueue((context.Request.Path, context.Request.Headers.IfNoneMatch.ToString()));
            return server.Answer(context);
        });
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
