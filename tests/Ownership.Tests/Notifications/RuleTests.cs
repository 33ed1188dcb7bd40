using Google.Protobuf.WellKnownTypes;
using Governance.Common.V1;
using Governance.Ownership.V1;
using Governance.Testing;
using Grpc.Core;
using Shouldly;
using Xunit;
using Kind = Governance.Ownership.V1.Recipient.Types.Kind;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>Rules decide who is told of what; the log says what became of it.</summary>
public sealed class RuleTests : IAsyncLifetime
{
    private NotifyingEstate _estate = null!;

    public async Task InitializeAsync()
    {
        _estate = await NotifyingEstate.StartAsync();
        await _estate.HookedPartyAsync("shop");
        await _estate.HookedPartyAsync("security");
        await _estate.Estate.ComponentAsync("checkout", owner: "parties/shop", tier: 1, more: component => component.Labels["pci"] = "yes");
        await _estate.Estate.ComponentAsync("blog", owner: "parties/shop", tier: 4);
    }

    public async Task DisposeAsync() => await _estate.DisposeAsync();

    [Fact]
    public async Task CreateRule_WithFaultsInEveryField_NamesAllOfThem()
    {
        var refusal = await Refusal.OfAsync(_estate.Admin.NotificationRules.CreateNotificationRuleAsync(new CreateNotificationRuleRequest
        {
            NotificationRuleId = "No Slug",
            NotificationRule = new NotificationRule
            {
                LeadTime = Duration.FromTimeSpan(TimeSpan.FromHours(1)),
                EscalateAfter = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)),
                Occasion = Occasion.BookingMoved,
                Scope = new Scope { Tiers = { 7 } },
                Recipients =
                {
                    new Recipient(), new Recipient { Kind = Kind.EmailAddress, Email = "a@example.com\r\nBcc: b@example.com" },
                    new Recipient { Kind = Kind.Owner, Party = "parties/x" },
                },
            },
        }));

        refusal.Code.ShouldBe(StatusCode.InvalidArgument);
        refusal.Fields.Distinct().ShouldBe(
            [
                "notification_rule_id", "notification_rule.display_name", "notification_rule.scope.tiers[0]", "notification_rule.lead_time",
                "notification_rule.escalate_after", "notification_rule.channels", "notification_rule.recipients[0].kind",
                "notification_rule.recipients[1].email", "notification_rule.recipients[1]", "notification_rule.recipients[2].party",
            ],
            ignoreOrder: true);
    }

    [Fact]
    public async Task Presets_OfEveryDefault_AreThereAndCannotBeDeletedButTurnedOff()
    {
        var rules =
            (await _estate.Admin.NotificationRules.ListNotificationRulesAsync(new ListNotificationRulesRequest())).NotificationRules;
        rules.Where(rule => rule.Enabled).Select(rule => rule.Occasion).ShouldBe(
            [
                Occasion.ApprovalWaiting, Occasion.DeadlineInfeasible, Occasion.DueSoon, Occasion.BookingMoved, Occasion.FeedStale,
                Occasion.ExceptionEnding, Occasion.ContractNoticeNear, Occasion.ActionOverdue,
            ],
            ignoreOrder: true);
        rules.ShouldAllBe(rule => rule.Preset);
        (await Refusal.OfAsync(_estate.Admin.NotificationRules.DeleteNotificationRuleAsync(
            new DeleteNotificationRuleRequest { Name = "notificationRules/due-soon" }))).Reason.ShouldBe("RULE_IS_PRESET");

        await _estate.TurnOffAsync("approval-waiting");
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await _estate.SettleAsync();
        (await _estate.LogAsync("rollouts/r1")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rule_TurnedOffWhileItsMessageWaits_SendsItOnlyWhenItIsTurnedOnAgain()
    {
        _estate.Hooks.Answer = _ => 503;
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await Eventually.HoldsAsync(() => !_estate.Hooks.All.IsEmpty, "the first attempt");
        await _estate.TurnOffAsync("approval-waiting");
        (await _estate.ToldAsync("rollouts/r1", 1, State.Suppressed))[0].Reason.ShouldContain("turned off");

        _estate.Hooks.Answer = _ => 204;
        await _estate.Admin.NotificationRules.UpdateNotificationRuleAsync(new UpdateNotificationRuleRequest
        {
            NotificationRule = new NotificationRule { Name = "notificationRules/approval-waiting", Enabled = true },
            UpdateMask = FieldMask.FromString("enabled"),
        });
        await _estate.ToldAsync("rollouts/r1", 1, State.Sent);
    }

    [Fact]
    public async Task Rule_WithScopeAndSeverity_TellsOfNothingElse()
    {
        await _estate.TurnOffAsync("approval-waiting");
        await _estate.RuleAsync(
            "pci-only",
            Occasion.ApprovalWaiting,
            rule => (rule.Scope, rule.MinimumSeverity) =
                (new Scope { Labels = { "pci=yes" }, Tiers = { 1 }, Environments = { "production" } }, Severity.High),
            NotifyingEstate.To("parties/security"));
        var low = NotifyingEstate.Waiting("low");
        low.Severity = Severity.Medium;
        await _estate.DeliverAsync(low);
        await _estate.DeliverAsync(NotifyingEstate.Waiting("blog", "components/blog"));
        await _estate.DeliverAsync(NotifyingEstate.Waiting("unknown", "components/unknown"));
        await _estate.DeliverAsync(NotifyingEstate.Waiting("pci"));

        (await _estate.ToldAsync("rollouts/pci", 1, State.Sent))[0].Party.ShouldBe("parties/security");
        await _estate.SettleAsync();
        foreach (var id in new[] { "low", "blog", "unknown" }) (await _estate.LogAsync($"rollouts/{id}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rules_ThatReachTheSame_TellItOnce_AndANewOneTellsOfWhatHolds()
    {
        await _estate.RuleAsync("again", Occasion.ApprovalWaiting, null, NotifyingEstate.To("parties/shop"));
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await _estate.ToldAsync("rollouts/r1", 1, State.Sent);

        await _estate.RuleAsync(
            "new", Occasion.ApprovalWaiting, null, NotifyingEstate.To("parties/security"), NotifyingEstate.To("parties/shop"));

        (await _estate.ToldAsync("rollouts/r1", 2, State.Sent)).Select(one => one.Party).ShouldBe(
            ["parties/security", "parties/shop"], ignoreOrder: true);
        _estate.Hooks.All.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Escalation_WithoutAcknowledgement_ReachesTheNextAndStopsAtTheFirstWhoAcknowledges()
    {
        await _estate.TurnOffAsync("approval-waiting");
        await _estate.Estate.PartyAsync("nobody-there");
        await _estate.RuleAsync(
            "ladder",
            Occasion.ApprovalWaiting,
            rule => rule.EscalateAfter = Duration.FromTimeSpan(TimeSpan.FromMinutes(30)),
            NotifyingEstate.To("parties/shop"), NotifyingEstate.To(
                "parties/nobody-there"), NotifyingEstate.To("parties/security"), NotifyingEstate.Address("head@example.com"));
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        var first = (await _estate.ToldAsync("rollouts/r1", 1, State.Sent))[0];
        first.Party.ShouldBe("parties/shop");

        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromMinutes(31));
        await Eventually.HoldsAsync(
            async () => (await _estate.LogAsync("rollouts/r1")).Any(one => one.Party == "parties/security"), "the next who can be reached");
        var log = await _estate.LogAsync("rollouts/r1");
        log.Single(one => one.Party == "parties/nobody-there").State.ShouldBe(State.Suppressed);

        var acknowledged = await _estate.Estate.As(Callers.Person("ines", "engineer")).Notifications
            .AcknowledgeNotificationAsync(new AcknowledgeNotificationRequest { Name = first.Name });
        (acknowledged.State, acknowledged.Acknowledger).ShouldBe((State.Acknowledged, "users/ines"));
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromHours(10));
        await _estate.SettleAsync();
        (await _estate.LogAsync("rollouts/r1")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Log_OfACallerWithinAScope_ShowsOnlyWhatConcernsIt()
    {
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await _estate.ToldAsync("rollouts/r1", 1, State.Sent);
        await _estate.DeliverAsync(NotifyingEstate.Waiting("other", "components/blog"));
        await _estate.ToldAsync("rollouts/other", 1, State.Sent);
        var request = new ListNotificationsRequest();

        (await _estate.Estate.As(Callers.Person("a", "viewer@components/blog")).Notifications.ListNotificationsAsync(request)).Notifications
            .Select(one => one.Subject)
            .ShouldBe(["rollouts/other"]);
        (await _estate.Estate.As(Callers.Person("b", "viewer@parties/shop")).Notifications
            .ListNotificationsAsync(request)).Notifications.Count.ShouldBe(2);
        (await _estate.Estate.As(Callers.Person("c", "viewer@parties/security")).Notifications
            .ListNotificationsAsync(request)).Notifications.ShouldBeEmpty();
        var notOurs = (await _estate.LogAsync("rollouts/r1"))[0].Name;
        (await Refusal.OfAsync(_estate.Estate.As(Callers.Person("d", "engineer@components/blog")).Notifications
            .AcknowledgeNotificationAsync(new AcknowledgeNotificationRequest { Name = notOurs })))
            .Code.ShouldBe(StatusCode.NotFound);
        (await Refusal.OfAsync(_estate.Estate.As(Callers.Key("k", "ines", "engineer")).Notifications
            .AcknowledgeNotificationAsync(new AcknowledgeNotificationRequest { Name = notOurs })))
            .Reason.ShouldBe("PEOPLE_ONLY");
        (await Refusal.OfAsync(_estate.Estate.As(Callers.Person("e", "architect@systems/shop")).NotificationRules
            .DeleteNotificationRuleAsync(new DeleteNotificationRuleRequest { Name = "notificationRules/x" })))
            .Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Suppressed_ForWantOfAContact_IsSentOnRequestOnceThereIsOne()
    {
        await _estate.Estate.PartyAsync("lone");
        await _estate.Estate.ComponentAsync("search", owner: "parties/lone");
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1", "components/search"));
        var log = (await _estate.ToldAsync("rollouts/r1", 1, State.Suppressed))[0];
        log.Reason.ShouldContain("parties/lone has no contact");
        (await Refusal.OfAsync(_estate.Admin.Notifications.ResendNotificationAsync(
            new ResendNotificationRequest { Name = log.Name }))).Reason.ShouldBe("NOWHERE_TO_SEND");

        await _estate.EndpointAsync("lone-hook", "parties/lone");
        await _estate.Admin.Notifications.ResendNotificationAsync(new ResendNotificationRequest { Name = log.Name });
        (await _estate.ToldAsync("rollouts/r1", 1, State.Sent))[0].Address.ShouldBe("webhookEndpoints/lone-hook");
    }

    [Fact]
    public async Task Log_OlderThan400Days_IsRemoved()
    {
        await _estate.DeliverAsync(NotifyingEstate.Waiting("r1"));
        await _estate.ToldAsync("rollouts/r1", 1, State.Sent);
        _estate.Estate.Estate.Clock.Advance(TimeSpan.FromDays(401));

        await Eventually.HoldsAsync(async () => (await _estate.LogAsync("rollouts/r1")).Count == 0, "it is removed");
    }
}
