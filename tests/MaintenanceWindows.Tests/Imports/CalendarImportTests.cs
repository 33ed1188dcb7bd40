using System.Text;
using Google.Protobuf;
using Governance.Common.V1;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using static Governance.MaintenanceWindows.Tests.Imports.Uploads;
using As = Governance.Windows.V1.ImportCalendarRequest.Types.As;
using Outcome = Governance.Windows.V1.ImportedComponent.Types.Outcome;
using Schedule = Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using Verdict = Governance.Windows.V1.CheckChangeResponse.Types.Verdict;

namespace Governance.MaintenanceWindows.Tests.Imports;

/// <summary>It is Monday, 2026-03-02 09:00 UTC.</summary>
public class CalendarImportTests(Schedule schedule) : IClassFixture<Schedule>
{
    [Fact]
    public async Task Import_AsFreezes_TakesTimesRulesAndWords()
    {
        var calendar = new Source(schedule, "peaks") { Parameters = { As = As.Freeze, TimeZone = "Europe/Vienna" } };
        var answer = await calendar.ImportAsync(Calendar(
            Event(
                "bf",
                "SUMMARY:Black Friday",
                "DESCRIPTION:Trading peak\\, keep off",
                "LOCATION:Everywhere",
                "DTSTART;VALUE=DATE:20261127",
                "DTEND;VALUE=DATE:20261201",
                "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4FR"),
            Event("sale", "SUMMARY:Sale", "DTSTART;TZID=Europe/Vienna:20260305T080000", "DTEND;TZID=Europe/Vienna:20260305T200000"),
            Event(
                "odd",
                "SUMMARY:Odd",
                "DTSTART:20260401T220000Z",
                "DURATION:PT1H",
                "RDATE:20260403T220000Z",
                "RRULE:FREQ=MONTHLY;COUNT=2",
                "EXDATE:20260501T220000Z")));

        (answer.Summary.Created, answer.Summary.RejectedCount).ShouldBe((3, 0));
        answer.Components.Select(one => (one.Uid, one.Outcome, one.TakenAs.Count))
            .ShouldBe([("bf", Outcome.Created, 1), ("sale", Outcome.Created, 1), ("odd", Outcome.Created, 1)]);
        answer.Components[0].PropertiesNotTaken.ShouldBe(["LOCATION"]);
        var (peak, sale, odd) = (await calendar.FreezeAsync(
            answer, "bf"), await calendar.FreezeAsync(answer, "sale"), await calendar.FreezeAsync(answer, "odd"));
        (peak.Start, peak.End, peak.Recurrence, peak.Reason, peak.TimeZone).ShouldBe(
            ("2026-11-27", "2026-12-01", "FREQ=YEARLY;BYMONTH=11;BYDAY=4FR", "Trading peak, keep off", "Europe/Vienna"));
        (sale.Start, sale.End, sale.DisplayName).ShouldBe(("2026-03-05T08:00:00", "2026-03-05T20:00:00", "Sale"));
        (odd.TimeZone, odd.Duration.Seconds).ShouldBe(("UTC", 3600));
        (odd.Rdates[0], odd.Exdates[0]).ShouldBe(("2026-04-03T22:00:00", "2026-05-01T22:00:00"));
        sale.Scope.Components.ShouldBe(["components/peaks"]);
    }

    [Fact]
    public async Task Import_OfAFreeze_DeniesChangesAndItsRdatesToo()
    {
        await schedule.ComponentAsync("denied");
        var calendar = new Source(schedule, "denied") { Parameters = { As = As.Freeze } };
        await calendar.ImportAsync(
            Calendar(Event("twice", "DTSTART:20260310T080000Z", "DTEND:20260310T100000Z", "RDATE:20260312T080000Z")));
        foreach (var at in (string[])["2026-03-10T09:00:00", "2026-03-12T09:00:00"])
        {
            var verdict = await schedule.Planner.Changes.CheckChangeAsync(
                new() { Component = "denied", Environment = "production", Kind = ChangeKind.Patch, At = At(at) });
            (verdict.Verdict, verdict.Reasons[0].Rule).ShouldBe((Verdict.Denied, "FROZEN"));
        }
    }

