using Microsoft.Extensions.Options;

namespace Governance.Patching.Feeds;

/// <summary>What feeds are made of.</summary>
internal static class FeedServices
{
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables(FeedOptions.EnvironmentPrefix).Build();
        services.AddOptions<FeedOptions>().Configure(environment.Bind).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<FeedOptions>, FeedOptionsCheck>()
            .AddSingleton<FeedClient>()
            .AddSingleton<FeedRunner>()
            .AddHostedService<FeedWorker>();
    }
}
