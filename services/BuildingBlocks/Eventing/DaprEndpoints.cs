using Dapr;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Persistence;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>
/// What Dapr calls: the subscription list, deliveries and dead letters. All of it asks for the app's API token. Envelopes are
/// read here and not by Dapr's middleware, which would take them off: the inbox and the dead letters keep them.
/// </summary>
internal static class DaprEndpoints
{
    private const string Policy = "Dapr";
    private const int LargestBody = 4 * 1024 * 1024;

    public static void Add(IServiceCollection services, string appToken)
    {
        services.AddAuthentication().AddDapr(dapr => dapr.Token = appToken);
        services.AddAuthorization(authorization => authorization.AddDapr(Policy));
    }

    public static void Map<TDb>(IEndpointRouteBuilder routes, string appToken)
        where TDb : GovernanceDbContext
    {
        var subscriptions = routes.ServiceProvider.GetRequiredService<Subscriptions<TDb>>();
        var inbox = routes.ServiceProvider.GetRequiredService<Inbox<TDb>>();
        var letters = routes.ServiceProvider.GetRequiredService<DeadLetters<TDb>>();
        var dead = subscriptions.Service.DeadTopic;

        Guard(routes.MapSubscribeHandler(), appToken);
        foreach (var topic in subscriptions.Topics)
        {
            Receive(routes, $"/dapr/events/{topic}", appToken, (body, ct) => inbox.DeliverAsync(topic, body, ct))
                .WithTopic(new TopicOptions { PubsubName = ServiceCatalog.PubSub, Name = topic, DeadLetterTopic = dead });
        }

        Receive(routes, "/dapr/dead", appToken, letters.KeepAsync).WithTopic(ServiceCatalog.PubSub, dead);
    }

    private static IEndpointConventionBuilder Receive(
        IEndpointRouteBuilder routes,
        string path,
        string appToken,
        Func<ReadOnlyMemory<byte>, CancellationToken, Task<DeliveryAnswer>> take) =>
        Guard(
            routes.MapPost(
                path, (RequestDelegate)(async http => await AnswerAsync(http, await take(await BodyAsync(http), http.RequestAborted)))),
            appToken);

    /// <summary>Without a token nobody could be told from Dapr; settings allow that in Development only.</summary>
    private static IEndpointConventionBuilder Guard(IEndpointConventionBuilder endpoint, string appToken) =>
        appToken.Length == 0 ? endpoint : endpoint.RequireAuthorization(Policy);

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream((int)Math.Clamp(http.Request.ContentLength ?? 1024, 0, LargestBody));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static Task AnswerAsync(HttpContext http, DeliveryAnswer answer)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync($$"""{"status":"{{answer.ToString().ToUpperInvariant()}}"}""");
    }
}
