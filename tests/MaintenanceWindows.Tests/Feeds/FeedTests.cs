using System.Net;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Feeds;

public sealed class FeedTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    [Fact]
    public async Task Feed_WithItsToken_IsACalendarAndUnchangedUntilSomethingChanges()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/fed"), WindowId = "fed" });
        var feed = await FeedAsync("etag-feed", "components/fed");

        using var first = await estate.Host.Http.GetAsync(feed.Path);
        using var second = await AskAgainAsync(feed.Path, first.Headers.ETag!.Tag);
        await estate.Admin.Windows.PauseWindowAsync(new() { Name = "windows/fed", Until = At("2026-03-12T00:00:00Z") });
        using var third = await AskAgainAsync(feed.Path, first.Headers.ETag!.Tag);

        first.Content.Headers.ContentType!.ToString().ShouldBe("text/calendar; charset=utf-8");
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        third.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await third.Content.ReadAsStringAsync()).ShouldContain("SEQUENCE:2\r\n");
    }

    [Theory]
    [InlineData("/calendars/locked.ics?token=wrong")]
    [InlineData("/calendars/locked.ics?token=")]
    [InlineData("/calendars/locked.ics")]
    [InlineData("/calendars/nowhere.ics?token=wrong")]
    public async Task Feed_WithoutItsToken_IsNotFound(string path)
    {
        if ((await estate.Admin.CalendarFeeds.ListCalendarFeedsAsync(new())).CalendarFeeds.All(feed => feed.Name != "calendarFeeds/locked"))
        {
            await FeedAsync("locked", "components/locked");
        }

        using var answer = await estate.Host.Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Feed_OnceDeleted_IsNotFound()
    {
        var feed = await FeedAsync("deleted-feed", "components/none");
        await estate.Admin.CalendarFeeds.DeleteCalendarFeedAsync(new() { Name = feed.CalendarFeed.Name });

        using var answer = await estate.Host.Http.GetAsync(feed.Path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Feed_OfLongAndForeignText_EscapesAndFoldsByOctets()
    {
        var window = TuesdayNights("components/texts");
        window.DisplayName = "Wartung; Küche, Öfen\\Herde – " + string.Concat(Enumerable.Repeat("größer ", 20));
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = window, WindowId = "texts" });
        var feed = await FeedAsync("text-feed", "components/texts");

        var text = await estate.Host.Http.GetStringAsync(feed.Path);

        var lines = text.Split("\r\n");
        lines.ShouldAllBe(line => System.Text.Encoding.UTF8.GetByteCount(line) <= 75);
        text.Replace("\r\n ", "", StringComparison.Ordinal).ShouldContain("SUMMARY:Wartung\\; Küche\\, Öfen\\\\Herde – größer größer");
        text.ShouldNotContain(feed.Token);
    }

    [Fact]
    public async Task Feed_ShowsOnlyWhatItsScopeAndContentsAskFor()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/in-feed"), WindowId = "in-feed" });
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/elsewhere"), WindowId = "not-in-feed" });
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = PeakSeason("components/in-feed"), FreezeId = "in-feed" });
        var windows = await FeedAsync("windows-only", "components/in-feed", CalendarFeed.Types.Content.Windows);
        var freezes = await FeedAsync("freezes-only", "components/in-feed", CalendarFeed.Types.Content.Freezes);

        var first = await estate.Host.Http.GetStringAsync(windows.Path);
        var second = await estate.Host.Http.GetStringAsync(freezes.Path);

        first.ShouldContain("UID:in-feed@windows.governance");
        first.ShouldNotContain("not-in-feed");
        first.ShouldNotContain("CATEGORIES:FREEZE");
        second.ShouldContain("@freezes.governance");
        second.ShouldNotContain("@windows.governance");
    }

    private async Task<CreateCalendarFeedResponse> FeedAsync(string id, string component, params CalendarFeed.Types.Content[] contents) =>
        await estate.Admin.CalendarFeeds.CreateCalendarFeedAsync(new()
        {
            CalendarFeedId = id,
            CalendarFeed = new() { Scope = new() { Components = { component } }, Contents = { contents } },
        });

    private async Task<HttpResponseMessage> AskAgainAsync(string path, string tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("If-None-Match", tag);
        return await estate.Host.Http.SendAsync(request);
    }
}
