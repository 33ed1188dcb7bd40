using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.Gateway.Identity;
using Governance.Gateway.OpenApi;
using Governance.Gateway.Proxy;
using Governance.Gateway.Transcoding;
using Microsoft.Extensions.Options;

namespace Governance.Gateway;

/// <summary>The gateway: one address for everything.</summary>
public static class GatewayDefinition
{
    /// <summary>What it is made of.</summary>
    public static ServiceDefinition Value { get; } =
        ServiceDefinition.Create<GatewayDb, SqliteGatewayDb, SqlServerGatewayDb>(ServiceCatalog.Gateway, gateway => gateway
            .Services(services => AddIdentity(services).AddProxy().AddTranscoding().AddOpenApiDocument().AddRouting())
            .Pipeline(app => app.UseMiddleware<Admission>().UseMiddleware<RateLimit>())
            .Grpc<CallersService>()
            .Grpc<UsersService>()
            .Grpc<ApiKeysService>()
            .Grpc<OperationsService>()
            .Http(routes =>
            {
                routes.MapProxy();
                routes.MapTranscoding();
                routes.MapOpenApiDocument();
                routes.MapGet("/signin", context => context.RequestServices.GetRequiredService<Sessions>().SignInAsync(context));
            }));

    private static IServiceCollection AddIdentity(IServiceCollection services)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(IdentityOptions.EnvironmentPrefix).Build();
        services.AddOptions<IdentityOptions>()
            .BindConfiguration(IdentityOptions.Section)
            .Configure(environment.Bind)
            .Configure(options =>
                options.BootstrapToken = Environment.GetEnvironmentVariable("GOVERNANCE_BOOTSTRAP_TOKEN") ?? options.BootstrapToken)
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<IdentityOptions>, IdentityOptionsCheck>();
        services.AddSingleton(provider => new Credentials(
            provider.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<GatewayDb>>(), TimeProvider.System));
        services.AddSingleton(provider => new SigningKeyRing(
            Path.GetDirectoryName(provider.GetRequiredService<ServiceSettings>().KeysFile)!, TimeProvider.System));
        services.AddSingleton(provider => new InternalTokenIssuer(provider.GetRequiredService<SigningKeyRing>(), TimeProvider.System));
        services.AddSingleton<IInternalTokens>(provider => new InternalTokens(
            provider.GetRequiredService<InternalTokenIssuer>(), TimeProvider.System));
        services.AddSingleton<Sessions>();
        services.AddSingleton<Bootstrap>();
        services.AddSingleton<FirstStart>();
        services.AddHostedService(provider => provider.GetRequiredService<FirstStart>());
        return services;
    }
}
