using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Governance.Gateway.OpenApi;
using Governance.Gateway.Proxy;
using Governance.Gateway.Transcoding;
using Governance.Probe.V1;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Governance.Gateway.Tests;

/// <summary>A gateway on real ports in front of the probe service on its own, both in this process.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    private WebApplication? _service;
    private WebApplication? _gateway;

    public HttpClient Rest { get; private set; } = null!;

    public string GrpcAddress { get; private set; } = "";

    internal RpcCatalog Catalog { get; } = ProbeCatalog();

    internal GatewayOptions Options => _gateway!.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<GatewayOptions>>().Value;

    /// <summary>The product's contract and the probe's.</summary>
    internal static RpcCatalog ProbeCatalog() =>
        new([.. RpcCatalog.FilesOf(typeof(Governance.Common.V1.PermissionExtensions).Assembly), ProbeReflection.Descriptor]);

    public async Task InitializeAsync()
    {
        _service = await StartServiceAsync();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddSingleton<IInternalTokens, ProbeTokens>();
        builder.Services.AddProxy(Catalog).AddTranscoding().AddOpenApiDocument();
        builder.Services.Configure<GatewayOptions>(options =>
        {
            options.Grpc.Clear();
            options.Grpc["probe"] = Addresses(_service)[0];
            options.Grpc["windows"] = "http://127.0.0.1:1";
            options.Http["windows"] = "http://127.0.0.1:1";
            options.MaxBodyBytes = 1024 * 1024;
            options.MaxUploadBytes = 44L * 1024 * 1024;
        });
        _gateway = builder.Build();
        _gateway.MapProxy();
        _gateway.MapTranscoding();
        _gateway.MapOpenApiDocument();
        await _gateway.StartAsync();
        Rest = new HttpClient { BaseAddress = new Uri(Addresses(_gateway)[0]) };
        GrpcAddress = Addresses(_gateway)[1];
    }

    /// <summary>A gRPC client's channel to the gateway.</summary>
    public GrpcChannel Channel() => GrpcChannel.ForAddress(GrpcAddress);

    /// <summary>Sends JSON, or nothing, and reads JSON.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        using var response = await Rest.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Sends what must be refused; gives the error's status, message and details.</summary>
    public async Task<Refusal> RefusedAsync(HttpMethod method, string path, string? json = null)
    {
        var (status, body) = await SendAsync(method, path, json);
        ((int)status).ShouldBeGreaterThanOrEqualTo(400);
        var error = body!["error"]!;
        error["code"]!.GetValue<int>().ShouldBe((int)status);
        var violations = error["details"]!.AsArray()
            .Where(detail => detail!["@type"]!.GetValue<string>().EndsWith("/google.rpc.BadRequest", StringComparison.Ordinal))
            .SelectMany(detail => detail!["fieldViolations"]!.AsArray())
            .ToDictionary(violation => violation!["field"]!.GetValue<string>(), violation => violation!["description"]!.GetValue<string>());
        return new Refusal(
            (int)status,
            error["status"]!.GetValue<string>(),
            error["message"]!.GetValue<string>(),
            violations,
            error["details"]!.AsArray());
    }

    public async Task DisposeAsync()
    {
        Rest.Dispose();
        await _gateway!.DisposeAsync();
        await _service!.DisposeAsync();
    }

    private static async Task<WebApplication> StartServiceAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var app = builder.Build();
        app.MapGrpcService<ProbeService>();
        await app.StartAsync();
        return app;
    }

    private static string[] Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    private sealed class ProbeTokens : IInternalTokens
    {
        public string? TokenFor(HttpContext context, string service) =>
            $"internal-{service}-{context.Features.Get<RpcCallFeature>()!.Method.Descriptor.Name}";
    }
}

/// <summary>An error as REST has it.</summary>
public sealed record Refusal(int Code, string Status, string Message, Dictionary<string, string> Fields, JsonArray Details);

/// <summary>One gateway for all tests of a run.</summary>
[CollectionDefinition(Name)]
public sealed class GatewayCollection : ICollectionFixture<GatewayHost>
{
    public const string Name = "gateway";
}
