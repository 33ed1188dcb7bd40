namespace Governance.Gateway.Proxy;

/// <summary>
/// The seam to identity: exchanges whatever the caller signed in with for the internal token of one service. What
/// the caller sent as authorization is never forwarded, whether there is a token or not.
/// </summary>
internal interface IInternalTokens
{
    /// <summary>The bearer token for a call to a service, <c>windows</c>; null when the caller is nobody.</summary>
    string? TokenFor(HttpContext context, string service);
}

/// <summary>Stands where no identity is set up: every caller is nobody, and services refuse what is not public.</summary>
internal sealed class NoInternalTokens : IInternalTokens
{
    public string? TokenFor(HttpContext context, string service) => null;
}
