using Governance.BuildingBlocks.Names;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Feeds;

/// <summary>Feeds as messages.</summary>
internal static class FeedMapping
{
    private const int MostRejected = 20;

    /// <param name="feed">The feed.</param>
    /// <param name="now">Whether it is stale depends on it.</param>
    public static Proto.Feed ToProto(this Feed feed, Instant now)
    {
        var message = new Proto.Feed
        {
            Name = feed.Name,
            DisplayName = feed.Terms.DisplayName,
            Url = feed.Terms.Url,
            Format = feed.Terms.Format,
            Interval = feed.Terms.Interval.ToProto(),
            Enabled = feed.IsEnabled,
            MaximumAge = feed.Terms.MaximumAge.ToProto(),
            LastAttempt = feed.LastRun?.StartTime,
            LastSuccess = feed.LastSuccess?.ToTimestamp(),
            LastRun = feed.LastRun,
            NextRun = feed.IsEnabled ? feed.NextRun.ToTimestamp() : null,
            Stale = feed.IsSaidStale || feed.StaleFrom < now,
            CreateTime = feed.CreateTime.ToTimestamp(),
            UpdateTime = feed.UpdateTime.ToTimestamp(),
            Etag = feed.Etag,
        };
        return message;
    }

    /// <summary>The run with what an import counted, however far it came.</summary>
    public static Proto.FeedRun With(this Proto.FeedRun run, Proto.ImportAdvisoriesResponse counts)
    {
        (run.Created, run.Updated, run.Unchanged) = (counts.Created, counts.Updated, counts.Unchanged);
        (run.RejectedCount, run.Retracted, run.RemediationsOpened) = (counts.RejectedCount, counts.Retracted, counts.RemediationsOpened);
        run.Rejected.AddRange(counts.Rejected.Take(MostRejected));
        return run;
    }
}
