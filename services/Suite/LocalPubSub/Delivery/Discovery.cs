namespace Governance.Suite.LocalPubSub.Delivery;

/// <summary>Asks an app that has come up for the subscriptions that it wants (<c>GET /dapr/subscribe</c>).</summary>
internal sealed class Discovery(SubscriptionDirectory directory, ILogger logger, CancellationToken stopping)
{
    private const int Tries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Gives up after some tries: the app's declared subscriptions work without it, and its next start asks again.</summary>
    public async Task AskAsync(AppChannel app)
    {
        for (var attempt = 1; attempt <= Tries && app.Up; attempt++)
        {
            try
            {
                if (await TryAskAsync(app)) return;
            }
            catch (Exception failure) when (failure is AppUnreachableException or HttpRequestException or OperationCanceledException)
            {
                if (stopping.IsCancellationRequested) return;
                logger.LogInformation("{App} could not be asked for its subscriptions: {Reason}", app.App.AppId, failure.Message);
            }

            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task<bool> TryAskAsync(AppChannel app)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        deadline.CancelAfter(Patience);
        using var request = new HttpRequestMessage(HttpMethod.Get, (Uri?)null);
        using var response = await app.SendAsync(request, "/dapr/subscribe", deadline.Token);
        switch ((int)response.StatusCode)
        {
            case 404:
                directory.Discover(app, "[]");
                return true;
            case >= 200 and < 300:
                directory.Discover(app, await response.Content.ReadAsStringAsync(deadline.Token));
                return true;
            default:
                logger.LogInformation("{App} answered {Status} when asked for its subscriptions", app.App.AppId, (int)response.StatusCode);
                return false;
        }
    }
}
