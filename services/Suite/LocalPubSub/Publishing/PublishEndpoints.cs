namespace Governance.Suite.LocalPubSub.Publishing;

/// <summary>The part of Dapr's API that is served, by HTTP and by gRPC, and how its refusals look.</summary>
internal static class PublishEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints, Publisher publisher, Func<bool> healthy, ILogger logger)
    {
        endpoints.MapPost("/v1.0/publish/{pubsub}/{**topic}", Answering(publisher.PublishAsync, logger));
        endpoints.MapGrpcService<GrpcPublisher>();
        foreach (var path in (string[])["/v1.0/healthz", "/v1.0/healthz/outbound"])
        {
            endpoints.MapGet(path, context =>
            {
                context.Response.StatusCode = healthy() ? StatusCodes.Status204NoContent : StatusCodes.Status500InternalServerError;
                return Task.CompletedTask;
            });
        }
    }

    private static RequestDelegate Answering(RequestDelegate handle, ILogger logger) => async context =>
    {
        try
        {
            await handle(context);
        }
        catch (PublishRefused refused)
        {
            await RefuseAsync(context, refused);
        }
        catch (BadHttpRequestException bad)
        {
            await RefuseAsync(context, new PublishRefused(bad.StatusCode, "ERR_MALFORMED_REQUEST", bad.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; it publishes again.
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "A publish failed");
            await RefuseAsync(context, new PublishRefused(500, "ERR_PUBSUB_PUBLISH_MESSAGE", "the message could not be stored"));
        }
    };

    private static Task RefuseAsync(HttpContext context, PublishRefused refused)
    {
        context.Response.StatusCode = refused.Status;
        return context.Response.WriteAsJsonAsync(new { errorCode = refused.Code, message = refused.Message });
    }
}
