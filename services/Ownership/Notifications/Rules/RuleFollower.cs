using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>Everything that holds is shown to a rule that is new or another, as far as it does not simply have happened.</summary>
internal sealed class RuleFollower : IFollow<OwnershipDb>
{
    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        if (unit.ValidateOnly) return;
        Instant? now = unit.Now;
        foreach (var rule in changes.Of<Rule>()
            .Select(change => change.Now)
            .OfType<Rule>()
            .Where(rule => rule.Enabled && !Occasions.IsMomentary(rule.Occasion)))
        {
            await unit.Db.Situations.Where(row => row.Occasion == rule.Occasion).ExecuteUpdateAsync(
                rows => rows.SetProperty(row => row.NextLook, now), ct);
        }
    }
}
