using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Settings;
using Governance.Ownership.Notifications.Delivery;
using Governance.Ownership.Notifications.Rules;

namespace Governance.Ownership.Notifications;

/// <summary>What notifications are made of.</summary>
internal static class NotificationServices
{
    private const string KeyFile = "notification-secrets.key";

    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton(NotificationOptions.Read(Environment.GetEnvironmentVariable))
        .AddSingleton(provider => new SecretBox(
            Path.Combine(Path.GetDirectoryName(provider.GetRequiredService<ServiceSettings>().AuditKeyFile) ?? "", KeyFile)))
        .AddSingleton<Recipients>()
        .AddSingleton<Telling>()
        .AddSingleton<Deliveries>()
        .AddSingleton<WebhookAddress>()
        .AddSingleton<WebhookSender>()
        .AddSingleton<MailSender>()
        .AddHostedService<RuleSeed>()
        .AddHostedService<NotificationClock>()
        .AddHostedService<DeliveryWorker>();
}
