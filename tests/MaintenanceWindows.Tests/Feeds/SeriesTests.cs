using System.Text;
using Governance.MaintenanceWindows.Feeds;
using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Recurrence;
using Governance.MaintenanceWindows.Windows;
using Governance.Testing;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.Feeds;

/// <summary>Rules and zones at random, as a parser reads them that we did not write.</summary>
public sealed class SeriesTests
{
    private const string Node = "node";
    private const string Parser = $"npm:{CalendarReader.Folder}#ical.js";
    private static readonly Instant From = Instant.FromUtc(2025, 6, 1, 0, 0);
    private static readonly Instant Until = Instant.FromUtc(2029, 6, 1, 0, 0);
    private static readonly FeedSpan Span = FeedSpan.At(Instant.FromUtc(2026, 3, 2, 9, 0));

    private static readonly string[] Zones =
    [
        "Europe/Vienna", "Europe/London", "Europe/Dublin", "America/New_York", "America/Santiago", "America/Sao_Paulo",
        "America/St_Johns", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Auckland", "Pacific/Chatham", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Tehran", "Asia/Jerusalem", "Asia/Beirut", "Africa/Cairo", "Africa/Casablanca", "Africa/Lagos",
        "America/Vancouver", "America/Edmonton", "America/Havana", "America/Nuuk", "Antarctica/Troll", "Pacific/Easter", "UTC",
    ];

    [InteropFact(Node, Parser)]
    public async Task Events_OfRandomRulesInManyZones_AreReadAsTheSameOccurrences()
    {
        var random = new Random(20260302);
        var windows = Enumerable.Range(0, 120).Select(number => Any(random, $"w{number:0000}")).ToList();

        await ShouldBeReadAlikeAsync(windows);
    }

    [InteropFact(Node, Parser)]
    public async Task Events_OfAWeeklyRuleInEveryZone_AreReadAsTheSameOccurrences()
    {
        var windows = DateTimeZoneProviders.Tzdb.Ids.Where((_, place) => place % 5 == 0)
            .Select((zone, number) =>
                Window($"z{number:0000}", zone, "2025-10-04T22:15:00", "FREQ=WEEKLY;BYDAY=SA;INTERVAL=4", Duration.FromHours(8)))
            .ToList();

        await ShouldBeReadAlikeAsync(windows);
    }

    [Fact]
    public void Events_OfRandomRulesInManyZones_AreTheSameOccurrencesWhenWeImportThem()
    {
        var random = new Random(20260303);
        var windows = Enumerable.Range(0, 60).Select(number => Any(random, $"w{number:0000}")).ToList();
        var file = CalendarFile.Read(Encoding.UTF8.GetBytes(FeedDocument.Write("Any", [.. windows.SelectMany(Events)], Span.Written)), "");
        var read = file.Series.ToLookup(series => series.Uid[..5], series => series.Master!);
        windows.SelectMany(window => Differences(window, [.. read[window.Id].SelectMany(Held).Order()])).Take(20).ShouldBeEmpty();
    }

    private static IEnumerable<(string, string)> Held(CalendarEvent read)
    {
        read.Faults.ShouldBeEmpty();
        return RecurrenceSet.TryCreate(read.Times!.ToInput(), out _)!.OccurrencesBetween(From, Until)
            .Select(one => (InstantPattern.General.Format(one.Start), InstantPattern.General.Format(one.End)));
    }

    private static async Task ShouldBeReadAlikeAsync(IReadOnlyList<Window> windows)
    {
        var calendar = FeedDocument.Write("Any", [.. windows.SelectMany(Events)], Span.Written);
        var read = (await CalendarReader.ReadAsync(calendar, InstantPattern.General.Format(From), InstantPattern.General.Format(Until)))
            .ToLookup(one => one.Uid[..5], one => one.Times);
        windows.SelectMany(window => Differences(window, [.. read[window.Id]])).Take(20).ShouldBeEmpty();
    }

