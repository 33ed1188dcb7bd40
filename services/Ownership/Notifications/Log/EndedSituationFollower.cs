using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;

namespace Governance.Ownership.Notifications.Log;

/// <summary>What is over is not told any more, in the same commit.</summary>
internal sealed class EndedSituationFollower : IFollow<OwnershipDb>
{
    public async Task FollowAsync(WriteUnit<OwnershipDb> unit, Changes changes, CancellationToken ct)
    {
        foreach (var (subject, occasion, key) in changes.Of<Situation>().Where(HasEnded).Select(change => change.Before!.Told).Distinct())
        {
            // An exception covers several remediations: it ends once, when the last of them says so.
            if ((await unit.LoadAsync<Situation>(row => row.Subject == subject && row.Occasion == occasion && row.Key == key, ct)).Count
                > 0)
            {
                continue;
            }
            foreach (var unsent in await unit.LoadAsync<Notification>(
                row => row.Subject == subject && row.Occasion == occasion && row.Key == key && row.NextAttempt != null, ct))
            {
                unsent.Suppress(Notification.Over);
            }
            unit.Db.Escalations.RemoveRange(await unit.LoadAsync<PendingEscalation>(
                row => row.Subject == subject && row.Occasion == occasion && row.Key == key, ct));
        }
    }

    private static bool HasEnded(Change<Situation> change) =>
        change.Before is { } before && (change.Now is null || change.Now.Told != before.Told);
}
