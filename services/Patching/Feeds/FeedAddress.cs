using System.Net;
using Governance.BuildingBlocks.Security;

namespace Governance.Patching.Feeds;

/// <summary>
/// Where a feed may lead. Whoever may enter feeds must not thereby reach what only this service can reach, so the host must be
/// allowed, and it must not turn out to be at a private address.
/// </summary>
internal static class FeedAddress
{
    public const int Longest = 2000;

    /// <summary>Why a feed may not be there; null when it may.</summary>
    public static string? FaultOf(Uri url, FeedOptions options)
    {
        if (url.UserInfo.Length > 0) return "Must not hold a name or password.";
        if (options.Loopback && url.IsLoopback && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)) return null;
        if (url.Scheme != Uri.UriSchemeHttps) return $"Must be https, and not {url.Scheme}.";
        return IsListed(options.PublicHosts, url) || IsListed(options.TrustedHosts, url) ? null : NotAllowed(url);
    }

    /// <summary>Whether a connection to the host may go to the address that its name stands for.</summary>
    public static bool MayConnect(string host, int port, IPAddress address, FeedOptions options)
    {
        if (options.Loopback && IPAddress.IsLoopback(address)) return true;
        var trusted = options.TrustedHosts;
        return trusted.Contains(host) || trusted.Contains($"{host}:{port}") || PublicAddresses.IsPublic(address);
    }

    private static bool IsListed(IReadOnlySet<string> hosts, Uri url) =>
        hosts.Contains(url.IsDefaultPort ? url.Host : $"{url.Host}:{url.Port}");

    private static string NotAllowed(Uri url) =>
        $"{url.Authority} is not among the hosts that the operator allows ({FeedOptions.EnvironmentPrefix}HOSTS, "
            + $"{FeedOptions.EnvironmentPrefix}PRIVATEHOSTS).";
}
