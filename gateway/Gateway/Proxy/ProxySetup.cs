using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Governance.Gateway.Proxy;

/// <summary>Sets the way to the services up.</summary>
internal static class ProxySetup
{
    /// <summary>
    /// Adds the contract, the services' addresses and the proxy. Identity replaces <see cref="IInternalTokens"/>.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="catalog">The contract that is served; the product's own when not given.</param>
    public static IServiceCollection AddProxy(this IServiceCollection services, RpcCatalog? catalog = null)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(GatewayOptions.EnvironmentPrefix).Build();
        services.AddOptions<GatewayOptions>().BindConfiguration(GatewayOptions.Section).Configure(environment.Bind).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsCheck>();
        services.AddSingleton(_ => catalog ?? RpcCatalog.OfProduct());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IInternalTokens, NoInternalTokens>();
        services.AddSingleton<Upstreams>();
        services.AddSingleton<GrpcProxy>();
        services.AddSingleton<FeedProxy>();
        services.AddSingleton<ReflectedFiles>();
        services.AddSingleton<HealthService>();
        services.AddHttpForwarder();
        services.AddHostedService<OwnAddress>();
        services.AddGrpc(grpc => grpc.IgnoreUnknownServices = true);
        return services;
    }

    /// <summary>Maps gRPC, reflection, health and feeds. RPCs of the gateway's own package are left to it.</summary>
    public static IEndpointRouteBuilder MapProxy(this IEndpointRouteBuilder endpoints)
    {
        var catalog = endpoints.ServiceProvider.GetRequiredService<RpcCatalog>();
        var proxy = endpoints.ServiceProvider.GetRequiredService<GrpcProxy>();
        foreach (var method in catalog.Methods.Where(method => method.Service != RpcCatalog.Gateway))
        {
            endpoints.MapPost(method.Path, context => proxy.ForwardAsync(context, method))
                .WithMetadata(method)
                .WithDisplayName(method.Path);
        }
        endpoints.MapPost("/{package}.{service}/{method}", context => GrpcProxy.RefuseUnknownAsync(context, catalog))
            .WithOrder(int.MaxValue - 2);
        Public(endpoints.MapGrpcService<ReflectionService>());
        Public(endpoints.MapGrpcService<AlphaReflectionService>());
        Public(endpoints.MapGrpcService<HealthService>());
        endpoints.MapMethods(
            "/calendars/{**path}", ["GET", "HEAD"], endpoints.ServiceProvider.GetRequiredService<FeedProxy>().ForwardAsync);
        MapHealth(endpoints);
        return endpoints;
    }

    /// <summary>Lets everyone in: the caller's own credentials mean nothing to calls that expect an internal token or none.</summary>
    private static void Public(GrpcServiceEndpointConventionBuilder service) => service.Add(endpoint =>
    {
        var call = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context =>
        {
            context.Request.Headers.Authorization = default;
            return call(context);
        };
    });

    /// <summary>
    /// <c>/healthz/live</c>, and <c>/healthz/ready</c> with the state of every service: the gateway is ready when it
    /// runs, since it goes on serving what is there.
    /// </summary>
    private static void MapHealth(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz/live", () => Results.Json(new { status = "live" })).WithOrder(-1);
        endpoints.MapGet("/healthz/ready", async (Upstreams upstreams, HealthService health, CancellationToken cancellation) =>
        {
            var states = await Task.WhenAll(upstreams.Names.Select(async name =>
                (name, state: await health.StatusAsync(name, cancellation))));
            return Results.Json(new
            {
                status = "ready",
                services = states.ToDictionary(
                    service => service.name,
                    service => service.state is HealthCheckResponse.Types.ServingStatus.Serving ? "serving" : "unavailable"),
            });
        }).WithOrder(-1);
    }
}

/// <summary>Says everything that is wrong with the options when the gateway starts.</summary>
internal sealed class GatewayOptionsCheck : IValidateOptions<GatewayOptions>
{
    public ValidateOptionsResult Validate(string? name, GatewayOptions options) =>
        options.Faults().ToArray() is { Length: > 0 } faults ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
}
