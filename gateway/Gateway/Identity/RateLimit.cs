using System.Threading.RateLimiting;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Governance.Gateway.Proxy;
using Governance.Gateway.Transcoding;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Governance.Gateway.Identity;

/// <summary>A token bucket per caller; who is nobody shares one per address.</summary>
internal sealed class RateLimit : IDisposable
{
    private readonly RequestDelegate _next;
    private readonly int _perSecond;
    private readonly PartitionedRateLimiter<HttpContext> _limiter;

    public RateLimit(RequestDelegate next, IOptions<IdentityOptions> options)
    {
        _next = next;
        _perSecond = options.Value.RequestsPerSecond;
        _limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.Features.Get<BuildingBlocks.Security.Caller>()?.Principal ?? $"address {context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = _perSecond,
                TokensPerPeriod = Math.Max(1, _perSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                QueueLimit = 0,
            }));
    }

    public async Task InvokeAsync(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context);
        await (lease.IsAcquired ? _next(context) : GrpcRefusal.WriteAsync(context, TooMany()));
    }

    public void Dispose() => _limiter.Dispose();

    private RpcFailure TooMany() => new(
        StatusCode.ResourceExhausted,
        $"More than {_perSecond} requests a second from one caller.",
        new ErrorInfo { Reason = "RATE_LIMITED", Domain = GatewayErrors.Domain },
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) });
}
