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

    private readonly Lock gate = new();
    private readonly HttpClient http;
    private readonly ILogger logger;
    private readonly CancellationToken stopping;
    private Uri? address;
    private long generation;
    private volatile bool up;

    public AppChannel(LocalPubSubApp app, ILogger logger, CancellationToken stopping)
    {
        (App, this.logger, this.stopping) = (app, logger, stopping);
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = ConnectTimeout,
            UseCookies = false,
            UseProxy = false,
        };
        http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public LocalPubSubApp App { get; }

    public bool Up => up;

    /// <summary>Called each time the app has become reachable.</summary>
    public Action CameUp { get; set; } = () => { };

    /// <summary>Sets where the app listens; null: nowhere for now.</summary>
    public void Connect(Uri? newAddress)
    {
        lock (gate)
        {
            address = newAddress;
            up = false;
            generation++;
            if (newAddress is not null) _ = ProbeAsync(newAddress, generation, TimeSpan.Zero);
        }
    }

    /// <summary>A connection to the app could not be made.</summary>
    public void ReportUnreachable()
    {
        lock (gate)
        {
            if (!up || address is null) return;
            up = false;
            _ = ProbeAsync(address, ++generation, FirstProbe);
        }

        logger.LogInformation("App {App} cannot be reached; its deliveries wait", App.AppId);
    }

    /// <exception cref="AppUnreachableException">No connection could be made: the app is down.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string path, CancellationToken cancel)
    {
        request.RequestUri = new Uri(address ?? throw new AppUnreachableException(null), path);
        if (App.AppToken is { } token) request.Headers.TryAddWithoutValidation("dapr-api-token", token);
        try
        {
            return await http.SendAsync(request, cancel);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new AppUnreachableException(failure);
        }
    }

    public void Dispose() => http.Dispose();

    private async Task ProbeAsync(Uri target, long mine, TimeSpan wait)
    {
        try
        {
            while (true)
            {
                await Task.Delay(wait, stopping);
                if (Volatile.Read(ref generation) != mine) return;
                if (await ListensAsync(target)) break;
                wait = wait == TimeSpan.Zero ? FirstProbe : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, LongestProbe.Ticks));
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (gate)
        {
            if (generation != mine) return;
            up = true;
        }

        CameUp();
    }

    private async Task<bool> ListensAsync(Uri target)
    {
        using var socket = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(target.Host, target.Port, deadline.Token);
            return true;
        }
        catch (Exception failure) when (failure is SocketException || (failure is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>Nothing listens where the app should be.</summary>
internal sealed class AppUnreachableException(Exception? cause) : Exception("The app cannot be reached.", cause);
