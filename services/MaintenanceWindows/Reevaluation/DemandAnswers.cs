using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Demands;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.MaintenanceWindows.Reevaluation;

internal sealed partial class ReevaluationWorker
{
    private static readonly Duration ChangesKept = Duration.FromDays(1);

    /// <summary>Answers demands again when the calendar has changed, or when the slot that was offered has begun.</summary>
    private async Task AnswerDemandsAsync(WindowsDb db, CancellationToken ct)
    {
        var stamp = await db.CalendarChanges.MaxAsync(row => (long?)row.Stamp, ct) ?? 0;
        var (now, changed) = (clock.Now, stamp != _answered);
        var open = await db.SlotDemands.AsNoTracking().Where(demand => changed || demand.OfferedStart <= now).ToListAsync(ct);
        var seen = await calendar.NowAsync(ct);
        var news = open.Where(demand =>
            demand.Answer(SlotSupplies.Find(seen, demand, now).Supply, demand.OfferedStart, 0) || demand.OfferedStart <= now)
            .Select(demand => demand.Name).ToList();
        foreach (var names in news.Chunk(50)) await writes.RunAsync("AnswerDemands", (unit, token) => AnswerAsync(unit, names, token), ct);
        if (changed) await PruneAsync(stamp, ct);
        _answered = stamp;
    }

    private async Task AnswerAsync(WriteUnit<WindowsDb> unit, string[] names, CancellationToken ct)
    {
        var seen = await calendar.InAsync(unit, ct);
        foreach (var demand in await unit.Db.SlotDemands.AsTracking().Where(demand => names.Contains(demand.Name)).ToListAsync(ct))
        {
            SlotSupplies.Answer(unit, demand, seen);
        }
    }

    /// <summary>The stamps of a day are enough for any replica; the last one stays as the calendar's own.</summary>
    private async Task PruneAsync(long last, CancellationToken ct)
    {
        var border = clock.Now - ChangesKept;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (!await db.CalendarChanges.AnyAsync(row => row.CommitTime < border && row.Stamp < last, ct)) return;
        await writes.RunAsync(
            "PruneCalendarChanges",
            (unit, token) => unit.Db.CalendarChanges.Where(row => row.CommitTime < border && row.Stamp < last).ExecuteDeleteAsync(token),
            ct);
    }

    /// <summary>Bookings that were computed with an older time-zone database are all looked at again, once.</summary>
    private Task NoticeZonesAsync(CancellationToken ct) => writes.RunAsync(
        "NoticeZones",
        async (unit, token) =>
        {
            var version = DateTimeZoneProviders.Tzdb.VersionId;
            var known = await unit.Db.ZoneVersions.AsTracking().SingleOrDefaultAsync(token);
            if (known?.Version == version) return;
            if (known is null) unit.Db.ZoneVersions.Add(new ZoneVersionRow { Id = 1, Version = version });
            else known.Version = version;
            unit.Db.Reevaluations.Add(
                new ReevaluationRow { Sequence = unit.Sequence, Cause = Concern.Zones + version, CommitTime = unit.Now });
        },
        ct);
}
