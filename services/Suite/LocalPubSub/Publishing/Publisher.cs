using Governance.Suite.LocalPubSub.Delivery;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary><c>POST /v1.0/publish/{pubsub}/{topic}</c>: 204 once the message and its deliveries are durable.</summary>
internal sealed class Publisher(Callers callers, Broker broker, TimeProvider time)
{
    public async Task PublishAsync(HttpContext context)
    {
        var (appId, pubsub, topic) = Target(context, unknownStatus: 404);
        var body = await RequestBody.ReadAsync(context, RequestBody.LargestEvent);
        var request = new PublishRequest(
            appId, pubsub, topic, context.Request.ContentType, body,
            PublishRequest.MetadataOf(context.Request.Query), TraceContext.Of(context.Request.Headers));
        await broker.AcceptAsync([Envelope.Build(request, time.GetUtcNow())]);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Identifies the caller and checks that it may publish where the URL says.</summary>
    public (string AppId, string PubSub, string Topic) Target(HttpContext context, int unknownStatus)
    {
        var appId = callers.Identify(context.Request.Headers["dapr-api-token"])
            ?? throw new PublishRefused(401, "ERR_UNAUTHORIZED", "invalid api token: the dapr-api-token header must hold the app's own");
        var pubsub = (string)context.Request.RouteValues["pubsub"]!;
        var topic = (string?)context.Request.RouteValues["topic"] ?? "";
        callers.Authorize(appId, pubsub, topic, unknownStatus);
        return (appId, pubsub, topic);
    }
}
