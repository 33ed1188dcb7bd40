using Governance.Gateway.Proxy;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Governance.Gateway.Transcoding;

/// <summary>Answers REST requests by calling services over gRPC, as the contract's <c>google.api.http</c> rules say.</summary>
internal sealed partial class Transcoder(
    RestRoutes routes,
    RpcCatalog catalog,
    Upstreams upstreams,
    IInternalTokens tokens,
    IOptions<GatewayOptions> options,
    ILogger<Transcoder> log)
{
    private readonly GatewayOptions _options = options.Value;

    /// <summary>The RPC that a REST request means; null when it means none. What was found is kept for the call itself.</summary>
    public PathMatch<RestRoute>? Resolve(HttpContext context)
    {
        if (context.Features.Get<ResolvedRoute>() is { } known)
        {
            return known.Match;
        }
        var match = routes.Find(context.Request.Method, RestRequest.Target(context).Path);
        context.Features.Set(new ResolvedRoute(match));
        if (match is not null)
        {
            context.Features.Set(new RpcCallFeature(match.Route.Rpc));
        }
        return match;
    }

    /// <summary>Answers a request on a path of REST, if only with an error.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (Resolve(context) is { } match)
            {
                context.SetEndpoint(match.Route.Endpoint);
                await CallAsync(context, match);
            }
            else
            {
                await RefuseAsync(context);
            }
        }
        catch (RpcFailure failure) when (!context.Response.HasStarted)
        {
            await RestError.WriteAsync(context, failure);
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await RestError.WriteAsync(context, refused.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? RestRequest.TooLarge(LimitOf(context))
                : GatewayErrors.Refuse(StatusCode.InvalidArgument, "BAD_REQUEST", refused.Message, http: refused.StatusCode));
        }
        catch (InvalidDataException broken) when (!context.Response.HasStarted)
        {
            LogBrokenAnswer(broken, context.Request.Path);
            await RestError.WriteAsync(context, new RpcFailure(StatusCode.Internal, "The service's answer could not be read."));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            LogGone(context.Request.Path);
        }
        catch (Exception failure) when (context.Response.HasStarted)
        {
            LogCut(failure, context.Request.Path);
            context.Abort();
        }
    }

    private async Task CallAsync(HttpContext context, PathMatch<RestRoute> match)
    {
        var method = match.Route.Rpc;
        LimitBody(context, method.ClientStreaming);
        TimeSpan? timeout = method switch
        {
            { ClientStreaming: true } => _options.UploadTimeout,
            { ServerStreaming: true } => null,
            _ => _options.CallTimeout,
        };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        if (timeout is { } limit)
        {
            deadline.CancelAfter(limit);
        }
        try
        {
            var settings =
                new GrpcCallSettings(tokens.TokenFor(context, method.Service), timeout, _options.MaxAnswerBytes, context.Request.Headers);
            using var call = await GrpcCall.StartAsync(
                upstreams.Invoker, upstreams.Get(method.Service), method.Path, await ContentAsync(
                    context, match), settings, deadline.Token);
            await AnswerAsync(context, match.Route, call, deadline.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            throw GatewayErrors.Refuse(StatusCode.DeadlineExceeded, "TIMEOUT",
                $"The service '{method.Service}' did not answer within {timeout}.", facts: ("service", method.Service));
        }
    }

    private async Task<HttpContent> ContentAsync(HttpContext context, PathMatch<RestRoute> match)
    {
        var wire = new WireBuffer();
        var query = RestRequest.Target(context).Query;
        if (match.Route.Rpc.ClientStreaming)
        {
            RestRequest.WriteParameters(context, match, query, wire);
            return new UploadContent(
                wire, match.Route.UploadField!, context.Request.ContentType ?? "", context.Request.BodyReader, _options.MaxUploadBytes);
        }
        await RestRequest.WriteAsync(context, match, query, wire);
        return new ReadOnlyMemoryContent(wire.Frame());
    }

    private async Task AnswerAsync(HttpContext context, RestRoute route, GrpcCall call, CancellationToken cancellation)
    {
        var answer = new RestAnswer(context, route, catalog.Shapes);
        if (route.Rpc.ServerStreaming)
        {
            await answer.WriteAllAsync(call, cancellation);
            return;
        }
        if (await call.ReadAsync(cancellation) is not { } message)
        {
            throw new RpcFailure(StatusCode.Internal, "The service ended the call well, but without an answer.");
        }
        var ended = await EndAsync(call, message, cancellation);
        await answer.WriteAsync(ended);
    }

    /// <summary>Waits for the status behind the message; the message's bytes stay where they are unless another one comes.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> EndAsync(
        GrpcCall call, ReadOnlyMemory<byte> message, CancellationToken cancellation) =>
        await call.ReadAsync(cancellation) is null ? message : throw new RpcFailure(StatusCode.Internal, "The service answered twice.");

    private Task RefuseAsync(HttpContext context)
    {
        var path = RestRequest.Target(context).Path;
        var allowed = routes.MethodsOf(path);
        if (allowed.Count == 0)
        {
            return RestError.WriteAsync(context, GatewayErrors.Refuse(
                StatusCode.NotFound,
                "NO_SUCH_PATH",
                $"There is nothing at {path}; /openapi.json lists every path.",
                facts: ("path", path)));
        }
        context.Response.Headers.Allow =
            string.Join(", ", allowed.Contains("GET") ? [.. allowed, "HEAD", "OPTIONS"] : allowed.Append("OPTIONS"));
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return RestError.WriteAsync(context, GatewayErrors.Refuse(
            StatusCode.Unimplemented, "METHOD_NOT_ALLOWED",
            $"{path} cannot be called with {context.Request.Method}; it takes {string.Join(", ", allowed)}.",
            http: StatusCodes.Status405MethodNotAllowed, facts: ("path", path)));
    }

    /// <summary>
    /// The server itself would cut a body that is too long off, and a caller who is still sending would never read why. So a body that
    /// is announced as too long is refused before it is read, and an upload is counted as it is led through; the server then drains
    /// what still comes.
    /// </summary>
    private void LimitBody(HttpContext context, bool isUpload)
    {
        var limit = LimitOf(context);
        var tooLong = context.Request.ContentLength > limit;
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = tooLong || isUpload ? null : limit;
        }
        if (tooLong)
        {
            throw RestRequest.TooLarge(limit);
        }
    }

    private long LimitOf(HttpContext context) =>
        Resolve(context)?.Route.Rpc.ClientStreaming == true ? _options.MaxUploadBytes : _options.MaxBodyBytes;

    private sealed record ResolvedRoute(PathMatch<RestRoute>? Match);

    [LoggerMessage(Level = LogLevel.Error, Message = "The answer to {Path} is not what the contract says.")]
    private partial void LogBrokenAnswer(Exception broken, string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The client of {Path} went away.")]
    private partial void LogGone(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The answer to {Path} broke off.")]
    private partial void LogCut(Exception failure, string path);
}
