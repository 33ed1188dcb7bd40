namespace Grpc.Core;

/// <summary>What all call types know of their call, from functions with or without a state object.</summary>
internal readonly struct AsyncCallState(
    object? state,
    Func<object, Task<Metadata>> responseHeaders,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose)
{
    public static AsyncCallState Of(
        Func<object, Task<Metadata>> responseHeaders,
        Func<object, Status> status,
        Func<object, Metadata> trailers,
        Action<object> dispose,
        object state)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(trailers);
        ArgumentNullException.ThrowIfNull(dispose);
        return new AsyncCallState(state, responseHeaders, status, trailers, dispose);
    }

    public static AsyncCallState Of(Task<Metadata> responseHeaders, Func<Status> status, Func<Metadata> trailers, Action dispose)
    {
        ArgumentNullException.ThrowIfNull(responseHeaders);
        ArgumentNullException.ThrowIfNull(status);
        ArgumentNullException.ThrowIfNull(trailers);
        ArgumentNullException.ThrowIfNull(dispose);
        return new AsyncCallState(null, _ => responseHeaders, _ => status(), _ => trailers(), _ => dispose());
    }

    public Task<Metadata> ResponseHeadersAsync() => responseHeaders(state!);

    public Status GetStatus() => status(state!);

    public Metadata GetTrailers() => trailers(state!);

    public void Dispose() => dispose(state!);
}
