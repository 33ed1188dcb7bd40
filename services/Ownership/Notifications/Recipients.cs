using Governance.BuildingBlocks.Fields;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.Notifications.Log;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Governance.Ownership.Resolution;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Duty = Governance.Ownership.V1.Responsibility.Types.Duty;
using Kind = Governance.Ownership.V1.Recipient.Types.Kind;

namespace Governance.Ownership.Notifications;

/// <summary>Finds out who a rule's recipients are at a moment, and how they are reached.</summary>
internal sealed class Recipients(NotificationOptions options, DefaultParty defaultParty)
{
    private const string Patching = "security-patching";

    /// <summary>At least one for each recipient: when nobody can be reached, one that says why.</summary>
    public async Task<List<Addressee>> FindAsync(
        OwnershipDb db, Recipient recipient, Rule rule, Situation situation, Instant now, CancellationToken ct)
    {
        var channels = rule.Terms.Channels;
        switch (recipient.Kind)
        {
            case Kind.EmailAddress:
                return [Mail("", false, recipient.Email)];
            case Kind.WebhookEndpoint:
                return [await EndpointAsync(db, recipient.WebhookEndpoint, ct)];
            case Kind.Party or Kind.PartyOnDuty:
                return await ReachAsync(db, recipient.Party, recipient.Kind == Kind.PartyOnDuty, channels, now, ct);
            default:
                var owners = await OwnersAsync(db, situation, now, ct);
                if (owners.Count == 0)
                {
                    return [new Addressee(
                    "", false, channels[0], "", $"Nobody answers for {situation.Subject}, and there is no default party.")];
                }

                var found = new List<Addressee>();
                foreach (var owner in owners)
                {
                    found.AddRange(await ReachAsync(db, owner, recipient.Kind == Kind.OwnerOnDuty, channels, now, ct));
                }
                return found;
        }
    }

    /// <summary>Everybody of a party who can be reached; when nobody can, one entry that says why.</summary>
    public async Task<List<Addressee>> ReachAsync(
        OwnershipDb db, string party, bool onDuty, IReadOnlyList<Channel> channels, Instant now, CancellationToken ct)
    {
        var (mails, fault) = await Contacts.OfAsync(db, party, onDuty, now, ct);
        var found = new List<Addressee>();
        if (fault.Length > 0) return [new Addressee(party, onDuty, channels[0], "", fault)];
        if (channels.Contains(Channel.Email)) found.AddRange(mails.Select(mail => Mail(party, onDuty, mail)));
        if (channels.Contains(Channel.Webhook))
        {
            found.AddRange((await EndpointsAsync(db, party, ct)).Select(name => new Addressee(party, onDuty, Channel.Webhook, name)));
        }
        return found.Count > 0
            ? found
            : [new Addressee(party, onDuty, channels[0], "", $"{party} has no contact for {string.Join(" or ", channels)}.")];
    }

    private Addressee Mail(string party, bool onDuty, string address) =>
        new(party, onDuty, Channel.Email, address, options.Mail is null ? "No mail server is configured." : "");

    private static async Task<Addressee> EndpointAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "webhookEndpoints");
        var endpoint = await db.WebhookEndpoints.SingleOrDefaultAsync(one => one.Id == id, ct);
        return new Addressee(endpoint?.Party ?? "", false, Channel.Webhook, name, endpoint switch
        {
            null =>
            $"There is no {name}.", { Enabled: false } => $"{name} is turned off.",
            _ => ""
        });
    }

    private static async Task<List<string>> EndpointsAsync(OwnershipDb db, string party, CancellationToken ct) =>
        await db.WebhookEndpoints.Where(one => one.Party == party && one.Enabled)
            .OrderBy(one => one.Id)
            .Select(one => "webhookEndpoints/" + one.Id)
            .ToListAsync(ct);

    private async Task<List<string>> OwnersAsync(OwnershipDb db, Situation situation, Instant now, CancellationToken ct)
    {
        var owners = situation.PartyNames.ToList();
        if (!situation.Subject.StartsWith("contracts/", StringComparison.Ordinal))
        {
            foreach (var component in situation.ComponentNames) owners.Add(await OwnerAsync(db, component, now, ct));
        }

        owners = [.. owners.Where(owner => NameFields.IsName(owner, "parties")).Distinct()];
        if (owners.Count > 0) return owners;
        var last = defaultParty.Name.Length > 0 ? defaultParty.Name : await LabelledDefaultAsync(db, ct);
        return last.Length > 0 ? [last] : [];
    }

    private static async Task<string> LabelledDefaultAsync(OwnershipDb db, CancellationToken ct) =>
        await db.Parties.Where(one => one.IsDefault && one.DeleteTime == null)
            .OrderBy(one => one.Id)
            .Select(one => "parties/" + one.Id)
            .FirstOrDefaultAsync(ct) ?? "";

    /// <summary>The one accountable for the component's security patching, else its owner, else its system's. Empty: nobody.</summary>
    private static async Task<string> OwnerAsync(OwnershipDb db, string component, Instant now, CancellationToken ct)
    {
        var accountable = await db.Responsibilities
            .Where(one => one.Component == component && one.Area == Patching && one.Duty == Duty.Accountable && one.DeleteTime == null)
            .Where(one => (one.From == null || one.From <= now) && (one.Until == null || one.Until > now))
            .Select(one => one.Party).FirstOrDefaultAsync(ct);
        if (accountable is not null || !NameFields.IsName(component, "components")) return accountable ?? "";
        var id = NameFields.Id(component, "components");
        if (await db.Components.Where(one => one.Id == id)
            .Select(one => new { one.Owner, one.System })
            .SingleOrDefaultAsync(ct) is not { } found)
        {
            return "";
        }

        if (found.Owner.Length > 0) return found.Owner;
        return await db.Systems.Where(one => "systems/" + one.Id == found.System && one.DeleteTime == null)
            .Select(one => one.Owner)
            .SingleOrDefaultAsync(ct) ?? "";
    }
}
