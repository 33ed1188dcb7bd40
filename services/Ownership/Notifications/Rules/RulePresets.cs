using System.Collections.Immutable;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Governance.Ownership.V1;
using Microsoft.EntityFrameworkCore;
using Channel = Governance.Ownership.V1.Notification.Types.Channel;
using Occasion = Governance.Ownership.V1.NotificationRule.Types.Occasion;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>The rules that ship with the service: the party that answers is told, by whatever reaches it.</summary>
internal static class RulePresets
{
    public static ImmutableSortedDictionary<string, NotificationRule> All { get; } = new[]
    {
        Preset("approval-waiting", "Approval waiting", Occasion.ApprovalWaiting),
        Preset("deadline-infeasible", "No slot before the deadline", Occasion.DeadlineInfeasible),
        Preset("due-soon", "Due within 24 hours", Occasion.DueSoon),
        Preset("booking-moved", "Booking moved", Occasion.BookingMoved),
        Preset("feed-stale", "Feed stale", Occasion.FeedStale),
        Preset("exception-ending", "Exception ends within 7 days", Occasion.ExceptionEnding),
        Preset("contract-notice", "Notice date within 30 days", Occasion.ContractNoticeNear),
        Preset("action-overdue", "Action overdue", Occasion.ActionOverdue),
        Preset("gap-opened", "Gap in ownership", Occasion.GapOpened, enabled: false),
        Preset("review-missed", "Emergency not reviewed", Occasion.ReviewMissed, enabled: false),
    }.ToImmutableSortedDictionary(preset => preset.Id, preset => preset.Terms, StringComparer.Ordinal);

    private static (string Id, NotificationRule Terms) Preset(
        string id, string displayName, Occasion occasion, bool enabled = true) => (id, new NotificationRule
        {
            DisplayName = displayName,
            Occasion = occasion,
            Recipients = { new Recipient { Kind = Recipient.Types.Kind.Owner } },
            Channels = { Channel.Email, Channel.Webhook },
            Enabled = enabled,
        });
}

/// <summary>Sees to it that they are there from the first start on.</summary>
internal sealed class RuleSeed(IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var db = await databases.CreateDbContextAsync(cancellationToken);
        if ((await MissingAsync(db, cancellationToken)).Count == 0) return;
        await writes.RunAsync(
            "SeedNotificationRules",
            async (unit, ct) =>
            {
                foreach (var id in await MissingAsync(unit.Db, ct))
                {
                    unit.Db.NotificationRules.Add(Rule.Create(id, RulePresets.All[id].Clone(), unit.Now));
                }
            },
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<List<string>> MissingAsync(OwnershipDb db, CancellationToken ct) =>
        [.. RulePresets.All.Keys.Except(await db.NotificationRules.Select(rule => rule.Id).ToListAsync(ct)).Order(StringComparer.Ordinal)];
}
