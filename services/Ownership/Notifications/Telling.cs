using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Notifications;

/// <summary>Makes notifications of situations, each once.</summary>
internal sealed class Telling(Recipients recipients)
{
    private const int BatchSize = 100;

    public static IQueryable<Situation> Looks(OwnershipDb db, Instant now) => db.Situations.Where(row => row.NextLook <= now);

    public static IQueryable<PendingEscalation> Overdue(OwnershipDb db, Instant now) => db.Escalations.Where(row => row.At <= now);

    /// <summary>Shows situations whose time has come to the rules.</summary>
    public async Task LookAsync(WriteUnit<OwnershipDb> unit, CancellationToken ct)
    {
        var rules = (await unit.Db.NotificationRules.Where(rule => rule.Enabled).OrderBy(rule => rule.Id).ToListAsync(ct)).ToLookup(rule =>
            rule.Occasion);
        foreach (var situation in await Looks(unit.Db, unit.Now).AsTracking().OrderBy(row => row.NextLook).Take(BatchSize).ToListAsync(ct))
        {
            situation.NextLook = null;
            foreach (var rule in rules[situation.Occasion])
            {
                if (situation.Due - rule.LeadTime is { } later && later > unit.Now)
                {
                    situation.NextLook = situation.NextLook is { } next ? Instant.Min(next, later) : later;
                }
                else if ((situation.End is null || situation.End > unit.Now) && await RuleScope.CoversAsync(unit.Db, rule, situation, ct))
                {
                    await BeginAsync(unit, rule, situation, ct);
                }
            }
        }
    }

    /// <summary>Tells the next where nobody has acknowledged in time.</summary>
    public async Task EscalateAsync(WriteUnit<OwnershipDb> unit, CancellationToken ct)
    {
        foreach (var due in await Overdue(unit.Db, unit.Now).AsTracking().OrderBy(row => row.At).Take(BatchSize).ToListAsync(ct))
        {
            var rule = await unit.Db.NotificationRules.SingleOrDefaultAsync(one => one.Id == due.Rule && one.Enabled, ct);
            var situation = await unit.Db.Situations.FindAsync([due.Source, due.Occasion, due.Aspect], ct);
            var holds = situation?.Subject == due.Subject && situation.Key == due.Key;
            var next = rule is not null && holds ? await TellAsync(unit, rule, situation!, due.Step, ct) : null;
            if (next is { } step) (due.Step, due.At) = (step, unit.Now + (rule!.EscalateAfter ?? Duration.Zero));
            else unit.Db.Escalations.Remove(due);
        }
    }

    private async Task BeginAsync(WriteUnit<OwnershipDb> unit, Rule rule, Situation situation, CancellationToken ct)
    {
        if (await TellAsync(unit, rule, situation, 0, ct) is not { } step || await IsAcknowledgedAsync(unit.Db, situation, ct)) return;
        if (await unit.Db.Escalations.FindAsync([rule.Id, situation.Occasion, situation.Subject, situation.Key], ct) is not null) return;
        unit.Db.Escalations.Add(new PendingEscalation
        {
            Rule = rule.Id,
            Subject = situation.Subject,
            Occasion = situation.Occasion,
            Key = situation.Key,
            Source = situation.Source,
            Aspect = situation.Aspect,
            Step = step,
            At = unit.Now + (rule.EscalateAfter ?? Duration.Zero),
        });
    }

    /// <returns>Which recipient is next when nobody acknowledges; null: none.</returns>
    private async Task<int?> TellAsync(WriteUnit<OwnershipDb> unit, Rule rule, Situation situation, int step, CancellationToken ct)
    {
        var all = rule.Terms.Recipients;
        if (rule.EscalateAfter is null)
        {
            foreach (var recipient in all) await AddAsync(unit, rule, situation, recipient, ct);
            return null;
        }

        while (step < all.Count)
        {
            if (await AddAsync(unit, rule, situation, all[step++], ct)) return step < all.Count ? step : null;
        }

        return null;
    }

    /// <returns>Whether anybody is told by it, now or before.</returns>
    private async Task<bool> AddAsync(
        WriteUnit<OwnershipDb> unit, Rule rule, Situation situation, V1.Recipient recipient, CancellationToken ct)
    {
        var isReached = false;
        foreach (var addressee in await recipients.FindAsync(unit.Db, recipient, rule, situation, unit.Now, ct))
        {
            var notification = await unit.Db.Notifications.FindAsync([Notification.IdOf(situation, addressee)], ct)
                ?? await ReaddressedAsync(unit.Db, situation, addressee, ct);
            if (notification is null) unit.Db.Notifications.Add(notification = Notification.Of(rule, situation, addressee, unit.Now));
            else if (notification.State == State.Suppressed && addressee.Fault.Length == 0) notification.Send(addressee);
            isReached |= notification.State != State.Suppressed;
        }

        return isReached;
    }

    /// <summary>One that had no address at first, and was sent there on request.</summary>
    private static Task<Notification?> ReaddressedAsync(
        OwnershipDb db, Situation situation, Addressee to, CancellationToken ct) => db.Notifications.AsTracking().FirstOrDefaultAsync(
        row => row.Subject == situation.Subject
            && row.Occasion == situation.Occasion
            && row.Key == situation.Key
            && row.Channel == to.Channel
            && row.Address != ""
            && row.Address == to.Address, ct);

    private static Task<bool> IsAcknowledgedAsync(OwnershipDb db, Situation situation, CancellationToken ct) => db.Notifications.AnyAsync(
        row => row.Subject == situation.Subject
            && row.Occasion == situation.Occasion
            && row.Key == situation.Key
            && row.State == State.Acknowledged, ct);
}
