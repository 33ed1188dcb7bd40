using Governance.Suite.LocalPubSub.Delivery;

namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>Takes what apps publish: done once the message and its deliveries are durable.</summary>
internal sealed class Publisher(Callers callers, Broker broker, TimeProvider time)
{
    /// <summary><c>POST /v1.0/publish/{pubsub}/{topic}</c>.</summary>
    public async Task PublishAsync(HttpContext context)
    {
        var (pubsub, topic) = ((string)context.Request.RouteValues["pubsub"]!, (string?)context.Request.RouteValues["topic"] ?? "");
        callers.Authorize(Identify(context.Request.Headers), pubsub, topic);
        var body = await RequestBody.ReadAsync(context, RequestBody.LargestEvent);
        await PublishAsync(context.Request.Headers, new PublishRequest(
            "", pubsub, topic, context.Request.ContentType, body,
            PublishRequest.MetadataOf(context.Request.Query), TraceContext.Of(context.Request.Headers)));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Whose it is the headers tell; the request's own AppId does not count.</summary>
    /// <exception cref="PublishRefused">The caller is unknown or may not publish there, or the message cannot be an event.</exception>
    public async Task PublishAsync(IHeaderDictionary headers, PublishRequest request)
    {
        var appId = Identify(headers);
        callers.Authorize(appId, request.PubSub, request.Topic);
        if (request.Body.Length > RequestBody.LargestEvent) throw RequestBody.TooLarge(RequestBody.LargestEvent);
        await broker.AcceptAsync([Envelope.Build(request with { AppId = appId }, time.GetUtcNow())]);
    }

    private string Identify(IHeaderDictionary headers) => callers.Identify(headers["dapr-api-token"])
        ?? throw new PublishRefused(401, "ERR_UNAUTHORIZED", "invalid api token: the dapr-api-token header must hold the app's own");
}
