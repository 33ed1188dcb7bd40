using System.Net.Mail;
using Google.Protobuf.Collections;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Ownership.V1;
using NodaTime;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>Reads a rule's terms out of a request.</summary>
internal static class RuleFields
{
    private const string Field = "notification_rule";
    private const int MostRecipients = 20;
    private const int MostEntries = 1000;
    private static readonly Duration LongestLead = Duration.FromDays(366);
    private static readonly Duration ShortestWait = Duration.FromMinutes(1);
    private static readonly Duration LongestWait = Duration.FromDays(30);

    /// <summary>The terms alone, in one spelling. Meaningless once <paramref name="faults"/> has any.</summary>
    public static NotificationRule Rule(this FieldFaults faults, NotificationRule given)
    {
        faults.Required(given.DisplayName, $"{Field}.display_name").Length(given.DisplayName, 200, $"{Field}.display_name");
        faults.Check(given.Occasion != Occasion.Unspecified
            && Enum.IsDefined(given.Occasion), $"{Field}.occasion", "Is required, one of the occasions that there are.", "REQUIRED");
        faults.Check(
            Enum.IsDefined(given.MinimumSeverity),
            $"{Field}.minimum_severity",
            $"{(int)given.MinimumSeverity} is no severity.",
            "UNKNOWN_VALUE");
        var terms = new NotificationRule
        {
            DisplayName = given.DisplayName,
            Occasion = given.Occasion,
            MinimumSeverity = given.MinimumSeverity,
            Scope = faults.Scope(given.Scope, $"{Field}.scope"),
            Enabled = !given.HasEnabled || given.Enabled,
        };
        faults.Times(given, terms);
        faults.Channels(given.Channels, terms.Channels);
        faults.Recipients(given.Recipients, terms);
        return terms;
    }

    private static void Times(this FieldFaults faults, NotificationRule given, NotificationRule terms)
    {
        if (given.LeadTime is not null)
        {
            faults.Check(
                Occasions.HasLeadTime(given.Occasion),
                $"{Field}.lead_time",
                $"{given.Occasion} has no lead time: it is told when it happens.",
                "NOT_APPLICABLE");
            terms.LeadTime = faults.Length(given.LeadTime, $"{Field}.lead_time", LongestLead).ToProto();
        }

        if (given.EscalateAfter is null) return;
        var wait = faults.Length(given.EscalateAfter, $"{Field}.escalate_after", LongestWait);
        faults.Check(wait >= ShortestWait, $"{Field}.escalate_after", "Is shorter than a minute.", "OUT_OF_RANGE");
        terms.EscalateAfter = wait.ToProto();
    }

    private static void Channels(this FieldFaults faults, RepeatedField<Channel> given, RepeatedField<Channel> terms)
    {
        faults.Check(given.Count > 0, $"{Field}.channels", "Is required: EMAIL, WEBHOOK or both.", "REQUIRED");
        for (var i = 0; i < given.Count; i++)
        {
            faults.Check(given[i] != Channel.Unspecified
                && Enum.IsDefined(given[i]), $"{Field}.channels[{i}]", "Is neither EMAIL nor WEBHOOK.", "UNKNOWN_VALUE");
        }
        terms.Add(given.Distinct().Order());
    }

    private static void Recipients(this FieldFaults faults, RepeatedField<Recipient> given, NotificationRule terms)
    {
        faults.Check(given.Count > 0, $"{Field}.recipients", "Is required.", "REQUIRED");
        faults.Check(
            given.Count <= MostRecipients,
            $"{Field}.recipients",
            $"Has {given.Count} entries; at most {MostRecipients} are allowed.",
            "TOO_MANY");
        for (var i = 0; i < given.Count; i++) terms.Recipients.Add(faults.Recipient(given[i], terms.Channels, $"{Field}.recipients[{i}]"));
    }

