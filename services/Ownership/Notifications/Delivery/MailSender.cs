using System.Net;
using System.Net.Mail;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Sends notifications by mail.</summary>
internal sealed class MailSender(NotificationOptions options)
{
    /// <exception cref="DeliveryFailure">The server did not take it.</exception>
    public async Task SendAsync(Order order, CancellationToken ct)
    {
        var server = options.Mail ?? throw new DeliveryFailure("No mail server is configured.", isFinal: true);
        using var client = new SmtpClient(server.Host, server.Port) { EnableSsl = server.Tls, UseDefaultCredentials = false };
        if (server.User.Length > 0) client.Credentials = new NetworkCredential(server.User, server.Password);
        using var message = MailText.Of(order, server, options);
        try
        {
            await client.SendMailAsync(message, ct);
        }
        catch (SmtpException fault)
        {
            throw new DeliveryFailure($"{server.Host}:{server.Port}: {fault.StatusCode}: {fault.Message}{(fault.InnerException is { } inner ? $" {inner.Message}" : "")}");
        }
    }
}
