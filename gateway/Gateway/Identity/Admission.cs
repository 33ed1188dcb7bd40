using Governance.BuildingBlocks.Names;
using Governance.Gateway.Proxy;
using Grpc.Core;

namespace Governance.Gateway.Identity;

/// <summary>
/// Finds out who calls, before anything is routed: a bearer secret (API key or user token), `X-Api-Key`, or the session cookie.
/// A secret that nobody has is refused at once; no secret at all is left to the service, which refuses what is not public.
/// </summary>
internal sealed class Admission(RequestDelegate next, Credentials credentials, Sessions sessions, IInternalTokens tokens)
{
    private const string OwnCalls = "/governance.gateway.v1.";

    public async Task InvokeAsync(HttpContext context)
    {
        var (secret, fromCookie) = SecretOf(context);
        if (secret is null || IsTranscodedHere(context, secret))
        {
            await next(context);
            return;
        }

        if (await credentials.FindAsync(secret, context.RequestAborted) is not { } caller)
        {
            if (fromCookie)
            {
                sessions.End(context);
            }

            await GrpcRefusal.WriteAsync(context, Unauthenticated("The token or key is unknown, expired or revoked."));
            return;
        }

        if (fromCookie && !Sessions.IsSameOrigin(context.Request))
        {
            await GrpcRefusal.WriteAsync(context, GatewayErrors.Refuse(
                StatusCode.PermissionDenied, "CROSS_SITE", "A session may change something only from the gateway's own pages."));
            return;
        }

        context.Features.Set(caller);
        if (IsOwnCall(context))
        {
            context.Request.Headers.Authorization = "Bearer " + tokens.TokenFor(context, ServiceCatalog.Gateway.Name);
        }

        await next(context);
    }

    /// <summary>A gRPC call that this process answers itself.</summary>
    private static bool IsOwnCall(HttpContext context) =>
        context.Request.Path.Value is { } path && path.StartsWith(OwnCalls, StringComparison.Ordinal);

    /// <summary>Our own REST side calls our own gRPC side with an internal token, which the gRPC side verifies.</summary>
    private static bool IsTranscodedHere(HttpContext context, string secret) =>
        IsOwnCall(context) && secret.StartsWith("eyJ", StringComparison.Ordinal);

    public static Transcoding.RpcFailure Unauthenticated(string message) =>
        GatewayErrors.Refuse(StatusCode.Unauthenticated, "UNAUTHENTICATED", message);

    private static (string? Secret, bool FromCookie) SecretOf(HttpContext context)
    {
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return (authorization["Bearer ".Length..].Trim(), false);
        }

        if (context.Request.Headers["X-Api-Key"].ToString() is { Length: > 0 } key)
        {
            return (key, false);
        }

        return (context.Request.Cookies[Sessions.Cookie], true);
    }
}