    private static Recipient Recipient(this FieldFaults faults, Recipient given, RepeatedField<Channel> channels, string field)
    {
        var one = given.Clone();
        one.Party = NameFields.InFull(one.Party, "parties");
        one.WebhookEndpoint = NameFields.InFull(one.WebhookEndpoint, "webhookEndpoints");
        var kind = given.Kind;
        faults.Check(kind != V1.Recipient.Types.Kind.Unspecified
            && Enum.IsDefined(kind), $"{field}.kind", "Is required, one of the kinds that there are.", "REQUIRED");
        var (isParty, isEmail, isEndpoint) = (
            kind is V1.Recipient.Types.Kind.Party or V1.Recipient.Types.Kind.PartyOnDuty,
            kind is V1.Recipient.Types.Kind.EmailAddress,
            kind is V1.Recipient.Types.Kind.WebhookEndpoint);
        if (isParty) faults.Name(one.Party, "parties", $"{field}.party");
        else faults.Check(one.Party.Length == 0, $"{field}.party", $"Must be empty for {kind}.", "NOT_APPLICABLE");
        if (isEmail) faults.Check(IsAddress(one.Email), $"{field}.email", $"'{one.Email}' is no e-mail address.", "INVALID_EMAIL");
        else faults.Check(one.Email.Length == 0, $"{field}.email", $"Must be empty for {kind}.", "NOT_APPLICABLE");
        if (isEndpoint) faults.Name(one.WebhookEndpoint, "webhookEndpoints", $"{field}.webhook_endpoint");
        else faults.Check(one.WebhookEndpoint.Length == 0, $"{field}.webhook_endpoint", $"Must be empty for {kind}.", "NOT_APPLICABLE");
        faults.Check(
            !isEmail || channels.Contains(Channel.Email),
            field,
            "An address is reached by EMAIL only, which is not among the channels.",
            "NO_CHANNEL");
        faults.Check(
            !isEndpoint || channels.Contains(Channel.Webhook),
            field,
            "An endpoint is reached by WEBHOOK only, which is not among the channels.",
            "NO_CHANNEL");
        return one;
    }

    /// <summary>Whether mail can be addressed to it: one plain address, without a display name or anything that breaks a line.</summary>
    public static bool IsAddress(string text) =>
        text.Length is > 2 and <= 254 && !text.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter))
        && MailAddress.TryCreate(text, out var address) && address.Address == text;

    private static Scope? Scope(this FieldFaults faults, Scope? given, string field)
    {
        if (given is null) return null;
        var scope = new Scope
        {
            Components = { given.Components.Select(name => NameFields.InFull(name, "components")).Distinct() },
            Systems = { given.Systems.Select(name => NameFields.InFull(name, "systems")).Distinct() },
            Labels = { given.Labels.Distinct() },
            Environments = { given.Environments.Distinct() },
            Tiers = { given.Tiers.Distinct() },
        };
        faults.Each(
            scope.Components, $"{field}.components", name => NameFields.IsName(name, "components"), "is no name such as components/…");
        faults.Each(scope.Systems, $"{field}.systems", name => NameFields.IsName(name, "systems"), "is no name such as systems/…");
        faults.Each(
            scope.Labels,
            $"{field}.labels",
            label => label.Length is >= 1 and <= 300 && label[0] != '=',
            "is no label; write key=value, or key for any value");
        faults.Each(
            scope.Environments,
            $"{field}.environments",
            id => id.Length is >= 1 and <= 63 && !id.Contains(' ', StringComparison.Ordinal),
            "is no environment such as production");
        faults.Each(scope.Tiers, $"{field}.tiers", tier => tier is >= 1 and <= 4, "is no tier; tiers are 1 (most critical) to 4");
        return scope.Equals(new Scope()) ? null : scope;
    }

    private static void Each<T>(this FieldFaults faults, RepeatedField<T> values, string field, Func<T, bool> holds, string reason)
    {
        faults.Check(values.Count <= MostEntries, field, $"Has {values.Count} entries; at most {MostEntries} are allowed.", "TOO_MANY");
        for (var i = 0; i < values.Count; i++) faults.Check(holds(values[i]), $"{field}[{i}]", $"'{values[i]}' {reason}.", "INVALID_VALUE");
    }
}
