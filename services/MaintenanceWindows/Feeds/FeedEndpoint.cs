using System.Text;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.MaintenanceWindows.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>
/// GET /calendars/{feed}.ics?token=…: plain HTTP, since calendar programs sign in by their address alone. A feed that is
/// not there and a token that is wrong look the same.
/// </summary>
internal sealed class FeedEndpoint(IDbContextFactory<WindowsDb> databases, BusinessClock clock)
{
    /// <summary>Compared with when there is no feed, so that both answers take the same path.</summary>
    private static readonly string NoToken = Digests.Of("");

    public static void Map(IEndpointRouteBuilder app) => app.MapMethods(
        "/calendars/{feed}.ics",
        [HttpMethods.Get, HttpMethods.Head],
        (string feed, HttpContext http, FeedEndpoint endpoint) => endpoint.AnswerAsync(feed, http));

    private async Task AnswerAsync(string id, HttpContext http)
    {
        var ct = http.RequestAborted;
        await using var db = await databases.CreateDbContextAsync(ct);
        var feed = await db.CalendarFeeds.AsNoTracking().SingleOrDefaultAsync(one => one.Id == id, ct);
        if (!CalendarFeed.IsHashOf(http.Request.Query["token"].ToString(), feed?.TokenHash ?? NoToken) || feed is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var span = FeedSpan.At(clock.Now);
        var title = feed.DisplayName.Length > 0 ? feed.DisplayName : feed.Id;
        var body = Encoding.UTF8.GetBytes(FeedDocument.Write(title, await new FeedSource(db, feed, span).ReadAsync(ct), span.Written));
        await SendAsync(http, body);
    }

    private static async Task SendAsync(HttpContext http, byte[] body)
    {
        var tag = new EntityTagHeaderValue($"\"{Digests.Of(body)[..32]}\"");
        var headers = http.Response.GetTypedHeaders();
        headers.ETag = tag;
        headers.CacheControl = new CacheControlHeaderValue { Private = true, NoCache = true };
        var known = http.Request.GetTypedHeaders().IfNoneMatch;
        if (known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        http.Response.ContentType = "text/calendar; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
