using System.Runtime.CompilerServices;
using Governance.BuildingBlocks.Security;
using Governance.Gateway.Proxy;

namespace Governance.Gateway.Identity;

/// <summary>Exchanges the caller for a service's internal token; one signature per caller, service and few minutes.</summary>
internal sealed class InternalTokens(InternalTokenIssuer issuer, TimeProvider clock) : IInternalTokens
{
    /// <summary>A token is renewed this long before it ends, so that a call never leaves with a dying one.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    private readonly ConditionalWeakTable<Caller, TokensOfCaller> _tokens = [];

    public string? TokenFor(HttpContext context, string service) =>
        context.Features.Get<Caller>() is { } caller ? TokenFor(caller, service) : null;

    private string TokenFor(Caller caller, string service)
    {
        var known = _tokens.GetValue(caller, _ => new TokensOfCaller());
        var now = clock.GetUtcNow();
        lock (known)
        {
            if (!known.ByService.TryGetValue(service, out var token) || now >= token.Expires - Margin)
            {
                known.ByService[service] = token = issuer.Issue(caller, service);
            }

            return token.Token;
        }
    }

    private sealed class TokensOfCaller
    {
        public Dictionary<string, (string Token, DateTimeOffset Expires)> ByService { get; } = [];
    }
}
