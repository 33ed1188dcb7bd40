using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Sends notifications by mail.</summary>
internal sealed class MailSender(NotificationOptions options)
{
    /// <exception cref="DeliveryFailure">The server did not take it; the message has the server's answer.</exception>
    public async Task SendAsync(Order order, CancellationToken ct)
    {
        var server = options.Mail ?? throw new DeliveryFailure("No mail server is configured.", isFinal: true);
        using var message = MailText.Of(order, server, options);
        using var client = new SmtpClient { CheckCertificateRevocation = false };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, SecurityOf(server), ct);
            if (server.User.Length > 0) await client.AuthenticateAsync(server.User, server.Password, ct);
            await client.SendAsync(message, ct);
        }
        catch (SmtpCommandException refused)
        {
            throw new DeliveryFailure($"{server.Host}:{server.Port}: {(int)refused.StatusCode} {refused.Message}");
        }
        catch (Exception fault) when (IsFailure(fault))
        {
            throw new DeliveryFailure($"{server.Host}:{server.Port}: {fault.Message}");
        }

        await QuitAsync(client, ct);
    }

    /// <summary>Port 465 speaks TLS from the first byte; elsewhere STARTTLS is demanded, never only tried.</summary>
    internal static SecureSocketOptions SecurityOf(MailServer server) => server switch
    {
        { Tls: false } => SecureSocketOptions.None,
        { Port: 465 } => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    /// <summary>The mail is taken already: a goodbye that fails must not send it again.</summary>
    private static async Task QuitAsync(SmtpClient client, CancellationToken ct)
    {
        try
        {
            await client.DisconnectAsync(quit: true, ct);
        }
        catch (Exception fault) when (IsFailure(fault) || fault is OperationCanceledException)
        {
            // Disposing it closes the connection.
        }
    }

    /// <summary>The last is what a server without STARTTLS gives.</summary>
    private static bool IsFailure(Exception fault) =>
        fault is CommandException or ProtocolException or AuthenticationException or SslHandshakeException or SocketException or IOException
            or NotSupportedException;
}
