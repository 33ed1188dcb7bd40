using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Notifications;

/// <summary>Who is told of what.</summary>
internal sealed class NotificationRulesService(
    Writes<OwnershipDb> writes, IDbContextFactory<OwnershipDb> databases)
    : V1.NotificationRules.NotificationRulesBase
{
    private static readonly Keyset<Rule> ByName = new Keyset<Rule>().By(rule => rule.Id);

    public override Task<NotificationRule> CreateNotificationRule(CreateNotificationRuleRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.NotificationRule, "notification_rule");
        var id = faults.NewId(request.NotificationRuleId, "notification_rule_id");
        var terms = faults.Rule(request.NotificationRule ?? new());
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            await DemandKnownAsync(unit.Db, terms, ct);
            var rule = Rule.Create(id, terms.Clone(), unit.Now);
            await unit.AddAsync(rule, ct);
            return rule;
        }, rule => rule.ToProto());
    }

    public override async Task<NotificationRule> GetNotificationRule(GetNotificationRuleRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return Shown((await FindAsync(db, request.Name, context.CancellationToken)).ToProto(), context);
    }

    public override async Task<ListNotificationRulesResponse> ListNotificationRules(
        ListNotificationRulesRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var chosen = db.NotificationRules.AsNoTracking();
        if (request.Occasion != NotificationRule.Types.Occasion.Unspecified)
        {
            chosen = chosen.Where(rule => rule.Occasion == request.Occasion);
        }
        var rules = await ByName.ListAsync(chosen, page, context.CancellationToken);
        return new ListNotificationRulesResponse
        {
            NotificationRules = { rules.Items.Select(rule => Shown(rule.ToProto(), context)) },
            NextPageToken = rules.NextPageToken,
        };
    }

    public override Task<NotificationRule> UpdateNotificationRule(UpdateNotificationRuleRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        if (request.NotificationRule is null) throw FieldFaults.Single("notification_rule", "Is required.", "REQUIRED");
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var rule = await FindAsync(unit.Db, request.NotificationRule.Name, ct);
            unit.CheckEtag(rule, request.NotificationRule.Etag);
            var faults = new FieldFaults();
            var terms = faults.Rule(faults.Masked(rule.ToProto(), request.NotificationRule, request.UpdateMask));
            faults.Check(terms.Occasion == rule.Occasion, "notification_rule.occasion", "Cannot change; create another rule.", "IMMUTABLE");
            faults.ThrowIfAny();
            await DemandKnownAsync(unit.Db, terms, ct);
            rule.Revise(terms, unit.Now);
            return rule;
        }, rule => rule.ToProto());
    }

    public override Task<Empty> DeleteNotificationRule(DeleteNotificationRuleRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var rule = await FindAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(rule, request.Etag);
            rule.DemandDeletable();
            unit.Db.Remove(rule);
            return rule;
        }, _ => new Empty());
    }

    private static async Task<Rule> FindAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "notificationRules");
        return await db.NotificationRules.AsTracking().SingleOrDefaultAsync(rule => rule.Id == id, ct) ?? throw new Missing(name);
    }

    private static async Task DemandKnownAsync(OwnershipDb db, NotificationRule terms, CancellationToken ct)
    {
        var faults = new FieldFaults();
        for (var i = 0; i < terms.Recipients.Count; i++)
        {
            var (party, endpoint) = (terms.Recipients[i].Party, terms.Recipients[i].WebhookEndpoint);
            faults.Check(
                party.Length == 0 || await db.Parties.AnyAsync(one => "parties/" + one.Id == party && one.DeleteTime == null, ct),
                $"notification_rule.recipients[{i}].party", $"There is no {party}.", "UNKNOWN_PARTY");
            faults.Check(
                endpoint.Length == 0 || await db.WebhookEndpoints.AnyAsync(one => "webhookEndpoints/" + one.Id == endpoint, ct),
                $"notification_rule.recipients[{i}].webhook_endpoint", $"There is no {endpoint}.", "UNKNOWN_ENDPOINT");
        }

        faults.ThrowIfAny();
    }

    /// <summary>Those who may see a part only do not see where others read their mail.</summary>
    private static NotificationRule Shown(NotificationRule rule, ServerCallContext context)
    {
        if (context.Reach().Everything) return rule;
        foreach (var recipient in rule.Recipients) recipient.Email = Addresses.Masked(recipient.Email);
        return rule;
    }
}
