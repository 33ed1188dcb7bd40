using Governance.BuildingBlocks.Hosting;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Feeds;

/// <summary>
/// Runs feeds when they are due, one after another, and says once when one is stale. Apart from the other clock: a slow server
/// must not hold up deadlines.
/// </summary>
internal sealed class FeedWorker(
    IDbContextFactory<PatchingDb> databases, Writes<PatchingDb> writes, FeedRunner runner, BusinessClock clock, ILogger<FeedWorker> log)
    : PollingWorker(TimeSpan.FromSeconds(1), log)
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await runner.DrainAsync().WaitAsync(cancellationToken);
    }

    protected override async Task LookAsync(CancellationToken ct)
    {
        var now = clock.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        foreach (var id in await Stale(db, now).Select(feed => feed.Id).ToListAsync(ct))
        {
            await writes.RunAsync("FeedBecomesStale", (unit, token) => SayStaleAsync(unit, id, token), ct);
        }
        foreach (var id in await Due(db, now, runner.Longest).Select(feed => feed.Id).ToListAsync(ct))
        {
            var order = await writes.RunAsync("BeginFeedRun", (unit, token) => BeginAsync(unit, id, token), ct);
            if (order is not null) await runner.Start(order);
        }
    }

    private static async Task SayStaleAsync(WriteUnit<PatchingDb> unit, string id, CancellationToken ct)
    {
        if (await Stale(unit.Db, unit.Now).AsTracking().SingleOrDefaultAsync(feed => feed.Id == id, ct) is { } feed)
        {
            feed.BecomeStale(unit.Now);
        }
    }

    /// <summary>Another replica may have been quicker: then there is nothing to do.</summary>
    private async Task<FeedOrder?> BeginAsync(WriteUnit<PatchingDb> unit, string id, CancellationToken ct) =>
        await Due(unit.Db, unit.Now, runner.Longest).AsTracking().SingleOrDefaultAsync(feed => feed.Id == id, ct) is { } feed
            ? feed.Begin(runner.Longest, unit.Now)
            : null;

    private static IQueryable<Feed> Stale(PatchingDb db, Instant now) => db.Feeds.Where(feed => feed.StaleFrom < now && !feed.IsSaidStale);

    private static IQueryable<Feed> Due(PatchingDb db, Instant now, Duration longest)
    {
        var stuck = now - longest;
        return db.Feeds.Where(feed => feed.NextRun <= now && (feed.RunningSince == null || feed.RunningSince <= stuck))
            .OrderBy(feed => feed.NextRun);
    }
}
