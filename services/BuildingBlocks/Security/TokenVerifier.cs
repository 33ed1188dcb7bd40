using System.Collections.Concurrent;
using System.Collections.Frozen;
using Governance.BuildingBlocks.Errors;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Governance.BuildingBlocks.Security;

/// <summary>
/// Verifies internal tokens. A token is checked once and then known by its text until it ends or the keys change: the same
/// caller's next calls cost one look-up.
/// </summary>
internal sealed class TokenVerifier(string audience, PublicKeys keys, TimeProvider clock)
{
    private const int MostKnown = 20_000;
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly ConcurrentDictionary<string, Caller> _known = new(StringComparer.Ordinal);
    private long _keysVersion = -1;

    /// <exception cref="Unauthenticated">The token does not hold.</exception>
    public async ValueTask<Caller> VerifyAsync(string token)
    {
        var now = clock.GetUtcNow();
        var (version, _) = keys.Read();
        if (Interlocked.Exchange(ref _keysVersion, version) != version) _known.Clear();
        if (_known.TryGetValue(token, out var known) && now < known.Expires) return known;

        var caller = await CheckAsync(token, now);
        if (_known.Count >= MostKnown) Forget(now);
        _known[token] = caller;
        return caller;
    }

    private async Task<Caller> CheckAsync(string token, DateTimeOffset now)
    {
        var result = await _handler.ValidateTokenAsync(token, Parameters(now, keys.Read().Keys));
        if (!result.IsValid && result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await _handler.ValidateTokenAsync(token, Parameters(now, keys.Read(atOnce: true).Keys));
        }
        if (!result.IsValid) throw new Unauthenticated(Explain(result.Exception));
        return ToCaller((JsonWebToken)result.SecurityToken);
    }

    private TokenValidationParameters Parameters(DateTimeOffset now, IEnumerable<SecurityKey> signingKeys) => new()
    {
        ValidIssuer = InternalToken.Issuer,
        ValidAudience = audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = signingKeys,
        TryAllIssuerSigningKeys = false,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires is { } end && now < end + InternalToken.Skew && (notBefore is not { } start || now >= start - InternalToken.Skew),
    };

    private static Caller ToCaller(JsonWebToken token) => new(
        token.Subject,
        token.TryGetPayloadValue<string>(InternalToken.PersonClaim, out var person) ? person : "",
        [.. Values(token, InternalToken.BindingsClaim).Select(ToBinding)])
    {
        Expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + InternalToken.Skew,
        Permissions = token.TryGetPayloadValue<List<string>>(InternalToken.PermissionsClaim, out var cap) ? cap.ToFrozenSet() : null,
    };

    private static List<string> Values(JsonWebToken token, string claim) =>
        token.TryGetPayloadValue<List<string>>(claim, out var values) ? values : [];

    private static Binding ToBinding(string text) =>
        text.Split('@', 2) is [var role, var scope] ? new Binding(role, scope) : new Binding(text);

    private static string Explain(Exception? fault) => fault switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException => "The token has expired or is not valid yet.",
        SecurityTokenInvalidAudienceException => "The token is for another service.",
        SecurityTokenSignatureKeyNotFoundException => "The token is signed by an unknown key.",
        SecurityTokenInvalidSignatureException => "The token's signature does not hold.",
        SecurityTokenInvalidAlgorithmException => "The token is signed by an algorithm that is not accepted.",
        _ => "The token cannot be read.",
    };

    private void Forget(DateTimeOffset now)
    {
        foreach (var (token, caller) in _known)
        {
            if (caller.Expires <= now) _known.TryRemove(token, out _);
        }

        if (_known.Count >= MostKnown) _known.Clear();
    }
}
