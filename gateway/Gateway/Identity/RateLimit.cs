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
    private readonly RequestDelegate next;
    private readonly int perSecond;
    private readonly PartitionedRateLimiter<HttpContext> limiter;

    public RateLimit(RequestDelegate next, IOptions<IdentityOptions> options)
    {
        this.next = next;
        perSecond = options.Value.RequestsPerSecond;
        limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            context.Features.Get<BuildingBlocks.Security.Caller>()?.Principal ?? $"address {context.Connection.RemoteIpAddress}",
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perSecond,
                TokensPerPeriod = Math.Max(1, perSecond / 10),
                ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                QueueLimit = 0,
            }));
    }

    public Task InvokeAsync(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired ? next(context) : GrpcRefusal.WriteAsync(context, TooMany());
    }

    public void Dispose() => limiter.Dispose();

    private RpcFailure TooMany() => new(
        StatusCode.ResourceExhausted,
        $"More than {perSecond} requests a second from one caller.",
        new ErrorInfo { Reason = "RATE_LIMITED", Domain = GatewayErrors.Domain },
        new RetryInfo { RetryDelay = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(100)) });
}
