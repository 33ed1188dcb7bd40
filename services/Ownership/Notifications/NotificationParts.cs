using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Security;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.Notifications.Rules;

namespace Governance.Ownership.Notifications;

/// <summary>What calls need of notifications.</summary>
internal sealed record NotificationParts(Recipients Recipients, WebhookAddress Addresses, SecretBox Secrets);

/// <summary>What notifications are made of.</summary>
internal static class NotificationServices
{
    private const string KeyFile = "notification-secrets.key";

    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton(NotificationOptions.Read(Environment.GetEnvironmentVariable))
        .AddSingleton(provider => new SecretBox(
            Path.Combine(Path.GetDirectoryName(provider.GetRequiredService<ServiceSettings>().AuditKeyFile) ?? "", KeyFile)))
        .AddSingleton<Recipients>()
        .AddSingleton<NotificationParts>()
        .AddSingleton<Telling>()
        .AddSingleton<Deliveries>()
        .AddSingleton<WebhookAddress>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<MailSender>()
        .AddHostedService<RuleSeed>()
        .AddHostedService<NotificationClock>()
        .AddHostedService<DeliveryWorker>();
}
