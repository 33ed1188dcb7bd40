using Grpc.Core;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>A call whose cancellation comes earlier than its transport's.</summary>
internal sealed class LimitedCallContext(ServerCallContext inner, CancellationToken end) : ServerCallContext
{
    /// <summary>The server finds the HTTP request of a call that is not its own by this key.</summary>
    private const string HttpContextKey = "__HttpContext";

    public static LimitedCallContext Of(ServerCallContext inner, CancellationToken end)
    {
        inner.UserState[HttpContextKey] = inner.GetHttpContext();
        return new LimitedCallContext(inner, end);
    }

    protected override string MethodCore => inner.Method;

    protected override string HostCore => inner.Host;

    protected override string PeerCore => inner.Peer;

    protected override DateTime DeadlineCore => inner.Deadline;

    protected override Metadata RequestHeadersCore => inner.RequestHeaders;

    protected override CancellationToken CancellationTokenCore => end;

    protected override Metadata ResponseTrailersCore => inner.ResponseTrailers;

    protected override AuthContext AuthContextCore => inner.AuthContext;

    protected override IDictionary<object, object> UserStateCore => inner.UserState;

    protected override Status StatusCore
    {
        get => inner.Status;
        set => inner.Status = value;
    }

    protected override WriteOptions? WriteOptionsCore
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => inner.WriteResponseHeadersAsync(responseHeaders);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        inner.CreatePropagationToken(options);
}
