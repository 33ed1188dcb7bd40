using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Governance.Gateway.Proxy;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>What a call sends, apart from its messages.</summary>
/// <param name="Token">The internal bearer token.</param>
/// <param name="Timeout">How long the service may take.</param>
/// <param name="MaxAnswerBytes">The largest message that is taken from it.</param>
/// <param name="Caller">The caller's headers: the trace goes on from them where the framework keeps none.</param>
internal sealed record GrpcCallSettings(string? Token, TimeSpan? Timeout, int MaxAnswerBytes, IHeaderDictionary? Caller = null);

/// <summary>One gRPC call over cleartext HTTP/2, with messages as bytes.</summary>
internal sealed class GrpcCall : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly FrameReader _frames;

    private GrpcCall(HttpResponseMessage response, FrameReader frames)
    {
        _response = response;
        _frames = frames;
    }

    /// <summary>Sends the request and waits for the answer's headers.</summary>
    /// <exception cref="RpcFailure">The service cannot be reached, or refused the call.</exception>
    public static async Task<GrpcCall> StartAsync(
        HttpMessageInvoker invoker,
        Upstream upstream,
        string path,
        HttpContent content,
        GrpcCallSettings settings,
        CancellationToken cancellation)
    {
        upstream.EnsureReachable();
        using var request = Request(upstream, path, content, settings);
        try
        {
            var response = await invoker.SendAsync(request, cancellation);
            try
            {
                Check(response);
                return new GrpcCall(
                    response, new FrameReader(await response.Content.ReadAsStreamAsync(cancellation), settings.MaxAnswerBytes));
            }
            catch
            {
                response.Dispose();
                throw;
            }
        }
        catch (HttpRequestException failed)
        {
            throw Explain(failed, upstream);
        }
    }

    /// <summary>The next message, valid until the next call; null at the end of a call that succeeded.</summary>
    /// <exception cref="RpcFailure">The call ended with an error.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            if (await _frames.ReadAsync(cancellation) is { } message)
            {
                return message;
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or HttpIOException or IOException)
        {
            throw Lost(broken);
        }
        if (!_response.Headers.Contains("grpc-status") && Status(_response.TrailingHeaders) is { } failure)
        {
            throw failure;
        }
        return null;
    }

    public void Dispose() => _response.Dispose();

    private static HttpRequestMessage Request(Upstream upstream, string path, HttpContent content, GrpcCallSettings settings)
    {
        content.Headers.ContentType = GrpcContentType;
        var request = new HttpRequestMessage(HttpMethod.Post, upstream.UriOf(path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("grpc-accept-encoding", "identity");
        if (settings.Token is { } token)
        {
            request.Headers.TryAddWithoutValidation("authorization", "Bearer " + token);
        }
        if (settings.Timeout is { } timeout)
        {
            request.Headers.TryAddWithoutValidation("grpc-timeout", TimeoutText(timeout));
        }
        if (Activity.Current is null && settings.Caller is { } caller)
        {
            PassTrace(caller, request);
        }
        return request;
    }

    /// <summary>At most eight digits, as gRPC asks.</summary>
    private static string TimeoutText(TimeSpan timeout) => timeout.TotalMilliseconds < 1e8
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)Math.Ceiling(timeout.TotalMilliseconds)}m")
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Min((long)timeout.TotalSeconds, 99_999_999)}S");

    private static void PassTrace(IHeaderDictionary caller, HttpRequestMessage request)
    {
        foreach (var name in TraceHeaders)
        {
            if (caller.TryGetValue(name, out var value))
            {
                request.Headers.TryAddWithoutValidation(name, (string?)value);
            }
        }
    }

    private static readonly string[] TraceHeaders = ["traceparent", "tracestate", "baggage"];

    private static readonly MediaTypeHeaderValue GrpcContentType = new("application/grpc");

    private static void Check(HttpResponseMessage response)
    {
        if (response.StatusCode is not HttpStatusCode.OK)
        {
            throw new RpcFailure(CodeOf(response.StatusCode), string.Create(CultureInfo.InvariantCulture,
                $"The service answered with the HTTP status {(int)response.StatusCode} instead of gRPC."));
        }
        if (response.Headers.Contains("grpc-status") && Status(response.Headers) is { } failure)
        {
            throw failure;
        }
    }

    private static RpcFailure? Status(HttpResponseHeaders headers) => GrpcRefusal.Read(
        First(headers, "grpc-status"), First(headers, "grpc-message"), First(headers, "grpc-status-details-bin"));

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static Exception Explain(HttpRequestException failed, Upstream upstream)
    {
        for (Exception? inner = failed; inner is not null; inner = inner.InnerException)
        {
            if (inner is RpcFailure or BadHttpRequestException)
            {
                return inner;
            }
        }
        return failed.HttpRequestError is HttpRequestError.ConnectionError
            or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError
            ? upstream.ReportDead()
            : Lost(failed, upstream);
    }

    private static RpcFailure Lost(Exception broken, Upstream? upstream =
        null) => (broken as HttpProtocolException ?? broken.InnerException as HttpProtocolException)?.ErrorCode switch
        {
            0x8 => new RpcFailure(StatusCode.Cancelled, "The service cancelled the call."),
            0xB => new RpcFailure(StatusCode.ResourceExhausted, "The service asked for calm."),
            _ when upstream is not null => Upstream.Unavailable(upstream.Name, "went away before it answered"),
            _ => new RpcFailure(StatusCode.Unavailable, "The service went away in the middle of its answer."),
        };

    private static StatusCode CodeOf(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
