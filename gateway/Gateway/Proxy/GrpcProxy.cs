using System.Net;
using Governance.Gateway.Transcoding;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Governance.Gateway.Proxy;

/// <summary>
/// Leads gRPC calls to their services unchanged: all kinds of streaming, deadlines, metadata, trailers. Only the
/// caller's credentials are replaced, the bytes counted, and failures told as gRPC statuses.
/// </summary>
internal sealed class GrpcProxy(
    IHttpForwarder forwarder, Upstreams upstreams, IInternalTokens tokens, IOptions<GatewayOptions> options, ILogger<GrpcProxy> log)
{
    private static readonly ForwarderRequestConfig Streams = Http2(Timeout.InfiniteTimeSpan);
    private static readonly ForwarderRequestConfig Calls = Http2(TimeSpan.FromSeconds(100));
    private readonly GatewayOptions _options = options.Value;

    public async Task ForwardAsync(HttpContext context, RpcMethod method)
    {
        if (!GrpcRefusal.IsGrpc(context.Request))
        {
            await RestError.WriteAsync(context, NotGrpc(method));
            return;
        }
        context.Features.Set(new RpcCallFeature(method));
        try
        {
            var upstream = upstreams.Get(method.Service);
            upstream.EnsureReachable();
            var limited = new LimitedBody(context.Request.Body, method.ClientStreaming ? _options.MaxUploadBytes : _options.MaxBodyBytes);
            context.Request.Body = limited;
            var endless = method.ClientStreaming || method.ServerStreaming || context.Request.Headers.ContainsKey("grpc-timeout");
            var error = await forwarder.SendAsync(
                context, upstream.Prefix, upstreams.Invoker, endless ? Streams : Calls, new Hop(
                    upstream.UriOf(method.Path), tokens.TokenFor(context, method.Service)));
            if (error is not ForwarderError.None && !context.Response.HasStarted)
            {
                await GrpcRefusal.WriteAsync(context, Explain(context, limited, upstream));
            }
        }
        catch (RpcFailure failure) when (!context.Response.HasStarted)
        {
            await GrpcRefusal.WriteAsync(context, failure);
        }
    }

    /// <summary>Refuses a gRPC call of something that the contract does not have.</summary>
    public static Task RefuseUnknownAsync(HttpContext context, RpcCatalog catalog)
    {
        var path = context.Request.Path.Value ?? "";
        var service = path.Split('/') is ["", var name, ..] ? name : path;
        var known = catalog.Methods.Any(method => method.Descriptor.Service.FullName == service);
        return GrpcRefusal.WriteAsync(context, GatewayErrors.Refuse(
            StatusCode.Unimplemented, known ? "NO_SUCH_METHOD" : "NO_SUCH_SERVICE",
            known ? $"The service {service} has no method {path[(path.LastIndexOf('/') + 1)..]}." : $"There is no service {service} here.",
            http: StatusCodes.Status404NotFound, facts: ("path", path)));
    }

    private static ForwarderRequestConfig Http2(TimeSpan activity) => new()
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = activity,
    };

    private RpcFailure Explain(HttpContext context, LimitedBody body, Upstream upstream)
    {
        if (body.Exceeded)
        {
            return RestRequest.TooLarge(body.Limit);
        }
        var cause = context.Features.Get<IForwarderErrorFeature>()?.Exception;
        if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError })
        {
            return upstream.ReportDead();
        }
        log.LogWarning(cause, "The call {Path} to {Service} failed on the way.", context.Request.Path, upstream.Name);
        return cause is OperationCanceledException
            ? new RpcFailure(StatusCode.DeadlineExceeded, $"The service '{upstream.Name}' did not answer in time.")
            : Upstream.Unavailable(upstream.Name, "went away before it answered");
    }

    private static RpcFailure NotGrpc(RpcMethod method) => GatewayErrors.Refuse(
        StatusCode.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE",
        $"{method.Path} is called with gRPC (Content-Type application/grpc) over HTTP/2; /openapi.json lists the paths for "
            + "REST.", http: 415);
}

/// <summary>Carries the internal token in place of the caller's credentials.</summary>
/// <param name="address">Where to, whole; null: the path below the prefix.</param>
/// <param name="token">The internal token; null: none.</param>
internal sealed class Hop(Uri? address, string? token) : HttpTransformer
{
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);
        if (address is not null) proxyRequest.RequestUri = address;
        proxyRequest.Headers.Host = null;
        proxyRequest.Headers.Remove(HeaderNames.Authorization);
        proxyRequest.Headers.Remove(HeaderNames.Cookie);
        proxyRequest.Headers.Remove("X-Api-Key");
        if (token is not null)
        {
            proxyRequest.Headers.TryAddWithoutValidation(HeaderNames.Authorization, "Bearer " + token);
        }
    }
}

/// <summary>Counts a request body's bytes; YARP lifts Kestrel's own limit for gRPC.</summary>
internal sealed class LimitedBody(Stream inner, long limit) : Stream
{
    private long _count;

    public long Limit => limit;
    public bool Exceeded => _count > limit;

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(buffer, cancellationToken);
        return reading.IsCompletedSuccessfully ? new ValueTask<int>(Count(reading.Result)) : CountAsync(reading);
    }

    private async ValueTask<int> CountAsync(ValueTask<int> reading) => Count(await reading);

    private int Count(int read)
    {
        _count += read;
        return Exceeded ? throw new IOException($"The request body is larger than {limit} bytes.") : read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    public override void SetLength(long value) => throw new NotSupportedException();
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
