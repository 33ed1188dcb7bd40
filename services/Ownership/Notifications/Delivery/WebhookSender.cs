using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Governance.BuildingBlocks.Security;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Posts notifications, signed. It connects directly, by no proxy, and follows no redirects.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly NotificationOptions _options;
    private readonly WebhookAddress _address;
    private readonly SecretBox _secrets;
    private readonly HttpClient _http;

    public WebhookSender(NotificationOptions options, WebhookAddress address, SecretBox secrets)
    {
        (_options, _address, _secrets) = (options, address, secrets);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectTimeout = options.Timeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = address.ConnectAsync,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Governance-Notifications", "1"));
    }

    /// <exception cref="DeliveryFailure">The endpoint did not take it.</exception>
    public async Task SendAsync(Order order, CancellationToken ct)
    {
        var endpoint = order.Endpoint!;
        if (_address.FaultOf(endpoint.Url) is { } fault) throw new DeliveryFailure(fault, isFinal: true);
        using var request = Request(order, endpoint);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        if (response.IsSuccessStatusCode) return;
        var status = (int)response.StatusCode;
        var host = request.RequestUri!.Authority;
        throw status is >= 300 and < 400
            ? new DeliveryFailure($"{host} answered {status}; redirects are not followed.")
            : new DeliveryFailure($"{host} answered {status}.", isFinal: response.StatusCode == HttpStatusCode.Gone);
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(Order order, EndpointOrder endpoint)
    {
        var message = order.Messages[0];
        var body = JsonSerializer.SerializeToUtf8Bytes(Payload(message));
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", seconds.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Sign(Keys(endpoint), message.Id, seconds, body));
        return request;
    }

    private List<byte[]> Keys(EndpointOrder endpoint)
    {
        try
        {
            return [.. endpoint.Secrets.Select(secret => _secrets.Open(secret, endpoint.Name))];
        }
        catch (CryptographicException fault)
        {
            throw new DeliveryFailure($"The secret of {endpoint.Name} cannot be read ({fault.Message}); rotate it.");
        }
    }

    private object Payload(Message message) => new
    {
        type = Rules.Occasions.TypeOf(message.Occasion),
        timestamp = message.CreateTime.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        data = new
        {
            notification = message.Name,
            rule = message.Rule,
            subject = message.Subject,
            component = message.Component,
            party = message.Party,
            severity = message.Severity,
            title = message.Title,
            text = message.Text,
            dueTime = message.Due?.ToString("uuuu-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            link = MailText.LinkTo(message.Subject, _options),
        },
    };
}
