using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership.Notifications;

/// <summary>
/// Tells what there is to tell now, escalates what nobody acknowledged, and removes what is past its time. It looks at indexes
/// a few times a second, and writes only when there is something to do.
/// </summary>
internal sealed class NotificationClock(
    IDbContextFactory<OwnershipDb> databases,
    Writes<OwnershipDb> writes,
    Telling telling,
    BusinessClock clock,
    ILogger<NotificationClock> log)
    : PollingWorker(TimeSpan.FromMilliseconds(300), log)
{
    private const int BatchSize = 1000;
    private static readonly Duration Kept = Duration.FromDays(400);
    private static readonly Duration Cleaning = Duration.FromHours(1);
    private Instant _cleaned;

    protected override async Task LookAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        while (await Telling.Looks(db, now).AnyAsync(ct)) await writes.RunAsync("RaiseNotifications", telling.LookAsync, ct);
        while (await Telling.Overdue(db, now).AnyAsync(ct)) await writes.RunAsync("EscalateNotifications", telling.EscalateAsync, ct);
        if (now - _cleaned < Cleaning) return;
        var old = now - Kept;
        while (await db.Notifications.AnyAsync(row => row.CreateTime < old, ct))
        {
            await writes.RunAsync("RemoveOldNotifications", (unit, token) => unit.Db.Notifications.Where(row => row.CreateTime < old)
                .OrderBy(row => row.CreateTime)
                .Take(BatchSize)
                .ExecuteDeleteAsync(token), ct);
        }
        _cleaned = now;
    }
}
