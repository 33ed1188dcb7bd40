using System.Net.Sockets;

namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>
/// The way to one app. An app that cannot be reached is down, not failing: in Dapr its sidecar would be down with it, so
/// deliveries wait, nothing is counted against them, and the address is probed until something listens there.
/// </summary>
internal sealed class AppChannel : IDisposable
{
    private static readonly TimeSpan FirstProbe = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestProbe = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private readonly HttpClient _http;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private Uri? _address;
    private long _generation;
    private volatile bool _up;

    public AppChannel(LocalPubSubApp app, ILogger logger, CancellationToken stopping)
    {
        (App, _logger, _stopping) = (app, logger, stopping);
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
            UseProxy = false,
        };
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public LocalPubSubApp App { get; }

    public bool Up => _up;

    /// <summary>Called each time the app has become reachable.</summary>
    public Action CameUp { get; set; } = () => { };

    /// <summary>Sets where the app listens; null: nowhere for now.</summary>
    public void Connect(Uri? newAddress)
    {
        lock (_gate)
        {
            _address = newAddress;
            _up = false;
            _generation++;
            if (newAddress is not null) _ = ProbeAsync(newAddress, _generation, TimeSpan.Zero);
        }
    }

    /// <summary>A connection to the app could not be made.</summary>
    public void ReportUnreachable()
    {
        lock (_gate)
        {
            if (!_up || _address is null) return;
            _up = false;
            _ = ProbeAsync(_address, ++_generation, FirstProbe);
        }

        _logger.LogInformation("App {App} cannot be reached; its deliveries wait", App.AppId);
    }

    /// <exception cref="AppUnreachableException">No connection could be made: the app is down.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string path, CancellationToken cancel)
    {
        request.RequestUri = new Uri(_address ?? throw new AppUnreachableException(null), path);
        if (App.AppToken is { } token) request.Headers.TryAddWithoutValidation("dapr-api-token", token);
        try
        {
            return await _http.SendAsync(request, cancel);
        }
        catch (HttpRequestException failure)
            when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new AppUnreachableException(failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task ProbeAsync(Uri target, long mine, TimeSpan wait)
    {
        try
        {
            while (true)
            {
                await Task.Delay(wait, _stopping);
                if (Volatile.Read(ref _generation) != mine) return;
                if (await ListensAsync(target)) break;
                wait = wait == TimeSpan.Zero ? FirstProbe : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestProbe.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_gate)
        {
            if (_generation != mine) return;
            _up = true;
        }

        CameUp();
    }

    private async Task<bool> ListensAsync(Uri target)
    {
        using var socket = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping);
        deadline.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, deadline.Token);
            return true;
        }
        catch (Exception failure)
            when (failure is SocketException || (failure is OperationCanceledException && !_stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>Nothing listens where the app should be.</summary>
internal sealed class AppUnreachableException(Exception? cause) : Exception("The app cannot be reached.", cause);
