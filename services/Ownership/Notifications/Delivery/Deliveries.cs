using Governance.BuildingBlocks.Requests;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Delivery;

/// <summary>A delivery to make.</summary>
internal sealed record Order(
    string Id, string Rule, Occasion Occasion, string Subject, string Component, string Party, string Severity, string Title, string Text,
    Instant? Due, Instant CreateTime, string Address, EndpointOrder? Endpoint)
{
    public string Name => $"notifications/{Id}";
}

/// <summary>Where a webhook goes, with its encrypted secrets.</summary>
internal sealed record EndpointOrder(string Name, string Url, IReadOnlyList<byte[]> Secrets);

/// <summary>Takes deliveries out of the log and writes down how they ended. Taken ones come up again if nobody does.</summary>
internal sealed class Deliveries(Writes<OwnershipDb> writes, NotificationOptions options)
{
    private const int BatchSize = 20;
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
            var orders = new List<Order>();
            foreach (var row in await Due(unit.Db, channel, now).AsTracking().OrderBy(row => row.NextAttempt).Take(BatchSize).ToListAsync(token))
            {
                if (row.Expires <= unit.Now) row.Suppress(SituationBook.Over);
                else if (channel == Channel.Email) orders.Add(Begin(row, givenUp, null));
                else if (await EndpointAsync(unit, row, token) is { } endpoint) orders.Add(Begin(row, givenUp, endpoint));
            }

            return orders;
        },
        ct);

    public Task EndAsync(Order order, DeliveryFailure? failure, CancellationToken ct) => writes.RunAsync(
        "EndNotificationAttempt",
        async (unit, token) =>
        {
            if (await unit.Db.Notifications.AsTracking().SingleOrDefaultAsync(row => row.Id == order.Id, token) is not { } row) return;
            if (failure is null) row.Delivered(unit.Now);
            else row.Failed(failure.Message, failure.IsFinal || row.Attempts >= options.Attempts ? null : SystemClock.Instance.GetCurrentInstant() + Pause(row.Attempts));
        },
        ct);

    /// <summary>Twice as long after every failure, up to the longest.</summary>
    private Duration Pause(int attempts) => Duration.FromTimeSpan(TimeSpan.FromTicks(
        (long)Math.Min(options.LongestRetry.Ticks, options.FirstRetry.Ticks * Math.Pow(2, Math.Min(attempts - 1, 40)))));

    private static Order Begin(Notification row, Instant givenUp, EndpointOrder? endpoint)
    {
        row.Begin(givenUp);
        var severity = row.ToProto().Severity;
        return new Order(
            row.Id, row.Rule, row.Occasion, row.Subject, row.Component, row.Party, SeverityName(severity), row.Title, row.Text,
            row.Due, row.CreateTime, row.Address, endpoint);
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
        if (endpoint is { Enabled: true }) return new EndpointOrder(endpoint.Name, endpoint.Url, endpoint.SecretsAt(SystemClock.Instance.GetCurrentInstant()));
        row.Suppress(endpoint is null ? $"There is no {row.Address} any more." : $"{row.Address} was turned off.");
        return null;
    }
}
