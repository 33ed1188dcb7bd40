using System.Net;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>
/// Where a webhook may lead. Whoever may enter endpoints must not thereby reach what only this service can reach: unless the
/// operator allows the host, it must not turn out to be at a private address.
/// </summary>
internal sealed class WebhookAddress(NotificationOptions options, ServiceSettings settings)
{
    public const int Longest = 2000;

    private readonly bool _loopback =
        options.Loopback || string.Equals(settings.Environment, "Development", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a webhook may not be there; null when it may, as far as its text tells.</summary>
    public string? FaultOf(string text)
    {
        if (text.Length > Longest) return $"Has {text.Length} characters; at most {Longest} are allowed.";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0) return $"'{text}' is no link such as https://….";
        if (url.UserInfo.Length > 0) return "Must not hold a name or password.";
        if (_loopback && url.IsLoopback && url.Scheme == Uri.UriSchemeHttp) return null;
        if (url.Scheme != Uri.UriSchemeHttps) return $"Must be https, and not {url.Scheme}.";
        return !IPAddress.TryParse(url.DnsSafeHost, out var address) || MayConnect(url.DnsSafeHost, url.Port, address)
            ? null
            : $"{url.Authority} is no public address; {Hint}";
    }

    /// <summary>Whether a connection to the host may go to the address that its name stands for.</summary>
    public bool MayConnect(string host, int port, IPAddress address) =>
        (_loopback && IPAddress.IsLoopback(address))
        || options.AllowedHosts.Contains(host) || options.AllowedHosts.Contains($"{host}:{port}")
        || PublicAddresses.IsPublic(address);

    /// <exception cref="DeliveryFailure">The host has no address that may be connected to.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        return await PublicAddresses.ConnectAsync(host, port, address => MayConnect(host, port, address), ct)
            ?? throw new DeliveryFailure($"{host} has no public address; {Hint}");
    }

    private static string Hint => $"hosts of your own network go into {NotificationOptions.Prefix}ALLOWED_HOSTS.";
}

/// <summary>A notification could not be delivered, in words for people.</summary>
/// <param name="message">Why.</param>
/// <param name="isFinal">Whether trying again is of no use.</param>
internal sealed class DeliveryFailure(string message, bool isFinal = false) : Exception(message)
{
    public bool IsFinal { get; } = isFinal;
}