    [Fact]
    public async Task Import_AsWindows_TakesKindsAndLengths()
    {
        var calendar = new Source(
            schedule, "nights")
        { Parameters = { As = As.Window, AllowedKinds = { ChangeKind.Release }, TimeZone = "Europe/Vienna" } };
        var answer = await calendar.ImportAsync(Calendar(
            Event(
                "tue",
                "SUMMARY:Tuesdays",
                "DTSTART;TZID=W. Europe Standard Time:20260303T220000",
                "DURATION:PT3H",
                "RRULE:FREQ=WEEKLY;BYDAY=TU"),
            Event("patches", "CATEGORIES:patch,Other", "DTSTART:20260304T220000Z", "DURATION:PT3H"),
            Event("sundays", "DTSTART;VALUE=DATE:20260308", "RRULE:FREQ=WEEKLY;UNTIL=20260315"),
            Event("peak", "CATEGORIES:FREEZE", "DTSTART:20260310T220000Z", "DURATION:PT3H")));

        answer.Summary.Created.ShouldBe(4);
        var tuesdays = await calendar.WindowAsync(answer, "tue");
        (tuesdays.TimeZone, tuesdays.Start, tuesdays.Duration.Seconds).ShouldBe(("Europe/Berlin", "2026-03-03T22:00:00", 3 * 3600));
        tuesdays.AllowedKinds.ShouldBe([ChangeKind.Release]);
        (await calendar.WindowAsync(answer, "patches")).AllowedKinds.ShouldBe([ChangeKind.Patch]);
        answer.Of("peak").TakenAs.Single().ShouldStartWith("freezes/");
        var held = await schedule.Planner.Occurrences.ListOccurrencesAsync(
            new() { Window = answer.Of("sundays").TakenAs[0], Until = At("2026-05-01T00:00:00") });
        held.Occurrences.Select(one => (one.LocalStart, one.LocalEnd)).ShouldBe(
            [("2026-03-08T00:00:00", "2026-03-09T00:00:00"), ("2026-03-15T00:00:00", "2026-03-16T00:00:00")]);
    }

    [Fact]
    public async Task Import_OfWhatCannotBeTaken_ReportsEachComponentAndTakesTheRest()
    {
        var calendar = new Source(schedule, "mixed") { Parameters = { As = As.Freeze } };
        var answer = await calendar.ImportAsync(Calendar(
            "BEGIN:VTODO\nUID:todo\nSUMMARY:Call them\nDUE:20260303T220000Z\nEND:VTODO",
            "BEGIN:VJOURNAL\nUID:journal\nEND:VJOURNAL",
            "BEGIN:VEVENT\nUID:alarmed\nDTSTART:20260303T220000Z\nDURATION:PT3H\nBEGIN:VALARM\nACTION:DISPLAY\nEND:VALARM\nEND:VEVENT",
            Event("all-day", "DTSTART;VALUE=DATE:20260303"),
            Event("bad-rule", "DTSTART:20260303T220000Z", "DURATION:PT3H", "RRULE:FREQ=WEEKLY;BYDAY=1TU"),
            Event("mars", "DTSTART;TZID=Mars/Olympus:20260303T220000", "DURATION:PT3H"),
            Event("called-off", "STATUS:CANCELLED", "DTSTART:20260303T220000Z", "DURATION:PT3H"),
            Event("b1@bookings.governance", "DTSTART:20260303T220000Z", "DURATION:PT3H"),
            "BEGIN:VEVENT\nDTSTART:20260303T220000Z\nDURATION:PT3H\nEND:VEVENT"));

        answer.Components.Select(one => (one.Kind, one.Uid, one.Outcome)).ShouldBe(
        [
            ("VTODO", "todo", Outcome.Skipped), (
                "VJOURNAL", "journal", Outcome.Skipped), ("VEVENT", "alarmed", Outcome.Created), ("VALARM", "alarmed", Outcome.Skipped),
            ("VEVENT", "all-day", Outcome.Rejected), ("VEVENT", "bad-rule", Outcome.Rejected), ("VEVENT", "mars", Outcome.Rejected),
            ("VEVENT", "called-off", Outcome.Skipped), (
                "VEVENT", "b1@bookings.governance", Outcome.Skipped), ("VEVENT", "", Outcome.Rejected),
        ]);
        answer.Of("all-day").Reason.ShouldContain("time_zone");
        answer.Of("bad-rule").Reason.ShouldContain("recurrence: BYDAY");
        answer.Of("mars").Reason.ShouldContain("'Mars/Olympus'");
        answer.Of("todo").PropertiesNotTaken.ShouldBe(["DUE"]);
        (answer.Summary.Created, answer.Summary.RejectedCount).ShouldBe((1, 4));
        answer.Summary.Rejected.Select(one => one.Position).ShouldContain("line 20");
    }

