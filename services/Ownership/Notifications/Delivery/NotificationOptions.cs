using System.Globalization;
using System.Net.Mail;
using Governance.BuildingBlocks.Settings;
using Governance.Ownership.Notifications.Rules;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>The mail server.</summary>
/// <param name="Host">Its name.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">Whether TLS is demanded: from the first byte on port 465, by STARTTLS elsewhere.</param>
/// <param name="User">Empty: none.</param>
/// <param name="Password">Empty: none.</param>
/// <param name="From">Who mails come from.</param>
internal sealed record MailServer(string Host, int Port, bool Tls, string User, string Password, string From);

/// <summary>What operators can set about notifications. In the environment, each name after <c>GOVERNANCE_NOTIFICATIONS_</c>.</summary>
internal sealed record NotificationOptions
{
    /// <summary>What the names of environment variables begin with.</summary>
    public const string Prefix = "GOVERNANCE_NOTIFICATIONS_";

    /// <summary><c>ATTEMPTS</c>: how often a delivery is tried, 1 to 100. Default 10.</summary>
    public int Attempts { get; init; } = 10;

    /// <summary>
    /// <c>FIRST_RETRY_SECONDS</c>: the pause after the first failure; each further one is twice as long. 1 to 3600. Default 30.
    /// </summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>LONGEST_RETRY_SECONDS</c>: the longest pause. 1 to 604800. Default 21600, six hours.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(6);

    /// <summary><c>TIMEOUT_SECONDS</c>: how long one attempt may take. 1 to 300. Default 15.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// <c>ALLOWED_HOSTS</c>: hosts of webhooks that may have private addresses, separated by commas; <c>host:port</c> allows that port
    /// only. Default: none.
    /// </summary>
    public IReadOnlySet<string> AllowedHosts { get; init; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// <c>LOOPBACK</c>: whether webhooks may be at loopback addresses, there also by plain http. Default: only in Development.
    /// </summary>
    public bool Loopback { get; init; }

    /// <summary>
    /// <c>SMTP_HOST</c>, <c>SMTP_PORT</c> (587), <c>SMTP_TLS</c> (true), <c>SMTP_USER</c>, <c>SMTP_PASSWORD</c>, <c>SMTP_FROM</c>. Null
    /// without a host.
    /// </summary>
    public MailServer? Mail { get; init; }

    /// <summary><c>GOVERNANCE_PUBLIC_URL</c>, without the prefix: where people reach the gateway, for links. Default: no links.</summary>
    public string PublicUrl { get; init; } = "";

    /// <summary>Reads the environment.</summary>
    /// <exception cref="SettingsFault">Names everything that is wrong.</exception>
    public static NotificationOptions Read(Func<string, string?> variable)
    {
        var faults = new List<string>();
        var reader = new Reader(variable, faults);
        var options = new NotificationOptions
        {
            Attempts = reader.Number("ATTEMPTS", 10, 1, 100),
            FirstRetry = TimeSpan.FromSeconds(reader.Number("FIRST_RETRY_SECONDS", 30, 1, 3600)),
            LongestRetry = TimeSpan.FromSeconds(reader.Number("LONGEST_RETRY_SECONDS", 21600, 1, 604800)),
            Timeout = TimeSpan.FromSeconds(reader.Number("TIMEOUT_SECONDS", 15, 1, 300)),
            AllowedHosts = reader.Hosts("ALLOWED_HOSTS"),
            Loopback = reader.Flag("LOOPBACK", false),
            Mail = reader.Mail(),
            PublicUrl = reader.Url("GOVERNANCE_PUBLIC_URL"),
        };
        return faults.Count == 0 ? options : throw new SettingsFault(faults);
    }

    private sealed class Reader(Func<string, string?> variable, List<string> faults)
    {
        public int Number(string name, int unset, int least, int most)
        {
            var text = Text(name);
            if (text.Length == 0) return unset;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }
            faults.Add($"{Prefix}{name} is '{text}'; a whole number from {least} to {most} is asked for.");
            return unset;
        }

        public bool Flag(string name, bool unset)
        {
            var text = Text(name);
            if (text.Length == 0) return unset;
            if (!bool.TryParse(text, out var flag)) faults.Add($"{Prefix}{name} is '{text}'; true or false is asked for.");
            return flag;
        }

        public HashSet<string> Hosts(string name)
        {
            var hosts = Text(name)
                .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var host in hosts.Where(host =>
                !Uri.TryCreate($"https://{host}/", UriKind.Absolute, out var url) || url.AbsolutePath != "/" || url.UserInfo.Length > 0))
            {
                faults.Add($"{Prefix}{name}: '{host}' is no host.");
            }
            return hosts;
        }

        public MailServer? Mail()
        {
            var host = Text("SMTP_HOST");
            var server = new MailServer(host, Number(
                "SMTP_PORT", 587, 1, 65535), Flag("SMTP_TLS", true), Text("SMTP_USER"), Text("SMTP_PASSWORD"), Text("SMTP_FROM"));
            if (host.Length == 0) return null;
            if (!MailAddress.TryCreate(server.From, out var from) || !RuleFields.IsAddress(from.Address))
            {
                faults.Add($"{Prefix}SMTP_FROM is '{server.From}'; the address that mails come from is asked for.");
            }
            if (server.User.Length > 0 && !server.Tls)
            {
                faults.Add($"{Prefix}SMTP_TLS is false, and {Prefix}SMTP_USER is set: a password must not go in the clear.");
            }
            return server;
        }

        public string Url(string name)
        {
            var text = (variable(name) ?? "").Trim().TrimEnd('/');
            if (text.Length > 0 && !(Uri.TryCreate(text, UriKind.Absolute, out var url)
                && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)))
            {
                faults.Add($"{name} is '{text}'; a link such as https://governance.example.com is asked for.");
            }
            return text;
        }

        private string Text(string name) => (variable(Prefix + name) ?? "").Trim();
    }
}
