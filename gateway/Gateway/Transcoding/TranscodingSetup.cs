using Governance.Gateway.Proxy;

namespace Governance.Gateway.Transcoding;

/// <summary>Sets REST up.</summary>
internal static class TranscodingSetup
{
    /// <summary>Adds what transcoding needs; <see cref="ProxySetup.AddProxy"/> adds the rest.</summary>
    public static IServiceCollection AddTranscoding(this IServiceCollection services)
    {
        services.AddSingleton<RestRoutes>();
        services.AddSingleton<Transcoder>();
        return services;
    }

    /// <summary>
    /// Maps everything below the contract's first path segments (<c>/v1/…</c>), unknown paths included, so that they
    /// too are answered in REST's error form. Endpoints with literal paths of their own win.
    /// </summary>
    public static IEndpointRouteBuilder MapTranscoding(this IEndpointRouteBuilder endpoints)
    {
        var transcoder = endpoints.ServiceProvider.GetRequiredService<Transcoder>();
        foreach (var root in endpoints.ServiceProvider.GetRequiredService<RestRoutes>().Roots)
        {
            endpoints.Map($"/{root}/{{**path}}", transcoder.HandleAsync).WithDisplayName($"REST /{root}").WithOrder(int.MaxValue - 1);
        }
        return endpoints;
    }
}
