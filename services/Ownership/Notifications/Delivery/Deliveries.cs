using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>A delivery to make.</summary>
/// <param name="Messages">What it says: one message, or by mail all that wait for the same address by the same rule.</param>
/// <param name="Address">An e-mail address, or the endpoint's name.</param>
/// <param name="Endpoint">For webhooks.</param>
internal sealed record Order(IReadOnlyList<Message> Messages, string Address, EndpointOrder? Endpoint);

/// <summary>A notification on its way.</summary>
internal sealed record Message(
    string Id, string Rule, Occasion Occasion, string Subject, string Component, string Party, string Severity, string Title, string Text,
    Instant? Due, Instant CreateTime, string Address)
{
    public string Name => $"notifications/{Id}";
}

/// <summary>Where a webhook goes, with its encrypted secrets.</summary>
internal sealed record EndpointOrder(string Name, string Url, IReadOnlyList<byte[]> Secrets);

/// <summary>Takes deliveries out of the log and writes down how they ended. Taken ones come up again if nobody does.</summary>
internal sealed class Deliveries(Writes<OwnershipDb> writes, NotificationOptions options)
{
    private const int MostMessages = 100;
    private const int MostRequests = 20;
    private static readonly Duration Slack = Duration.FromMinutes(1);

    public static IQueryable<Notification> Due(OwnershipDb db, Channel channel, Instant now) =>
        db.Notifications.Where(row => row.NextAttempt <= now && row.Channel == channel);

    /// <summary>Begins the attempts that are due. What is over, or has lost its endpoint, is not sent.</summary>
    public Task<List<Order>> TakeAsync(Channel channel, CancellationToken ct) => writes.RunAsync(
        "TakeNotifications",
        async (unit, token) =>
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            var givenUp = now + Duration.FromTimeSpan(options.Timeout) + Slack;
            var due = Due(unit.Db, channel, now)
                .AsTracking()
                .OrderBy(row => row.NextAttempt)
                .Take(channel == Channel.Email ? MostMessages : MostRequests);
            var (mails, orders) = (new List<Message>(), new List<Order>());
            foreach (var row in await due.ToListAsync(token))
            {
                if (row.Expires <= unit.Now)
                {
                    row.Suppress(Notification.Over);
                }
                else if (channel == Channel.Email)
                {
                    mails.Add(Begin(row, givenUp));
                }
                else if (await EndpointAsync(unit, row, token) is { } endpoint)
                {
                    orders.Add(new Order([Begin(row, givenUp)], row.Address, endpoint));
                }
            }

            orders.AddRange(mails.GroupBy(mail => (mail.Rule, mail.Address)).Select(same => new Order([.. same], same.Key.Address, null)));
            return orders;
        },
        ct);

    public Task EndAsync(Order order, DeliveryFailure? failure, CancellationToken ct) => writes.RunAsync(
        "EndNotificationAttempt",
        async (unit, token) =>
        {
            var ids = order.Messages.Select(message => message.Id).ToArray();
            foreach (var row in await unit.Db.Notifications.AsTracking().Where(row => ids.Contains(row.Id)).ToListAsync(token))
            {
                var isLast = failure is not null && (failure.IsFinal || row.Attempts >= options.Attempts);
                if (failure is null) row.Delivered(unit.Now);
                else row.Failed(failure.Message, isLast ? null : SystemClock.Instance.GetCurrentInstant() + Pause(row.Attempts));
            }
        },
        ct);

    /// <summary>Twice as long after every failure, up to the longest.</summary>
    private Duration Pause(int attempts) => Duration.FromTimeSpan(TimeSpan.FromTicks(
        (long)Math.Min(options.LongestRetry.Ticks, options.FirstRetry.Ticks * Math.Pow(2, Math.Min(attempts - 1, 40)))));

    private static Message Begin(Notification row, Instant givenUp)
    {
        row.Begin(givenUp);
        return new Message(
            row.Id, row.Rule, row.Occasion, row.Subject, row.Component, row.Party, SeverityName(row.Severity), row.Title, row.Text,
            row.Due, row.CreateTime, row.Address);
    }

    private static string SeverityName(Common.V1.Severity severity) => severity switch
    {
        Common.V1.Severity.Low => "LOW",
        Common.V1.Severity.Medium => "MEDIUM",
        Common.V1.Severity.High => "HIGH",
        Common.V1.Severity.Critical => "CRITICAL",
        _ => "SEVERITY_UNSPECIFIED",
    };

    private static async Task<EndpointOrder?> EndpointAsync(WriteUnit<OwnershipDb> unit, Notification row, CancellationToken ct)
    {
        var id = row.Address[(row.Address.IndexOf('/') + 1)..];
        var endpoint = await unit.Db.WebhookEndpoints.SingleOrDefaultAsync(one => one.Id == id, ct);
        if (endpoint is { Enabled: true })
        {
            return new EndpointOrder(endpoint.Name, endpoint.Url, endpoint.SecretsAt(SystemClock.Instance.GetCurrentInstant()));
        }
        row.Suppress(endpoint is null ? $"There is no {row.Address} any more." : $"{row.Address} was turned off.");
        return null;
    }
}
