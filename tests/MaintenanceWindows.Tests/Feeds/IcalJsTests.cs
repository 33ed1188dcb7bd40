using Governance.Testing;
using Governance.Windows.V1;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.WindowsEstate;

namespace Governance.MaintenanceWindows.Tests.Feeds;

/// <summary>The feed as a parser reads that we did not write: the same instants as ListOccurrences.</summary>
public sealed class IcalJsTests(WindowsEstate estate) : IClassFixture<WindowsEstate>
{
    private const string Reader = CalendarReader.Folder;
    private const string From = "2026-01-01T00:00:00Z";
    private const string Until = "2030-01-01T00:00:00Z";

    [InteropTheory("node", $"npm:{Reader}#ical.js")]
    [InlineData("weekly", "Europe/Vienna", "2026-01-13T22:00:00", "FREQ=WEEKLY;BYDAY=TU", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData("in-gap-shifted", "Europe/Vienna", "2025-06-01T02:30:00", "FREQ=DAILY", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData("in-gap-skipped", "Europe/Vienna", "2025-06-01T02:30:00", "FREQ=DAILY", GapPolicy.Skip, OverlapPolicy.Second)]
    [InlineData("counted-skipped", "America/New_York", "2026-03-01T02:15:00", "FREQ=DAILY;COUNT=400", GapPolicy.Skip, OverlapPolicy.Second)]
    [InlineData("over-midnight", "America/New_York", "2025-10-26T01:15:00", "FREQ=WEEKLY;BYDAY=SU", GapPolicy.Shift, OverlapPolicy.Second)]
    [InlineData(
        "over-dst",
        "Australia/Lord_Howe",
        "2026-01-03T23:00:00",
        "FREQ=WEEKLY;BYDAY=SA,SU;INTERVAL=2;WKST=SU",
        GapPolicy.Shift,
        OverlapPolicy.First)]
    [InlineData("fifth-friday", "Africa/Casablanca", "2026-01-30T22:00:00", "FREQ=MONTHLY;BYDAY=5FR", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData(
        "last-workday",
        "Asia/Kolkata",
        "2026-01-30T21:00:00",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        GapPolicy.Shift,
        OverlapPolicy.First)]
    [InlineData(
        "week-numbers", "Europe/Dublin", "2026-01-12T20:00:00", "FREQ=YEARLY;BYWEEKNO=3,20,45", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData("leap-day", "America/Santiago", "2024-02-29T12:00:00", "FREQ=YEARLY", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData(
        "last-of-month", "Pacific/Auckland", "2026-01-31T02:30:00", "FREQ=MONTHLY;BYMONTHDAY=-1", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData(
        "six-hourly",
        "Europe/London",
        "2026-01-01T00:30:00",
        "FREQ=HOURLY;INTERVAL=6;UNTIL=20270101T000000Z",
        GapPolicy.Shift,
        OverlapPolicy.First)]
    [InlineData("twice-daily", "America/Sao_Paulo", "2026-01-01T01:30:00", "FREQ=DAILY;BYHOUR=1,13", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData(
        "bounded",
        "Europe/Vienna",
        "2026-01-06T22:00:00",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261231T000000Z",
        GapPolicy.Shift,
        OverlapPolicy.First)]
    [InlineData("utc", "UTC", "2026-01-06T22:00:00", "FREQ=WEEKLY;BYDAY=TU,FR", GapPolicy.Shift, OverlapPolicy.First)]
    [InlineData("once", "Europe/Vienna", "2026-10-25T02:30:00", "", GapPolicy.Shift, OverlapPolicy.Second)]
    public async Task Feed_OfAWindow_HasTheInstantsOfListOccurrences(
        string id, string zone, string start, string recurrence, GapPolicy gap, OverlapPolicy overlap)
    {
        var window = TuesdayNights($"components/{id}");
        (window.TimeZone, window.Start, window.Recurrence) = (zone, start, recurrence);
        (window.GapPolicy, window.OverlapPolicy) = (gap, overlap);

        await ShouldReadAlikeAsync(id, window);
    }

    [InteropFact("node", $"npm:{Reader}#ical.js")]
    public async Task Feed_WithExtraAndExceptedDatesAndEffectiveDates_HasTheInstantsOfListOccurrences()
    {
        var window = TuesdayNights("components/dates");
        window.Rdates.AddRange(["2026-03-29T02:30:00", "2026-07-01T12:00:00"]);
        window.Exdates.AddRange(["2026-03-31T22:00:00", "2026-12-29T22:00:00"]);
        (window.EffectiveFrom, window.EffectiveUntil) = ("2026-02-01", "2027-06-30");
        window.DurationPolicy = DurationPolicy.WallClock;

        await ShouldReadAlikeAsync("dates", window);
    }

    [InteropFact("node", $"npm:{Reader}#ical.js")]
    public async Task Feed_OfNightsInWhichClocksChangeByTheClock_HasTheirEnds()
    {
        var window = TuesdayNights("components/nights");
        (window.Start, window.Recurrence, window.Duration) = ("2026-01-03T23:00:00", "FREQ=WEEKLY;BYDAY=SA", Seconds(6 * 3600));
        window.DurationPolicy = DurationPolicy.WallClock;

        await ShouldReadAlikeAsync("nights", window);
    }

    [InteropFact("node", $"npm:{Reader}#ical.js")]
    public async Task Feed_OfAPausedWindow_HasTheInstantsOfListOccurrences()
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = TuesdayNights("components/resting"), WindowId = "resting" });
        await estate.Admin.Windows.PauseWindowAsync(new() { Name = "windows/resting", Until = At("2026-05-01T00:00:00Z") });

        (await FeedOccurrencesAsync("resting")).ShouldBe(await ListedAsync("resting"));
    }

    [InteropFact("node", $"npm:{Reader}#ical.js")]
    public async Task Feed_OfAFreeze_HasItsCivilDays()
    {
        var freeze = PeakSeason("components/peak");
        freeze.Recurrence = "FREQ=YEARLY;COUNT=2";
        await estate.Admin.Freezes.CreateFreezeAsync(new() { Freeze = freeze, FreezeId = "peak" });

        var read = await FeedOccurrencesAsync("peak");

        read.ShouldBe(
        [
            ("2026-11-19T23:00:00Z", "2026-12-01T23:00:00Z"),
            ("2027-11-19T23:00:00Z", "2027-12-01T23:00:00Z"),
        ]);
    }

    private async Task ShouldReadAlikeAsync(string id, Window window)
    {
        await estate.Admin.Windows.CreateWindowAsync(new() { Window = window, WindowId = $"ical-{id}" });

        var read = await FeedOccurrencesAsync(id);
        var listed = await ListedAsync($"ical-{id}");

        listed.ShouldNotBeEmpty();
        listed.Except(read).Take(5).ShouldBeEmpty("missing in the feed");
        read.Except(listed).Take(5).ShouldBeEmpty("only in the feed");
        read.Count.ShouldBe(listed.Count);
    }

    private async Task<List<(string Start, string End)>> ListedAsync(string window)
    {
        var found = new List<(string, string)>();
        var request = new ListOccurrencesRequest { Window = window, From = At(From), Until = At(Until), PageSize = 1000 };
        do
        {
            var page = await estate.Admin.Occurrences.ListOccurrencesAsync(request);
            found.AddRange(page.Occurrences.Where(one => one.Start >= request.From).Select(one => (Text(one.Start), Text(one.End))));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return found;
    }

    private async Task<List<(string Start, string End)>> FeedOccurrencesAsync(string component)
    {
        var feed = await estate.Admin.CalendarFeeds.CreateCalendarFeedAsync(new()
        {
            CalendarFeed = new() { Scope = new() { Components = { $"components/{component}" } } },
        });
        var read = await CalendarReader.ReadAsync(await estate.Host.Http.GetStringAsync(feed.Path), From, Until);
        return [.. read.Select(one => one.Times)];
    }
}
