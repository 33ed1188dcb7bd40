using System.Net;
using System.Net.Sockets;

namespace Governance.Patching.Feeds;

/// <summary>
/// Where a feed may lead. Whoever may enter feeds must not thereby reach what only this service can reach, so the host must be
/// allowed, and it must not turn out to be at a private address.
/// </summary>
internal static class FeedAddress
{
    public const int Longest = 2000;

    private static readonly IPNetwork[] Private =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

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
        return trusted.Contains(host) || trusted.Contains($"{host}:{port}") || IsPublic(address);
    }

    /// <summary>Whether an address is one of the public internet's.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !Private.Any(network => network.Contains(plain));
    }

    private static bool IsListed(IReadOnlySet<string> hosts, Uri url) =>
        hosts.Contains(url.IsDefaultPort ? url.Host : $"{url.Host}:{url.Port}");

    private static string NotAllowed(Uri url) =>
        $"{url.Authority} is not among the hosts that the operator allows ({FeedOptions.EnvironmentPrefix}HOSTS, {FeedOptions.EnvironmentPrefix}PRIVATEHOSTS).";
}
