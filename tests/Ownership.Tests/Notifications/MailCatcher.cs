using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>A mail server that speaks enough SMTP to take mails, on loopback.</summary>
internal sealed class MailCatcher : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public MailCatcher()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to RCPT.</summary>
    public Func<string> Recipient { get; set; } = () => "250 OK";

    public ConcurrentQueue<CaughtMail> Mails { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true) sessions.Add(TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII);
                await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 catcher");
                var recipients = new List<string>();
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line == "DATA")
                    {
                        await writer.WriteLineAsync("354 go on");
                        Mails.Enqueue(new CaughtMail([.. recipients], await DataAsync(reader)));
                        recipients.Clear();
                        await writer.WriteLineAsync("250 taken");
                        continue;
                    }

                    if (line.StartsWith("RCPT TO:", StringComparison.Ordinal))
                    {
                        recipients.Add(line["RCPT TO:".Length..].Trim('<', '>', ' '));
                    }
                    await writer.WriteLineAsync(
                        line.StartsWith("RCPT", StringComparison.Ordinal) ? Recipient() : line == "QUIT" ? "221 bye" : "250 OK");
                    if (line == "QUIT") return;
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The client or the test is done.
        }
    }

    private async Task<List<string>> DataAsync(StreamReader reader)
    {
        var lines = new List<string>();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") lines.Add(line);
        return lines;
    }
}

/// <summary>A mail as it went over the wire.</summary>
internal sealed record CaughtMail(IReadOnlyList<string> Recipients, IReadOnlyList<string> Lines)
{
    /// <summary>Up to the first empty line; folded lines joined.</summary>
    public IReadOnlyList<string> Headers
    {
        get
        {
            var headers = new List<string>();
            foreach (var line in Lines.TakeWhile(line => line.Length > 0))
            {
                if (line[0] is ' ' or '\t') headers[^1] += line;
                else headers.Add(line);
            }

            return headers;
        }
    }

    public string Header(string name) =>
        Headers.Single(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))[(name.Length + 1)..].Trim();

    public string Body
    {
        get
        {
            var text = string.Join("\r\n", Lines.SkipWhile(line => line.Length > 0).Skip(1));
            return Headers.Any(header => header.StartsWith("Content-Transfer-Encoding:", StringComparison.OrdinalIgnoreCase))
                ? Decoded(text)
                : text;
        }
    }

    private string Decoded(string text) => Header("Content-Transfer-Encoding") switch
    {
        "base64" => Encoding.UTF8.GetString(Convert.FromBase64String(text.Replace("\r\n", "", StringComparison.Ordinal))),
        _ => System.Net.WebUtility.HtmlDecode(text.Replace("=\r\n", "", StringComparison.Ordinal)),
    };
}
