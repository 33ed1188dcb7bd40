using System.Net;
using System.Net.Sockets;

namespace Governance.BuildingBlocks.Security;

/// <summary>Tells the public internet's addresses from others: what callers name must not lead to what only a service can reach.</summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Others =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    /// <summary>Whether an address is one of the public internet's.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            && !Others.Any(network => network.Contains(plain));
    }

    /// <summary>
    /// Connects to those addresses of a host that are allowed. It looks at the addresses that are connected to, and not at an
    /// earlier answer about the name: names can change what they stand for between two questions.
    /// </summary>
    /// <param name="host">The name, or an address.</param>
    /// <param name="port">The port.</param>
    /// <param name="allowed">Whether a connection may go to the address.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The connection; null when none of the host's addresses is allowed.</returns>
    public static async ValueTask<Stream?> ConnectAsync(string host, int port, Func<IPAddress, bool> allowed, CancellationToken ct)
    {
        var addresses = Array.FindAll(await Dns.GetHostAddressesAsync(host, ct), address => allowed(address));
        if (addresses.Length == 0) return null;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
