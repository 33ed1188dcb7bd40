using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>Delivers what is due, at least once. Mails do not wait for slow endpoints, nor endpoints for a slow mail server.</summary>
internal sealed partial class DeliveryWorker(
    IDbContextFactory<OwnershipDb> databases, Deliveries deliveries, WebhookSender webhooks, MailSender mails, NotificationOptions options,
    ILogger<DeliveryWorker> log) : BackgroundService
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            DeliverAsync(Channel.Email, mails.SendAsync, stoppingToken), DeliverAsync(Channel.Webhook, webhooks.SendAsync, stoppingToken));

    private async Task DeliverAsync(Channel channel, Func<Order, CancellationToken, Task> send, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await LookAsync(channel, send, ct)) continue;
            }
            catch (Exception fault)
            {
                if (!ct.IsCancellationRequested) Failed(log, fault);
            }

            await Task.Delay(Pause, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <returns>Whether there was anything to do.</returns>
    private async Task<bool> LookAsync(Channel channel, Func<Order, CancellationToken, Task> send, CancellationToken ct)
    {
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            if (!await Deliveries.Due(db, channel, SystemClock.Instance.GetCurrentInstant()).AnyAsync(ct)) return false;
        }

        var orders = await deliveries.TakeAsync(channel, ct);
        await Parallel.ForEachAsync(
            orders, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (order, token) =>
                await AttemptAsync(order, send, token));
        return true;
    }

    private async Task AttemptAsync(Order order, Func<Order, CancellationToken, Task> send, CancellationToken ct)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(ct);
        timeout.CancelAfter(options.Timeout);
        DeliveryFailure? failure = null;
        try
        {
            await send(order, timeout.Token);
        }
        catch (DeliveryFailure fault)
        {
            failure = fault;
        }
        catch (Exception fault) when (!ct.IsCancellationRequested)
        {
            failure = Described(fault);
        }

        await deliveries.EndAsync(order, failure, ct);
    }

    /// <summary>Whatever goes wrong with one delivery is that delivery's failure, and no other's.</summary>
    private DeliveryFailure Described(Exception fault) => fault switch
    {
        OperationCanceledException => new DeliveryFailure($"There was no answer within {options.Timeout.TotalSeconds:0} seconds."),
        HttpRequestException { InnerException: DeliveryFailure refused } => new DeliveryFailure(refused.Message),
        HttpRequestException { InnerException: { } inner } => new DeliveryFailure($"{fault.Message} {inner.Message}"),
        _ => new DeliveryFailure(fault.Message),
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notifications could not be delivered; it is tried again")]
    private static partial void Failed(ILogger log, Exception fault);
}
