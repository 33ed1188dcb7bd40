using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Rules;
using Governance.Ownership.Persistence;

namespace Governance.Ownership.Notifications.Log;

/// <summary>A rule that is turned off or deleted tells nobody any more, not even of what waits to be sent.</summary>
internal sealed class SilencedRuleFollower : IFollow<OwnershipDb>
{
    private const string RuleOff = "Its rule was turned off.";

    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        foreach (var rule in changes.Of<Rule>()
            .Where(change => change.Now is not { Enabled: true })
            .Select(change => change.Before)
            .OfType<Rule>())
        {
            foreach (var unsent in await unit.LoadAsync<Notification>(row => row.Rule == rule.Name && row.NextAttempt != null, ct))
            {
                unsent.Suppress(RuleOff);
            }
            unit.Db.Escalations.RemoveRange(await unit.LoadAsync<PendingEscalation>(row => row.Rule == rule.Id, ct));
        }
    }
}
