using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Exceptions;
using Governance.Patching.Persistence;
using Governance.Patching.Remediations;
using Governance.Patching.Rollouts;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;

namespace Governance.Patching;

/// <summary>
/// Does what time alone brings: soaks and exceptions end, reviews and deadlines are missed; and what is too much for one write: after a
/// change of policy every open remediation is assessed again. It looks at a few indexes a few times a second, and writes only when there is
/// something
/// to do.
/// </summary>
internal sealed class ClockWorker(
    IDbContextFactory<PatchingDb> databases, Writes<PatchingDb> writes, BusinessClock clock, ILogger<ClockWorker> log)
    : PollingWorker(TimeSpan.FromMilliseconds(300), log)
{
    private const int BatchSize = 200;

    /// <summary>The day whose ends of life were looked for.</summary>
    private LocalDate _looked;

    protected override async Task LookAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var id in await Soaked(db, now).Select(rollout => rollout.Id).ToListAsync(ct))
        {
            await writes.RunAsync("ElapseRollout", (unit, token) => ElapseAsync(unit, id, token), ct);
        }
        while (await ExceptionEffects.Lapsed(db, now).AnyAsync(ct))
        {
            await writes.RunAsync("LapseExceptions", ExceptionEffects.LapseAsync, ct);
        }
        while (await Late(db, now).AnyAsync(ct)) await writes.RunAsync("MissDeadlines", MissAsync, ct);
        while (await PolicyReassessment.IsDueAsync(db, ct)) await writes.RunAsync("AssessByPolicy", PolicyReassessment.StepAsync, ct);
        var today = now.InUtc().Date;
        if (today == _looked) return;
        if (await EndOfLifeWatch.IsDueAsync(db, today, ct)) await writes.RunAsync("WatchLifecycles", EndOfLifeWatch.LookAsync, ct);
        _looked = today;
    }

    private static async Task ElapseAsync(WriteUnit<PatchingDb> unit, string id, CancellationToken ct)
    {
        if (await Soaked(unit.Db, unit.Now).AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) is not { } rollout) return;
        var next = rollout.Current.Elapse(unit.Now.ToDateTimeOffset());
        var isMissed = next.Retrospective is { Missed: true } && rollout.Current.Retrospective is { Missed: false };
        rollout.Step(next, isMissed ? "REVIEW_MISSED" : "ELAPSED", unit.Now);
    }

    private static async Task MissAsync(WriteUnit<PatchingDb> unit, CancellationToken ct)
    {
        var late = await Late(unit.Db, unit.Now).AsTracking().OrderBy(one => one.Due).Take(BatchSize).ToListAsync(ct);
        foreach (var remediation in late) remediation.Miss(unit.Now);
    }

    private static IQueryable<StoredRollout> Soaked(PatchingDb db, Instant now) => db.Rollouts.Where(rollout => rollout.NextMoment <= now);

    private static IQueryable<Remediation> Late(PatchingDb db, Instant now) =>
        db.Remediations.Where(one => one.IsOpen && one.Outcome == Outcome.Unspecified && one.Due < now);
}
