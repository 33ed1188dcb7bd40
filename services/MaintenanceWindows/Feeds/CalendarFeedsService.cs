using Google.Protobuf.WellKnownTypes;
using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.BuildingBlocks.Paging;
using Governance.BuildingBlocks.Writing;
using Governance.MaintenanceWindows.Fields;
using Governance.MaintenanceWindows.Persistence;
using Governance.MaintenanceWindows.Scopes;
using Governance.Windows.V1;
using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Proto = Governance.Windows.V1;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>Calendar feeds: create, read, delete.</summary>
internal sealed class CalendarFeedsService(
    Writes<WindowsDb> writes, IDbContextFactory<WindowsDb> databases)
    : Proto.CalendarFeeds.CalendarFeedsBase
{
    public override Task<CreateCalendarFeedResponse> CreateCalendarFeed(CreateCalendarFeedRequest request, ServerCallContext context)
    {
        var asked = request.CalendarFeed ?? new();
        var faults = new FieldFaults().Length(asked.DisplayName, 200, "calendar_feed.display_name");
        var id = faults.NewId(request.CalendarFeedId, "calendar_feed_id");
        var scope = faults.Scope(asked.Scope, "calendar_feed.scope");
        for (var i = 0; i < asked.Contents.Count; i++)
        {
            var known = asked.Contents[i] != default && System.Enum.IsDefined(asked.Contents[i]);
            faults.Check(
                known,
                $"calendar_feed.contents[{i}]",
                "Is none; WINDOWS, FREEZES, BOOKINGS and PROVIDER_MAINTENANCES are.",
                "UNKNOWN_VALUE");
        }

        faults.ThrowIfAny();
        return writes.RunAsync(request, context, (unit, ct) => CreateFeedAsync(unit, (id, asked, scope), context, ct), storeResult: false);
    }

    public override async Task<Proto.CalendarFeed> GetCalendarFeed(GetCalendarFeedRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        await using var db = await databases.CreateDbContextAsync(ct);
        return (await FindFeedAsync(db, request.Name, context, ct)).ToProto();
    }

    public override async Task<ListCalendarFeedsResponse> ListCalendarFeeds(ListCalendarFeedsRequest request, ServerCallContext context)
    {
        var ct = context.CancellationToken;
        var page = PageToken.Read(request);
        await using var db = await databases.CreateDbContextAsync(ct);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        var feeds = await NamedPage.ListAsync(db.CalendarFeeds.AsNoTracking(), page, feed => sees(feed.Scope), ct);
        return new ListCalendarFeedsResponse
        {
            CalendarFeeds = { feeds.Items.Select(feed => feed.ToProto()) },
            NextPageToken = feeds.NextPageToken,
        };
    }

    public override Task<Empty> DeleteCalendarFeed(DeleteCalendarFeedRequest request, ServerCallContext context) =>
        writes.RunAsync(request, context, async (unit, ct) =>
        {
            var feed = await FindFeedAsync(unit.Db, request.Name, context, ct);
            await ScopeGuard.DemandAsync(context, unit.Db, feed.Scope, ct);
            unit.Db.CalendarFeeds.Remove(feed);
            return new Empty();
        });

    private static async Task<CreateCalendarFeedResponse> CreateFeedAsync(
        WriteUnit<WindowsDb> unit,
        (string Id, Proto.CalendarFeed Asked, Common.V1.Scope Scope) wanted,
        ServerCallContext context,
        CancellationToken ct)
    {
        await ScopeGuard.DemandAsync(context, unit.Db, wanted.Scope, ct);
        var (feed, token) = CalendarFeed.Create(wanted.Id, wanted.Asked, wanted.Scope, unit.Caller, unit.Now);
        await unit.AddAsync(feed, ct);
        return new CreateCalendarFeedResponse
        {
            CalendarFeed = feed.ToProto(),
            Token = token,
            Path = $"/calendars/{feed.Id}.ics?token={token}",
        };
    }

    private static async Task<CalendarFeed> FindFeedAsync(WindowsDb db, string name, ServerCallContext context, CancellationToken ct)
    {
        var id = NameFields.Id(name, "calendarFeeds");
        var feed = await db.CalendarFeeds.AsTracking().SingleOrDefaultAsync(one => one.Id == id, ct) ?? throw new Missing(name);
        var sees = await ScopeGuard.SightAsync(context, db, ct);
        return sees(feed.Scope) ? feed : throw new Missing(name);
    }
}
