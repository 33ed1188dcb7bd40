using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Names;
using Governance.Common.V1;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.V1;
using Governance.Patching.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Shouldly;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Duration = NodaTime.Duration;
using Kind = Governance.Ownership.V1.Recipient.Types.Kind;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;
using State = Governance.Ownership.V1.Notification.Types.State;

namespace Governance.Ownership.Tests.Notifications;

/// <summary>The service with a receiver of webhooks, a mail server and neighbours that are the test.</summary>
internal sealed class NotifyingEstate : IAsyncDisposable
{
    private readonly NotificationOptions _options;
    private long _version;

    private NotifyingEstate(OwnershipEstate estate, WebhookReceiver hooks, MailCatcher mails, NotificationOptions options) =>
        (Estate, Hooks, Mails, _options) = (estate, hooks, mails, options);

    public OwnershipEstate Estate { get; }

    public WebhookReceiver Hooks { get; }

    public MailCatcher Mails { get; }

    public OwnershipClients Admin => Estate.Admin;

    public Instant Now => Estate.Now;

    public static async Task<NotifyingEstate> StartAsync(Func<NotificationOptions, NotificationOptions>? change = null)
    {
        var (hooks, mails) = (await WebhookReceiver.StartAsync(), new MailCatcher());
        var options = new NotificationOptions
        {
            Loopback = true,
            FirstRetry = TimeSpan.FromMilliseconds(30),
            LongestRetry = TimeSpan.FromMilliseconds(200),
            PublicUrl = "https://governance.example.com",
            Mail = new MailServer("127.0.0.1", mails.Port, Tls: false, "", "", "Governance <governance@example.com>"),
        };
        options = change?.Invoke(options) ?? options;
        return new NotifyingEstate(await OwnershipEstate.StartAsync(services => services.AddSingleton(options)), hooks, mails, options);
    }

    /// <summary>The process is killed and starts again.</summary>
    public async Task RestartAsync()
    {
        await Estate.Estate.StopAsync(ServiceCatalog.Ownership, abruptly: true);
        await Estate.Estate.StartAsync(OwnershipDefinition.Value, overrides: services => services.AddSingleton(_options));
    }

    /// <summary>A party with an endpoint at the receiver.</summary>
    /// <returns>The endpoint, with its secret.</returns>
    public async Task<WebhookEndpoint> HookedPartyAsync(string id, Action<Party>? more = null)
    {
        await Estate.PartyAsync(id, more: more);
        return await EndpointAsync($"{id}-hook", $"parties/{id}");
    }

    public async Task<WebhookEndpoint> EndpointAsync(
        string id, string party = "") => await Admin.WebhookEndpoints.CreateWebhookEndpointAsync(
        new CreateWebhookEndpointRequest
        {
            WebhookEndpointId = id,
            WebhookEndpoint = new WebhookEndpoint { DisplayName = id, Party = party, Url = Hooks.Url },
        });

    public async Task<NotificationRule> RuleAsync(
        string id, Occasion occasion, Action<NotificationRule>? more, params Recipient[] recipients)
    {
        var rule = new NotificationRule
        {
            DisplayName = id,
            Occasion = occasion,
            Channels = { Channel.Email, Channel.Webhook },
            Recipients = { recipients },
        };
        more?.Invoke(rule);
        return await Admin.NotificationRules.CreateNotificationRuleAsync(
            new CreateNotificationRuleRequest { NotificationRuleId = id, NotificationRule = rule });
    }

    public static Recipient Address(string email) => new() { Kind = Kind.EmailAddress, Email = email };

    public static Recipient To(string party, Kind kind = Kind.Party) => new() { Kind = kind, Party = party };

    /// <summary>Turns the rule that ships with the service off.</summary>
    public async Task TurnOffAsync(
        string rule) => await Admin.NotificationRules.UpdateNotificationRuleAsync(new UpdateNotificationRuleRequest
        {
            NotificationRule = new NotificationRule { Name = $"notificationRules/{rule}", Enabled = false },
            UpdateMask = FieldMask.FromString("enabled"),
        });