    [Fact]
    public async Task Import_Again_UpdatesByUidAndIsIdempotent()
    {
        var calendar = new Source(schedule, "repeated") { Parameters = { As = As.Freeze } };
        var first = Event("one", "SEQUENCE:1", "SUMMARY:First", "DTSTART:20260310T080000Z", "DTEND:20260310T100000Z");
        var created = await calendar.ImportAsync(Calendar(first));
        var name = created.Of("one").TakenAs.Single();
        (await calendar.ImportAsync(Calendar(first))).Of("one").ShouldBe(With(created.Of("one"), Outcome.Unchanged));

        await schedule.Planner.Freezes.UpdateFreezeAsync(new()
        {
            Freeze = new() { Name = name, OverridePolicy = new OverridePolicy { Roles = { "approver" } } },
            UpdateMask = new() { Paths = { "override_policy" } },
        });
        var moved = await calendar.ImportAsync(Calendar(first.Replace("SEQUENCE:1", "SEQUENCE:2").Replace("T100000Z", "T120000Z")));
        (moved.Of("one").Outcome, moved.Of("one").TakenAs.Single()).ShouldBe((Outcome.Updated, name));
        var freeze = await schedule.Planner.Freezes.GetFreezeAsync(new() { Name = name });
        (freeze.End, freeze.OverridePolicy.Roles[0]).ShouldBe(("2026-03-10T12:00:00", "approver"));
        var stale = await calendar.ImportAsync(Calendar(first));
        (stale.Of("one").Outcome, stale.Of("one").Reason).ShouldBe((Outcome.Unchanged, "A newer revision of it was imported."));

        var cancelled = first.Replace("SEQUENCE:1", "SEQUENCE:3\nSTATUS:CANCELLED");
        (await calendar.ImportAsync(Calendar(cancelled))).Of("one").Outcome.ShouldBe(Outcome.Updated);
        (await calendar.ImportAsync(Calendar(cancelled))).Of("one").Outcome.ShouldBe(Outcome.Unchanged);
        (await schedule.Planner.Freezes.GetFreezeAsync(new() { Name = name })).State.ShouldBe(Freeze.Types.State.Lifted);
        var back = (await calendar.ImportAsync(Calendar(first.Replace("SEQUENCE:1", "SEQUENCE:4")))).Of("one");
        (back.Outcome, back.TakenAs.Single() == name).ShouldBe((Outcome.Created, false));
    }