    private static IEnumerable<string> Differences(Window window, List<(string Start, string End)> read)
    {
        var held = new WindowSchedule(window).Overlapping(From, Until).Where(one => one.Start >= From)
            .Select(one => (Start: InstantPattern.General.Format(one.Start), End: InstantPattern.General.Format(one.End))).ToList();
        var terms = window.Terms;
        var what = $"{terms.Recurrence} from {terms.Start} in {terms.TimeZone}, {terms.GapPolicy}, {terms.OverlapPolicy}, "
            + $"{terms.DurationPolicy}, {terms.Duration}";
        foreach (var one in held.Except(read).Take(1)) yield return $"{what}: lacks {one}";
        foreach (var one in read.Except(held).Take(1)) yield return $"{what}: has {one}";
        if (read.Count != read.Distinct().Count()) yield return $"{what}: has one twice";
    }

    private static IEnumerable<FeedEvent> Events(Window window)
    {
        var schedule = new WindowSchedule(window);
        var held = Span.Of(schedule.Rule, schedule.Set.Start.Value, schedule.Overlapping);
        return new Series(schedule.Set, schedule.Rule, held, schedule.Last).Events(FeedEntries.Of(window), Span.Horizon);
    }

    private static Window Any(Random random, string id)
    {
        T Of<T>(params T[] values) => values[random.Next(values.Length)];
        var time = $"{random.Next(0, 4):00}:{Of("00", "15", "30", "59")}:00";
        var start = $"{Of("2024", "2025", "2026")}-{random.Next(1, 13):00}-{random.Next(1, 29):00}T{time}";
        var rule = Of(
            $"FREQ=DAILY;INTERVAL={random.Next(1, 5)}",
            "FREQ=DAILY;BYDAY=MO,WE,FR",
            $"FREQ=WEEKLY;INTERVAL={random.Next(1, 4)};BYDAY={Of("SU", "SA,SU", "TU,TH", "MO,SU")};WKST={Of("MO", "SU")}",
            "FREQ=WEEKLY",
            $"FREQ=WEEKLY;BYMONTH={random.Next(1, 7)},{random.Next(7, 13)};BYDAY=SU",
            $"FREQ=MONTHLY;BYDAY={Of("1SU", "-1SU", "2SA,-1FR", "5SU", "SU")};INTERVAL={random.Next(1, 4)}",
            $"FREQ=MONTHLY;BYMONTHDAY={Of("-1", "31", "25,29", "-2,1")}",
            "FREQ=MONTHLY",
            $"FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS={Of("1", "-1", "1,-1")}",
            $"FREQ=YEARLY;BYMONTH={Of("3", "10", "3,10")};BYDAY={Of("-1SU", "2SU", "SU")}",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYYEARDAY=88,300,-1",
            "FREQ=YEARLY;BYWEEKNO=13,43;BYDAY=SU",
            "FREQ=HOURLY;INTERVAL=31",
            "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=30");
        rule += Of("", "", ";COUNT=60", ";UNTIL=20280401T000000Z");
        var length = Of(Duration.FromHours(1), Duration.FromHours(3), Duration.FromHours(30));
        var window = Window(id, Of(Zones), start, rule, length);
        var terms = window.Terms with
        {
            GapPolicy = Of(GapPolicy.Shift, GapPolicy.Skip),
            OverlapPolicy = Of(OverlapPolicy.First, OverlapPolicy.Second),
            DurationPolicy = Of(DurationPolicy.Exact, DurationPolicy.WallClock),
            EffectiveFrom = Of<LocalDate?>(null, null, new LocalDate(2026, 2, 1)),
            EffectiveUntil = Of<LocalDate?>(null, null, new LocalDate(2027, 11, 30)),
        };
        return MaintenanceWindows.Windows.Window.Create(id, terms, "", Instant.FromUtc(2026, 1, 1, 0, 0));
    }

    private static Window Window(string id, string zone, string start, string rule, Duration duration) =>
        MaintenanceWindows.Windows.Window.Create(
            id,
            new WindowTerms { TimeZone = zone, Start = start, Recurrence = rule, Duration = duration },
            "",
            Instant.FromUtc(2026, 1, 1, 0, 0));
}
