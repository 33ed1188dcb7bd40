using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Notification = Governance.Ownership.Notifications.Log.Notification;
using Proto = Governance.Ownership.V1;

namespace Governance.Ownership.Notifications;

/// <summary>What was told, and to whom.</summary>
internal sealed class NotificationsService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases, Recipients recipients, BusinessClock clock)
    : V1.Notifications.NotificationsBase
{
    private static readonly Keyset<Notification> NewestFirst =
        new Keyset<Notification>().By(row => row.CreateTime, descending: true).By(row => row.Id, descending: true);

    public override async Task<Proto.Notification> GetNotification(GetNotificationRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindAsync(db, request.Name, context, clock.Now, context.CancellationToken)).ToProto();
    }

    public override async Task<ListNotificationsResponse> ListNotifications(ListNotificationsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        var faults = new FieldFaults();
        var (from, until) = (faults.Moment(request.From, "from"), faults.Moment(request.Until, "until"));
        faults.ThrowIfAny();
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var chosen = Chosen(Seen(db, context, clock.Now), request);
        if (from is not null) chosen = chosen.Where(row => row.CreateTime >= from);
        if (until is not null) chosen = chosen.Where(row => row.CreateTime < until);
        var found = await NewestFirst.ListAsync(chosen.AsNoTracking(), page, context.CancellationToken);
        return new ListNotificationsResponse
        {
            Notifications = { found.Items.Select(row => row.ToProto()) },
            NextPageToken = found.NextPageToken,
        };
    }

    public override Task<Proto.Notification> AcknowledgeNotification(AcknowledgeNotificationRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            if (unit.Caller.IsKey)
            {
                throw new RuleViolation(
                    "PEOPLE_ONLY",
                    "Only people acknowledge notifications: a tool has not seen anything.",
                    ("principal", unit.Caller.Principal));
            }

            var notification = await FindAsync(unit.Db, request.Name, context, unit.Now, ct);
            await DemandConcernedAsync(unit.Db, notification, context, ct);
            if (!notification.Acknowledge(unit.Caller.Person, unit.Now)) return notification;
            unit.Db.Escalations.RemoveRange(await unit.Db.Escalations.AsTracking()
                .Where(row => row.Subject == notification.Subject && row.Occasion == notification.Occasion && row.Key == notification.Key)
                .ToListAsync(ct));
            unit.Record(notification.Name);
            return notification;
        }, notification => notification.ToProto());

    public override Task<Proto.Notification> ResendNotification(ResendNotificationRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var notification = await FindAsync(unit.Db, request.Name, context, unit.Now, ct);
            await DemandConcernedAsync(unit.Db, notification, context, ct);
            var to = new Addressee(notification.Party, notification.OnDuty, notification.Channel, notification.Address);
            if (to.Address.Length == 0 && to.Party.Length > 0)
            {
                var rule = NameFields.Id(notification.Rule, "notificationRules");
                var channels = (await unit.Db.NotificationRules.SingleOrDefaultAsync(one => one.Id == rule, ct))?.Terms.Channels.ToList()
                    ?? [to.Channel];
                to = (await recipients.ReachAsync(unit.Db, to.Party, to.OnDuty, channels, unit.Now, ct))[0];
            }

            if (to.Address.Length == 0 || to.Fault.Length > 0)
            {
                throw new RuleViolation(
                    "NOWHERE_TO_SEND", to.Fault.Length > 0 ? to.Fault : notification.Reason, ("notification", notification.Name));
            }
            notification.Send(to);
            unit.Record(notification.Name);
            return notification;
        }, notification => notification.ToProto());

    private static async Task<Notification> FindAsync(
        OwnershipDb db, string name, ServerCallContext context, Instant now, CancellationToken ct)
    {
        var id = NameFields.Id(name, "notifications");
        return await Seen(db, context, now).AsTracking().SingleOrDefaultAsync(row => row.Id == id, ct) ?? throw new Missing(name);
    }

    /// <summary>Who merely sees a component answers for nobody who was told of it.</summary>
    private static async Task DemandConcernedAsync(
        OwnershipDb db, Notification notification, ServerCallContext context, CancellationToken ct)
    {
        var component = await db.Components.SingleOrDefaultAsync(one => "components/" + one.Id == notification.Component, ct);
        if (component is null || !context.Reach().Covers(component.Target)) context.Demand(new Target(Party: notification.Party));
    }

    /// <summary>What is for the caller's parties, and what concerns components that the caller sees.</summary>
    private static IQueryable<Notification> Seen(OwnershipDb db, ServerCallContext context, Instant now)
    {
        var reach = context.Reach();
        if (reach.Everything) return db.Notifications;
        var parties = reach.Parties.ToArray();
        return db.Notifications.Where(row =>
            parties.Contains(row.Party) || db.SeenComponents(reach, now).Any(component => "components/" + component.Id == row.Component));
    }

    private static IQueryable<Notification> Chosen(IQueryable<Notification> all, ListNotificationsRequest request)
    {
        var (party, component, rule) = (
            NameFields.InFull(request.Party, "parties"), NameFields.InFull(
                request.Component, "components"), NameFields.InFull(request.Rule, "notificationRules"));
        var states = request.States.ToArray();
        if (request.Occasion != NotificationRule.Types.Occasion.Unspecified) all = all.Where(row => row.Occasion == request.Occasion);
        if (states.Length > 0) all = all.Where(row => states.Contains(row.State));
        if (party.Length > 0) all = all.Where(row => row.Party == party);
        if (component.Length > 0) all = all.Where(row => row.Component == component);
        if (rule.Length > 0) all = all.Where(row => row.Rule == rule);
        return request.Subject.Length > 0 ? all.Where(row => row.Subject == request.Subject) : all;
    }
}
