using System.Diagnostics;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Tracing;
using Governance.BuildingBlocks.Writing;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace Governance.BuildingBlocks.Hosting;

/// <summary>Around every call: who calls, may they, and what a failure tells them.</summary>
internal sealed partial class CallInterceptor(
    MethodPermissions permissions, TokenVerifier tokens, StatusMapping statuses, ILogger<CallInterceptor> log) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await AdmitAsync(context);
            return await continuation(request, context);
        }
        catch (Exception fault) when (fault is not RpcException)
        {
            throw Describe(fault, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? response = default;
        await StreamAsync(context, async limited => response = await continuation(requestStream, limited));
        return response!;
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation) =>
        StreamAsync(context, limited => continuation(request, responseStream, limited));

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        StreamAsync(context, limited => continuation(requestStream, responseStream, limited));

    /// <summary>A stream ends when its token does.</summary>
    private async Task StreamAsync(ServerCallContext context, Func<ServerCallContext, Task> run)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        var expires = DateTimeOffset.MaxValue;
        try
        {
            expires = (await AdmitAsync(context))?.Expires ?? expires;
            if (expires != DateTimeOffset.MaxValue) end.CancelAfter(Remaining(expires));
            await run(LimitedCallContext.Of(context, end.Token));
        }
        catch (Exception) when (end.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw Describe(new Unauthenticated("The token has expired during the stream; begin again with a new one."), context);
        }
        catch (Exception fault) when (fault is not RpcException)
        {
            throw Describe(fault, context);
        }
    }

    private static TimeSpan Remaining(DateTimeOffset expires)
    {
        var remaining = expires - TimeProvider.System.GetUtcNow();
        return remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero;
    }

    private async ValueTask<Caller?> AdmitAsync(ServerCallContext context)
    {
        var permission = permissions.Of(context.Method)
            ?? throw new PermissionDenied("unknown", $"{context.Method} declares no permission.");
        var token = Token(context);
        if (permission == "public" && token is null)
        {
            context.Admit(null, permission);
            return null;
        }

        var caller = await tokens.VerifyAsync(token ?? throw new Unauthenticated("The call carries no token."));
        if (permission is not ("public" or "authenticated") && !caller.Holds(permission))
        {
            throw new PermissionDenied(permission, $"{caller.Principal} lacks {permission}.");
        }
        context.Admit(caller, permission);
        return caller;
    }

    private static string? Token(ServerCallContext context)
    {
        const string Scheme = "Bearer ";
        var header = context.RequestHeaders.GetValue("authorization");
        return header is not null && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..] : null;
    }

    private RpcException Describe(Exception fault, ServerCallContext context)
    {
        var correlationId = Correlation.Id;
        if (statuses.Describe(fault, correlationId) is { } refusal) return refusal;
        if (context.CancellationToken.IsCancellationRequested)
        {
            return new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        Activity.Current?.Fail(fault);
        Failed(log, fault, context.Method, correlationId);
        return statuses.Internal(correlationId);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed ({CorrelationId})")]
    private static partial void Failed(ILogger log, Exception fault, string method, string correlationId);
}