    [Fact]
    public async Task Import_OfASeriesWithReplacedOccurrences_TakesThemByThemselves()
    {
        await schedule.ComponentAsync("replaced");
        var calendar = new Source(schedule, "replaced") { Parameters = { As = As.Window } };
        var master =
            Event("series", "SUMMARY:Nights", "DTSTART;TZID=Europe/Vienna:20260303T220000", "DURATION:PT2H", "RRULE:FREQ=DAILY;COUNT=4");
        var later = Event(
            "series",
            "RECURRENCE-ID;TZID=Europe/Vienna:20260304T220000",
            "SEQUENCE:1",
            "DTSTART;TZID=Europe/Vienna:20260304T233000",
            "DURATION:PT1H");
        var dropped = Event("series", "RECURRENCE-ID:20260305T210000Z", "STATUS:CANCELLED", "SEQUENCE:1");

        var answer = await calendar.ImportAsync(Calendar(master, later, dropped));

        answer.Summary.Created.ShouldBe(1);
        answer.Components.ShouldAllBe(one => one.Outcome == Outcome.Created && one.TakenAs.Count == 2);
        (await HeldAsync(answer)).ShouldBe(["2026-03-03T22:00:00", "2026-03-04T23:30:00", "2026-03-06T22:00:00"]);

        answer = await calendar.ImportAsync(Calendar(master.Replace("SUMMARY:Nights", "SUMMARY:Nights\nSEQUENCE:2"), dropped));
        answer.Summary.Updated.ShouldBe(1);
        (await HeldAsync(answer)).ShouldBe(["2026-03-03T22:00:00", "2026-03-04T22:00:00", "2026-03-06T22:00:00"]);

        async Task<IEnumerable<string>> HeldAsync(ImportCalendarResponse taken)
        {
            var windows = taken.Components[0].TakenAs;
            var held = await schedule.Planner.Occurrences.ListOccurrencesAsync(new() { Component = "replaced" });
            return held.Occurrences.Where(one => windows.Contains(one.Window)).Select(one => one.LocalStart);
        }
    }

    [Fact]
    public async Task Import_AfterPeopleLiftedIt_LeavesItLifted()
    {
        var calendar = new Source(schedule, "lifted") { Parameters = { As = As.Freeze } };
        var name =
            (await calendar.ImportAsync(Calendar(Event("one", "DTSTART:20260310T080000Z", "DURATION:PT1H")))).Of("one").TakenAs.Single();
        await schedule.Planner.Freezes.DeleteFreezeAsync(new() { Name = name, Reason = "Not this year" });
        var again =
            (await calendar.ImportAsync(Calendar(Event("one", "SEQUENCE:1", "DTSTART:20260310T090000Z", "DURATION:PT1H")))).Of("one");
        (again.Outcome, again.Reason).ShouldBe((Outcome.Unchanged, $"{name} was lifted or retired here, and stays so."));
    }

