using System.Net.Mail;
using System.Text;
using Governance.Ownership.Notifications.Situations;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>What a mail says.</summary>
internal static class MailText
{
    private const int LongestSubject = 200;

    public static MailMessage Of(Order order, MailServer server, NotificationOptions options)
    {
        var from = new MailAddress(server.From);
        var message = new MailMessage(from, new MailAddress(order.Address))
        {
            Subject = OneLine(order.Title),
            SubjectEncoding = Encoding.UTF8,
            Body = Body(order, options),
            BodyEncoding = Encoding.UTF8,
            IsBodyHtml = false,
        };
        message.Headers.Add("Message-ID", $"<{order.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    /// <summary>Where people can read more; null when the operator does not say where the gateway is.</summary>
    public static string? LinkTo(string name, NotificationOptions options) =>
        options.PublicUrl.Length == 0 ? null : $"{options.PublicUrl}/v1/{name}";

    private static string Body(Order order, NotificationOptions options)
    {
        var text = new StringBuilder().Append(order.Title).Append("\r\n\r\n");
        if (order.Text.Length > 0) text.Append(order.Text).Append("\r\n\r\n");
        if (order.Due is { } due) text.Append("When: ").Append(Words.At(due)).Append("\r\n");
        if (order.Component.Length > 0) text.Append("Component: ").Append(order.Component).Append("\r\n");
        if (order.Severity != "SEVERITY_UNSPECIFIED") text.Append("Severity: ").Append(order.Severity).Append("\r\n");
        text.Append("About: ").Append(LinkTo(order.Subject, options) ?? order.Subject).Append("\r\n");
        text.Append("\r\nSent by ").Append(order.Rule).Append(" as ").Append(LinkTo(order.Name, options) ?? order.Name)
            .Append(", where it can be acknowledged.\r\n");
        return text.ToString();
    }

    /// <summary>What came in with a resource must not end the header.</summary>
    private static string OneLine(string text)
    {
        var line = string.Concat(text.Select(letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' ? ' ' : letter)).Trim();
        return line.Length <= LongestSubject ? line : string.Concat(line.AsSpan(0, LongestSubject - 1), "…");
    }
}
