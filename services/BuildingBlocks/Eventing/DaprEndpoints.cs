using System.Security.Cryptography;
using System.Text;
using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Governance.BuildingBlocks.Eventing;

/// <summary>What Dapr calls: the subscription list, deliveries and dead letters. All of it asks for the app's API token.</summary>
internal static class DaprEndpoints
{
    private const int LargestBody = 4 * 1024 * 1024;

    public static void Map<TDb>(IEndpointRouteBuilder routes, string appToken)
        where TDb : GovernanceDbContext
    {
        var subscriptions = routes.ServiceProvider.GetRequiredService<Subscriptions<TDb>>();
        var inbox = routes.ServiceProvider.GetRequiredService<Inbox<TDb>>();
        var letters = routes.ServiceProvider.GetRequiredService<DeadLetters<TDb>>();
        var token = Encoding.UTF8.GetBytes(appToken);

        Map(routes, "GET", "/dapr/subscribe", token, http => http.Response.WriteAsJsonAsync(List(subscriptions)));
        Map(routes, "POST", "/dapr/events/{topic}", token, async http =>
            await AnswerAsync(http, await inbox.DeliverAsync((string)http.GetRouteValue("topic")!, await BodyAsync(http), http.RequestAborted)));
        Map(routes, "POST", "/dapr/dead", token, async http =>
            await AnswerAsync(http, await letters.KeepAsync(await BodyAsync(http), http.RequestAborted)));
    }

    private static IEnumerable<Subscription> List<TDb>(Subscriptions<TDb> subscriptions)
        where TDb : GovernanceDbContext =>
        subscriptions.Topics
            .Select(topic => new Subscription(topic, new Routes($"/dapr/events/{topic}"), subscriptions.Service.DeadTopic))
            .Append(new Subscription(subscriptions.Service.DeadTopic, new Routes("/dapr/dead"), null));

    private static void Map(IEndpointRouteBuilder routes, string method, string path, byte[] token, RequestDelegate handle) =>
        routes.MapMethods(path, [method], http =>
        {
            if (IsDapr(http, token)) return handle(http);
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });

    private static bool IsDapr(HttpContext http, byte[] token) =>
        token.Length == 0
        || CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers["dapr-api-token"].ToString()), token);

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

    private sealed record Subscription(
        string Topic,
        Routes Routes,
        [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
        string? DeadLetterTopic)
    {
        [System.Text.Json.Serialization.JsonPropertyName("pubsubname")]
        public string PubSub => ServiceCatalog.PubSub;
    }

    private sealed record Routes(string Default);
}
