using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Security;
using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Governance.Patching.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Feeds;

/// <summary>Feeds that are fetched again and again.</summary>
internal sealed class FeedsService(
    Writes<PatchingDb> writes,
    IDbContextFactory<PatchingDb> databases,
    BusinessClock clock,
    FeedRunner feeds,
    IOptions<FeedOptions> options) : V1.Feeds.FeedsBase
{
    private static readonly Keyset<Feed> ByFeedName = new Keyset<Feed>().By(feed => feed.Id);

    /// <summary>Less than the time after which the gateway gives a call up.</summary>
    private static readonly TimeSpan FeedPatience = TimeSpan.FromSeconds(20);

    public override Task<Proto.Feed> CreateFeed(CreateFeedRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        var faults = new FieldFaults().Required(request.Feed, "feed");
        var id = faults.NewId(request.FeedId, "feed_id");
        var terms = faults.Feed(request.Feed ?? new(), options.Value);
        faults.ThrowIfAny();
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var feed = Feed.Create(id, terms, request.Feed!.Enabled, unit.Now);
            await unit.AddAsync(feed, ct);
            return feed.ToProto(unit.Now);
        });
    }

    public override async Task<Proto.Feed> GetFeed(GetFeedRequest request, ServerCallContext context)
    {
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        return (await FindFeedAsync(db, request.Name, context.CancellationToken)).ToProto(clock.Now);
    }

    public override async Task<ListFeedsResponse> ListFeeds(ListFeedsRequest request, ServerCallContext context)
    {
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(context.CancellationToken);
        var feeds = await ByFeedName.ListAsync(db.Feeds.AsNoTracking(), page, context.CancellationToken);
        var now = clock.Now;
        return new ListFeedsResponse { Feeds = { feeds.Items.Select(feed => feed.ToProto(now)) }, NextPageToken = feeds.NextPageToken };
    }

    public override Task<Proto.Feed> UpdateFeed(UpdateFeedRequest request, ServerCallContext context)
    {
        if (request.Feed is null) throw FieldFaults.Single("feed", "Is required.", "REQUIRED");
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var feed = await FindFeedAsync(unit.Db, request.Feed.Name, ct);
            unit.CheckEtag(feed, request.Feed.Etag);
            var faults = new FieldFaults();
            var given = faults.Masked(feed.ToProto(unit.Now), request.Feed, request.UpdateMask);
            var terms = faults.Feed(given, options.Value);
            faults.ThrowIfAny();
            feed.Revise(terms, given.Enabled, unit.Now);
            return feed.ToProto(unit.Now);
        });
    }

    public override Task<Empty> DeleteFeed(DeleteFeedRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        return writes.RunAsync(request, context, async (unit, ct) =>
        {
            var feed = await FindFeedAsync(unit.Db, request.Name, ct);
            unit.CheckEtag(feed, request.Etag);
            unit.Db.Remove(feed);
            return new Empty();
        });
    }

    public override async Task<Proto.Feed> RunFeed(RunFeedRequest request, ServerCallContext context)
    {
        context.Demand(new Target());
        FeedOrder? order = null;
        await writes.RunAsync(request, context, async (unit, ct) =>
        {
            var feed = await FindFeedAsync(unit.Db, request.Name, ct);
            order = feed.Begin(feeds.Longest, unit.Now);
            return feed.ToProto(unit.Now);
        });
        if (order is not null)
        {
            await Task.WhenAny(feeds.Start(order), Task.Delay(FeedPatience, context.CancellationToken));
        }
        return await GetFeed(new GetFeedRequest { Name = request.Name }, context);
    }

    private static async Task<Feed> FindFeedAsync(PatchingDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "feeds");
        return await db.Feeds.AsTracking().SingleOrDefaultAsync(feed => feed.Id == id, ct) ?? throw new Missing(name);
    }
}
