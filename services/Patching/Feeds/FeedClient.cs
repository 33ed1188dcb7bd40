using System.Net;
using System.Net.Http.Headers;
using Governance.BuildingBlocks.Documents;
using Governance.BuildingBlocks.Security;
using Microsoft.Extensions.Options;

namespace Governance.Patching.Feeds;

/// <summary>What a server answered.</summary>
/// <param name="Body">The document, to be read while it comes; null: it is as it was at the last success.</param>
/// <param name="EntityTag">To be quoted next time; may be empty.</param>
/// <param name="LastModified">To be quoted next time; may be empty.</param>
/// <param name="Response">What the document is read from.</param>
internal sealed record FeedAnswer(Stream? Body, string EntityTag, string LastModified, IDisposable? Response) : IDisposable
{
    public static FeedAnswer None { get; } = new(null, "", "", null);

    public void Dispose() => Response?.Dispose();
}

/// <summary>A document could not be fetched, in words for people.</summary>
internal sealed class FeedFailure(string message) : Exception(message);

/// <summary>
/// Fetches documents from where they may be, following redirects no further than that. It connects directly, by no proxy.
/// </summary>
internal sealed class FeedClient : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly FeedOptions _options;
    private readonly HttpClient _http;

    public FeedClient(IOptions<FeedOptions> options)
    {
        _options = options.Value;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.All,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectCallback = ConnectAsync,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("Governance-Patching", "1"));
    }

    /// <exception cref="FeedFailure">It is not there, or leads to where feeds may not be.</exception>
    public async Task<FeedAnswer> GetAsync(FeedOrder order, CancellationToken ct)
    {
        var url = new Uri(order.Url);
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            if (FeedAddress.FaultOf(url, _options) is { } fault)
            {
                throw new FeedFailure(redirects == 0 ? fault : $"It redirects to where feeds may not be: {fault}");
            }
            using var request = RequestFor(url, order);
            var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (response is { StatusCode: HttpStatusCode.OK }) return await ReadAsync(response, ct);
            using (response)
            {
                if (response.StatusCode == HttpStatusCode.NotModified) return FeedAnswer.None;
                if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
                {
                    throw new FeedFailure($"{url.Authority} answered {(int)response.StatusCode}.");
                }
                url = new Uri(url, location);
            }
        }

        throw new FeedFailure($"It redirects more than {MostRedirects} times.");
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage RequestFor(Uri url, FeedOrder order)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (order.EntityTag.Length > 0) request.Headers.TryAddWithoutValidation("If-None-Match", order.EntityTag);
        if (order.LastModified.Length > 0) request.Headers.TryAddWithoutValidation("If-Modified-Since", order.LastModified);
        return request;
    }

    private async Task<FeedAnswer> ReadAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var tag = response.Headers.ETag?.ToString() ?? "";
        var modified = response.Content.Headers.LastModified?.ToString("r", System.Globalization.CultureInfo.InvariantCulture) ?? "";
        var body = await response.Content.ReadAsStreamAsync(ct);
        return new FeedAnswer(new LimitedStream(
            await PackedDocument.OpenAsync(body, ct), _options.MaxBytes), tag.Length <= 300 ? tag : "", modified, response);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        return await PublicAddresses.ConnectAsync(host, port, address => FeedAddress.MayConnect(host, port, address, _options), ct)
            ?? throw new FeedFailure(
                $"{host} has no public address; hosts of your own network go into {FeedOptions.EnvironmentPrefix}PRIVATEHOSTS.");
    }
}