    [Fact]
    public async Task Import_ValidateOnly_ReportsAndKeepsNothing()
    {
        var calendar = new Source(schedule, "checked") { Parameters = { As = As.Freeze, ValidateOnly = true } };
        var answer = await calendar.ImportAsync(Calendar(Event("one", "DTSTART:20260310T080000Z", "DURATION:PT1H")));
        answer.Of("one").Outcome.ShouldBe(Outcome.Created);
        (await schedule.Planner.Freezes.ListFreezesAsync(new() { Component = "checked" })).Freezes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WithWrongParametersOrNoCalendar_NamesThem()
    {
        var calendar = new Source(schedule, "wrong") { Parameters = { As = As.Freeze, TimeZone = "Europe/Wien", Source = "X" } };
        (await Refusal.OfAsync(() => calendar.ImportAsync([]))).Fields.ShouldBe(["time_zone", "source"]);
        var right = new Source(schedule, "right") { Parameters = { As = As.Freeze } };
        var refusal = await Refusal.OfAsync(() => right.ImportAsync("<html>"u8.ToArray()));
        refusal.Fields.ShouldBe(["document"]);
        refusal.Message.ShouldContain("Line 1");
    }

    [Fact]
    public async Task Import_ByAnEngineerOfAComponent_CoversThatAlone()
    {
        var calendar = new Source(
            schedule,
            "scoped")
        { Parameters = { As = As.Freeze }, Client = schedule.As(Callers.Person("sid", "engineer@components/scoped")) };
        var document = Calendar(Event("one", "DTSTART:20260310T080000Z", "DURATION:PT1H"));
        (await calendar.ImportAsync(document)).Summary.Created.ShouldBe(1);
        calendar.Parameters.Scope = new();
        (await Refusal.OfAsync(() => calendar.ImportAsync(document))).Code.ShouldBe(StatusCode.PermissionDenied);
        calendar.Parameters.Scope.Components.Add("components/theirs");
        calendar.Client = schedule.As(Callers.Person("tom", "engineer@components/theirs"));
        (await calendar.ImportAsync(document)).Of("one").Reason.ShouldEndWith("covers more than the caller may write.");
    }

    [Fact]
    public async Task Import_OfOurOwnFeed_HoldsTheSameTimesAgain()
    {
        await schedule.ComponentAsync("fed");
        await schedule.NightsAsync("fed-nights", InVienna, "fed");
        await schedule.NightsAsync(
            "fed-monthly",
            window => (window.Recurrence, window.DisplayName) = ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1", "Last, but; not \"least\" – ü"),
            "fed");
        await schedule.FreezeAsync("fed-peak", "2026-05-01T00:00:00", "2026-05-04T00:00:00", "fed");
        var feed = await schedule.Planner.CalendarFeeds.CreateCalendarFeedAsync(
            new() { CalendarFeedId = "fed-feed", CalendarFeed = new() { Scope = new() { Components = { "components/fed" } } } });
        var text = await schedule.Host.Http.GetStringAsync(feed.Path);

        var calendar = new Source(schedule, "fed-again");
        var answer = await calendar.ImportAsync(Encoding.UTF8.GetBytes(text));

        answer.Summary.RejectedCount.ShouldBe(0);
        answer.Components.ShouldAllBe(one => one.Outcome == Outcome.Created);
        await schedule.ComponentAsync("fed-again");
        (await HeldAsync("fed-again")).ShouldBe(await HeldAsync("fed"));
        var freeze = (await schedule.Planner.Freezes.ListFreezesAsync(new() { Component = "fed-again" })).Freezes.ShouldHaveSingleItem();
        (freeze.DisplayName, freeze.Start, freeze.End).ShouldBe(("fed-peak", "2026-05-01T00:00:00", "2026-05-04T00:00:00"));
        (await calendar.ImportAsync(Encoding.UTF8.GetBytes(text))).Summary.ShouldBe(
            new ImportSummary { Unchanged = answer.Summary.Created });

        async Task<List<string>> HeldAsync(string component)
        {
            var held = await schedule.Planner.Occurrences.ListOccurrencesAsync(
                new() { Component = component, Until = At("2027-06-01T00:00:00"), PageSize = 1000 });
            return [.. held.Occurrences.Select(one => $"{one.Start} {one.End} {string.Join(",", one.AllowedKinds)}")
                .Order(StringComparer.Ordinal)];
        }
    }

    private static void InVienna(Window window)
    {
        window.TimeZone = "Europe/Vienna";
        window.AllowedKinds.Add(ChangeKind.Patch);
    }

    private static ImportedComponent With(ImportedComponent one, Outcome outcome)
    {
        var other = one.Clone();
        other.Outcome = outcome;
        return other;
    }

    /// <summary>A calendar that is imported for one component.</summary>
    private sealed class Source(Schedule schedule, string id)
    {
        public WindowsClients Client { get; set; } = schedule.Planner;

        public ImportCalendarRequest Parameters { get; } = new() { Source = id, Scope = new() { Components = { $"components/{id}" } } };

        public async Task<ImportCalendarResponse> ImportAsync(byte[] document)
        {
            using var call = Client.Calendars.ImportCalendar();
            await call.RequestStream.WriteAsync(Parameters);
            foreach (var piece in document.Chunk(50_000))
            {
                await call.RequestStream.WriteAsync(new() { Document = new() { Data = ByteString.CopyFrom(piece) } });
            }
            await call.RequestStream.CompleteAsync();
            return await call;
        }

        public Task<Freeze> FreezeAsync(ImportCalendarResponse answer, string uid) =>
            schedule.Planner.Freezes.GetFreezeAsync(new() { Name = answer.Of(uid).TakenAs.Single() }).ResponseAsync;

        public Task<Window> WindowAsync(ImportCalendarResponse answer, string uid) =>
            schedule.Planner.Windows.GetWindowAsync(new() { Name = answer.Of(uid).TakenAs.Single() }).ResponseAsync;
    }
}

internal static class ImportedComponents
{
    public static ImportedComponent Of(this ImportCalendarResponse answer, string uid) => answer.Components.First(one => one.Uid == uid);
}
