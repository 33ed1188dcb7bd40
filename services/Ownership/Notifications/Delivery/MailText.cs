using System.Text;
using Governance.Ownership.Notifications.Situations;
using MimeKit;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>What a mail says.</summary>
internal static class MailText
{
    private const int LongestSubject = 200;

    public static MimeMessage Of(Order order, MailServer server, NotificationOptions options)
    {
        var from = MailboxAddress.Parse(server.From);
        var first = order.Messages[0];
        var message = new MimeMessage
        {
            From = { from },
            To = { new MailboxAddress("", order.Address) },
            Subject = OneLine(order.Messages.Count == 1 ? first.Title : $"{first.Title}, and {order.Messages.Count - 1} more"),
            Body = new TextPart("plain") { Text = Body(order.Messages, options) },
            MessageId = $"{first.Id}@{from.Domain}",
        };
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Where people can read more; null when the operator does not say where the gateway is.</summary>
    public static string? LinkTo(string name, NotificationOptions options) =>
        options.PublicUrl.Length == 0 ? null : $"{options.PublicUrl}/v1/{name}";

    private static string Body(IReadOnlyList<Message> messages, NotificationOptions options)
    {
        var text = new StringBuilder();
        foreach (var message in messages)
        {
            text.Append(message.Title).Append("\r\n\r\n");
            if (message.Text.Length > 0) text.Append(message.Text).Append("\r\n\r\n");
            if (message.Due is { } due) text.Append("When: ").Append(Words.At(due)).Append("\r\n");
            if (message.Component.Length > 0) text.Append("Component: ").Append(message.Component).Append("\r\n");
            if (message.Severity != "SEVERITY_UNSPECIFIED") text.Append("Severity: ").Append(message.Severity).Append("\r\n");
            text.Append("About: ").Append(LinkTo(message.Subject, options) ?? message.Subject).Append("\r\n");
            text.Append("To be acknowledged: ").Append(LinkTo(message.Name, options) ?? message.Name).Append("\r\n\r\n");
        }

        return text.Append("Sent by ").Append(messages[0].Rule).Append(".\r\n").ToString();
    }

    /// <summary>What came in with a resource must not end the header.</summary>
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
        return line.Length <= LongestSubject ? line : string.Concat(line.AsSpan(0, LongestSubject - 1), "…");
    }
}
