using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Governance.BuildingBlocks.Security;

/// <summary>What the internal token is: an ES256 JWT for one service, valid for five minutes.</summary>
public static class InternalToken
{
    /// <summary>Its `iss`.</summary>
    public const string Issuer = "governance-gateway";

    /// <summary>How long it holds.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromMinutes(5);

    /// <summary>How far clocks may differ.</summary>
    public static TimeSpan Skew { get; } = TimeSpan.FromSeconds(30);

    internal const string PersonClaim = "person";
    internal const string BindingsClaim = "bindings";
    internal const string PermissionsClaim = "permissions";
}

/// <summary>Issues internal tokens; the gateway's half. Cheap enough to call often, and worth caching per caller and audience.</summary>
/// <param name="keys">The signing keys.</param>
/// <param name="clock">The system's clock.</param>
public sealed class InternalTokenIssuer(SigningKeyRing keys, TimeProvider clock)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A token that lets the caller into one service.</summary>
    /// <param name="caller">Who; <see cref="Caller.Permissions"/> caps the roles when set.</param>
    /// <param name="audience">The service's name, `windows`.</param>
    /// <returns>The token and when it ends.</returns>
    public (string Token, DateTimeOffset Expires) Issue(Caller caller, string audience)
    {
        var now = clock.GetUtcNow();
        var expires = now + InternalToken.Lifetime;
        var key = keys.Current();
        var payload = Payload(caller, audience, now, expires);
        return (_handler.CreateToken(payload, new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256)), expires);
    }

    private static string Payload(Caller caller, string audience, DateTimeOffset now, DateTimeOffset expires)
    {
        using var buffer = new MemoryStream(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("iss", InternalToken.Issuer);
            json.WriteString("aud", audience);
            json.WriteString("sub", caller.Principal);
            json.WriteString(InternalToken.PersonClaim, caller.Person);
            WriteArray(json, InternalToken.BindingsClaim, caller.Bindings.Select(binding => $"{binding.Role}@{binding.Scope}"));
            if (caller.Permissions is { } cap) WriteArray(json, InternalToken.PermissionsClaim, cap);
            json.WriteString("jti", Guid.CreateVersion7());
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteNumber("nbf", now.ToUnixTimeSeconds());
            json.WriteNumber("exp", expires.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteArray(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
