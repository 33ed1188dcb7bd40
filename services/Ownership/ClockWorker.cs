using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Ownership.History;
using Governance.Ownership.Insights.Gaps;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Ownership;

/// <summary>
/// Does what time brings: planned changes take effect, then gaps open and close. It looks at indexes a few times a second, and writes
/// only when there is something to do.
/// </summary>
internal sealed class ClockWorker(
    IDbContextFactory<OwnershipDb> databases, Writes<OwnershipDb> writes, GapKeeper gaps, BusinessClock clock, ILogger<ClockWorker> log)
    : PollingWorker(TimeSpan.FromMilliseconds(300), log)
{
    private const int BatchSize = 200;

    protected override async Task LookAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        while (await Planned(db, now).AnyAsync(ct)) await writes.RunAsync("TakeEffect", TakeEffectAsync, ct);
        await gaps.LookAsync(now, ct);
    }

    private static async Task TakeEffectAsync(WriteUnit<OwnershipDb> unit, CancellationToken ct)
    {
        var due = await Planned(unit.Db, unit.Now).AsTracking().OrderBy(row => row.From).Take(BatchSize).ToListAsync(ct);

        // One of each resource: the next archives what this one brings, under the key of the row that is removed here.
        foreach (var planned in due.DistinctBy(row => row.Resource))
        {
            var aggregate = await DatedKinds.FindAsync(unit.Db, planned.Resource, ct);
            unit.Db.Revisions.Remove(planned);
            await RevisionLog.ArchiveAsync(unit, aggregate, ct);
            aggregate.TakeEffect(planned, unit.Now);
        }
    }

    private static IQueryable<RevisionRow> Planned(OwnershipDb db, Instant now) =>
        db.Revisions.Where(row => row.Mask != null && row.From <= now);
}