    public async Task<IReadOnlyList<Notification>> LogAsync(string subject) =>
        (await Admin.Notifications.ListNotificationsAsync(new ListNotificationsRequest { Subject = subject })).Notifications;

    /// <summary>Waits until the subject has that many notifications, all in that state.</summary>
    public Task<IReadOnlyList<Notification>> ToldAsync(string subject, int count, State state) => Eventually.GetAsync(
        async () => await LogAsync(subject) is var log && log.Count == count && log.All(one => one.State == state) ? log : null,
        $"{subject} has {count} notifications that are {state}");

    /// <summary>Waits until whatever was to be told of by now has been: a situation that comes after it is told.</summary>
    public async Task SettleAsync()
    {
        var feed = new Feed { Name = $"feeds/settle-{++_version}", Enabled = true, Stale = true };
        await DeliverAsync(feed);
        await Eventually.HoldsAsync(async () => (await LogAsync(feed.Name)).Count > 0, "the clock has looked");
    }

    public Task DeliverAsync(Rollout rollout, long version = 0, string run = "") =>
        DeliverAsync(ServiceCatalog.Patching, rollout.Name, new RolloutChanged { Meta = Meta(version, run), Rollout = rollout });

    public Task DeliverAsync(Remediation one, long version = 0, string run = "") =>
        DeliverAsync(ServiceCatalog.Patching, one.Name, new RemediationChanged { Meta = Meta(version, run), Remediation = one });

    public Task DeliverAsync(RemediationException exception) =>
        DeliverAsync(
            ServiceCatalog.Patching, exception.Name, new RemediationExceptionChanged { Meta = Meta(0, ""), Exception = exception });

    public Task DeliverAsync(Feed feed) =>
        DeliverAsync(ServiceCatalog.Patching, feed.Name, new FeedChanged { Meta = Meta(0, ""), Feed = feed });

    public Task DeliverAsync(Booking booking) =>
        DeliverAsync(ServiceCatalog.Windows, booking.Name, new BookingChanged { Meta = Meta(0, ""), Booking = booking });

    public Task DeliverAsync(Override one) =>
        DeliverAsync(ServiceCatalog.Windows, one.Name, new OverrideChanged { Meta = Meta(0, ""), Override = one });

    /// <summary>A rollout that waits for approval.</summary>
    public static Rollout Waiting(string id, string component = "components/checkout") => new()
    {
        Name = $"rollouts/{id}",
        DisplayName = "Patch the checkout",
        State = Rollout.Types.State.AwaitingApproval,
        Digest = "d1",
        Severity = Severity.High,
        Requester = "users/ines",
        ApprovalsNeeded = 1,
        Stages = { new Stage { Id = "production", Components = { component }, Environment = "production" } },
    };

    /// <summary>An open remediation that is due in so many hours.</summary>
    public Remediation Due(string id, int hours, string component = "components/checkout") => new()
    {
        Name = $"remediations/{id}",
        Advisory = "advisories/CVE-2026-1",
        Component = component,
        Environment = "production",
        Severity = Severity.High,
        State = Remediation.Types.State.Open,
        Opened = Now.ToStamp(),
        Due = (Now + Duration.FromHours(hours)).ToStamp(),
    };

    public async ValueTask DisposeAsync()
    {
        await Estate.DisposeAsync();
        await Hooks.DisposeAsync();
        await Mails.DisposeAsync();
    }

    private EventMeta Meta(long version, string run) => Envelopes.Meta(version > 0 ? version : ++_version, run: run);

    private async Task DeliverAsync(ServiceEntry from, string subject, IMessage message) =>
        (await Estate.Host.DeliverAsync(from, subject, message)).ShouldBe("SUCCESS");
}
