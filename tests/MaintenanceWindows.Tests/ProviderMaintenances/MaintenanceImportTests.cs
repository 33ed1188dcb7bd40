using System.Text;
using Governance.Common.V1;
using Governance.MaintenanceWindows.Tests.Imports;
using Governance.Testing;
using Governance.Windows.V1;
using Grpc.Core;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using static Governance.MaintenanceWindows.Tests.Imports.Uploads;
using Effect = Governance.Windows.V1.ProviderMaintenance.Types.Effect;
using Format = Governance.Windows.V1.ImportProviderMaintenancesRequest.Types.Format;
using Schedule = Governance.MaintenanceWindows.Tests.Bookings.Schedule;
using State = Governance.Windows.V1.ProviderMaintenance.Types.State;
using StepKind = Governance.Windows.V1.ProviderMaintenance.Types.Step.Types.Kind;

namespace Governance.MaintenanceWindows.Tests.ProviderMaintenances;

/// <summary>It is Monday, 2026-03-02 09:00 UTC.</summary>
public class MaintenanceImportTests(Schedule schedule) : IClassFixture<Schedule>
{
    private const string Tonight = "DTSTART:20260302T220000Z\nDTEND:20260303T000000Z";

    [Fact]
    public async Task Import_OfACalendarAgain_UpdatesByUidAndRevision()
    {
        var vendor = new Vendor(schedule, "again");
        var first = Event("works-1", "SUMMARY:Core banking\\, part 1", "CREATED:20260201T080000Z", "SEQUENCE:1", Tonight);
        Counts(await vendor.ImportAsync(Calendar(first))).ShouldBe((1, 0, 0, 0));
        Counts(await vendor.ImportAsync(Calendar(first))).ShouldBe((0, 0, 1, 0));
        var stored = (await vendor.ListAsync()).ShouldHaveSingleItem();
        (stored.DisplayName, stored.SourceUid, stored.AnnounceTime, stored.State).ShouldBe(
            ("Core banking, part 1", "works-1", At("2026-02-01T08:00:00"), State.Announced));

        var moved = first.Replace("SEQUENCE:1", "SEQUENCE:2").Replace("20260303T000000Z", "20260303T010000Z");
        Counts(await vendor.ImportAsync(Calendar(moved))).ShouldBe((0, 1, 0, 0));
        Counts(await vendor.ImportAsync(Calendar(first))).ShouldBe((0, 0, 1, 0));
        stored = (await vendor.ListAsync()).Single();
        (stored.State, stored.End, stored.SourceSequence, stored.History.Count).ShouldBe((State.Moved, At("2026-03-03T01:00:00"), 2, 2));

        var cancelled = moved.Replace("SEQUENCE:2", "SEQUENCE:3\nSTATUS:CANCELLED");
        Counts(await vendor.ImportAsync(Calendar(cancelled))).ShouldBe((0, 1, 0, 0));
        Counts(await vendor.ImportAsync(Calendar(cancelled))).ShouldBe((0, 0, 1, 0));
        (await vendor.ListAsync()).Single().State.ShouldBe(State.Cancelled);

        Counts(await vendor.ImportAsync(Calendar(moved.Replace("SEQUENCE:2", "SEQUENCE:4")))).ShouldBe((0, 1, 0, 0));
        stored = (await vendor.ListAsync()).Single();
        stored.State.ShouldBe(State.Moved);
        stored.History.Select(step => step.Kind).ShouldBe([StepKind.Announced, StepKind.Moved, StepKind.Cancelled, StepKind.Restored]);
    }

    [Fact]
    public async Task Import_OfASeries_TakesEachOccurrenceOfThirteenMonths()
    {
        var vendor = new Vendor(schedule, "series");
        string[] lines =
        [
            "SUMMARY:Monthly",
            "DTSTART;TZID=Europe/Vienna:20260203T010000",
            "DURATION:PT2H",
            "RRULE:FREQ=MONTHLY;BYDAY=1TU",
            "EXDATE;TZID=Europe/Vienna:20260407T010000",
        ];
        var replaced = Event(
            "monthly",
            "RECURRENCE-ID;TZID=Europe/Vienna:20260505T010000",
            "SUMMARY:In May later",
            "DTSTART;TZID=Europe/Vienna:20260506T010000",
            "DURATION:PT1H");
        var document = Calendar(Event("monthly", lines), replaced);

        Counts(await vendor.ImportAsync(document)).ShouldBe((12, 0, 0, 0));
        Counts(await vendor.ImportAsync(document)).ShouldBe((0, 0, 12, 0));

        var stored = await vendor.ListAsync();
        stored.Select(one => WindowsEstate.Text(one.Start)).Order().Take(4).ShouldBe(
            ["2026-03-03T00:00:00Z", "2026-05-05T23:00:00Z", "2026-06-01T23:00:00Z", "2026-07-06T23:00:00Z"]);
        var may = stored.Single(one => one.RecurrenceId == "20260504T230000Z");
        (may.DisplayName, may.End - may.Start).ShouldBe(("In May later", Minutes(60)));

        lines[3] += ";UNTIL=20260801T000000Z";
        Counts(await vendor.ImportAsync(Calendar(Event("monthly", lines), replaced))).ShouldBe((0, 8, 4, 0));
        (await vendor.ListAsync()).Count(one => one.State == State.Cancelled).ShouldBe(8);
    }

    [Fact]
    public async Task Import_OfWhatCannotBeTaken_RefusesItByPositionAndTakesTheRest()
    {
        var vendor = new Vendor(schedule, "refused");
        var summary = await vendor.ImportAsync(Calendar(
            Event("floating", "DTSTART:20260302T220000", "DURATION:PT1H"),
            Event("every-second", "DTSTART:20260302T220000Z", "DURATION:PT1S", "RRULE:FREQ=SECONDLY"),
            Event("backwards", "DTSTART:20260302T220000Z", "DTEND:20260302T210000Z"),
            "BEGIN:VTODO\nUID:todo\nEND:VTODO",
            Event("good", Tonight)));

        summary.Created.ShouldBe(1);
        summary.Rejected.Select(one => one.Id).ShouldBe(["floating", "every-second", "backwards", "todo"], ignoreOrder: true);
        var floating = summary.Rejected.Single(one => one.Id == "floating");
        (floating.Position, floating.Reason).ShouldBe(
            ("line 4", "DTSTART: '20260302T220000' has no zone; name the zone of such times in time_zone"));
        summary.Rejected.Single(one => one.Id == "every-second").Reason.ShouldContain("1000 occurrences");
    }

    [Fact]
    public async Task Import_ValidateOnly_CountsAndKeepsNothing()
    {
        var vendor = new Vendor(schedule, "checked");
        vendor.Parameters.ValidateOnly = true;
        Counts(await vendor.ImportAsync(Calendar(Event("one", Tonight)))).ShouldBe((1, 0, 0, 0));
        (await vendor.ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_AfterPeopleDecided_LeavesTheirEffectAndTheirDeletionAlone()
    {
        var vendor = new Vendor(schedule, "decided");
        await vendor.ImportAsync(Calendar(Event("kept", Tonight), Event("unwanted", Tonight)));
        var (kept, unwanted) = (await vendor.OfAsync("kept"), await vendor.OfAsync("unwanted"));
        await schedule.Planner.ProviderMaintenances.UpdateProviderMaintenanceAsync(new()
        {
            ProviderMaintenance = new() { Name = kept.Name, Effect = Effect.Warn },
            UpdateMask = new() { Paths = { "effect" } },
        });
        await schedule.Planner.ProviderMaintenances.DeleteProviderMaintenanceAsync(
            new() { Name = unwanted.Name, Reason = "Does not concern us" });

        var next = await vendor.ImportAsync(
            Calendar(Event("kept", "SEQUENCE:1", "SUMMARY:Now with a title", Tonight), Event("unwanted", "SEQUENCE:1", Tonight)));

        Counts(next).ShouldBe((0, 1, 1, 0));
        (await vendor.OfAsync("kept")).Effect.ShouldBe(Effect.Warn);
        (await vendor.ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Import_OfAStatusPage_TakesNoticeStateAndImpact()
    {
        var vendor = new Vendor(schedule, "page") { Parameters = { Format = Format.StatusPage, DefaultEffect = Effect.Warn } };
        const string scheduled = """
            {"id":"m1","name":"Network","status":"scheduled","impact":"minor","scheduled_for":"2026-03-04T22:00:00.000-06:00",
             "scheduled_until":"2026-03-04T23:30:00.000-06:00","updated_at":"2026-03-01T00:00:00Z","components":[{"id":"c1","name":"Deposit"}],
             "incident_updates":[{"body":"Second word","created_at":"2026-02-28T09:00:00Z"},{"body":"First word","created_at":"2026-02-20T09:00:00Z"}]}
            """;

        Counts(await vendor.ImportAsync(Page(scheduled))).ShouldBe((1, 0, 0, 0));
        Counts(await vendor.ImportAsync(Page(scheduled))).ShouldBe((0, 0, 1, 0));

        var stored = await vendor.OfAsync("m1");
        (stored.Start, stored.End, stored.AnnounceTime).ShouldBe(
            (At("2026-03-05T04:00:00"), At("2026-03-05T05:30:00"), At("2026-02-20T09:00:00")));
        (stored.Impact, stored.Description, stored.Effect, stored.State).ShouldBe(("minor", "Second word", Effect.Warn, State.Announced));
        stored.SourceComponents.ShouldBe(["Deposit"]);

        var completed = scheduled.Replace("\"scheduled\"", "\"completed\"").Replace("2026-03-01T00:00:00Z", "2026-03-02T08:00:00Z");
        Counts(await vendor.ImportAsync(Page(completed))).ShouldBe((0, 1, 0, 0));
        (await vendor.OfAsync("m1")).State.ShouldBe(State.Ended);
        Counts(await vendor.ImportAsync(Page(scheduled))).ShouldBe((0, 0, 1, 0));
    }

    [Fact]
    public async Task Import_OfAStatusPageWithBrokenRecords_RefusesThemByPlace()
    {
        var vendor = new Vendor(schedule, "broken") { Parameters = { Format = Format.StatusPage } };
        var summary = await vendor.ImportAsync(Page(
            """{"name":"No id","scheduled_for":"2026-03-04T22:00:00Z","scheduled_until":"2026-03-04T23:00:00Z"}""",
            """{"id":"b2","scheduled_for":"soon"}""",
            """{"id":"b3","status":"paused","scheduled_for":"2026-03-04T22:00:00Z","scheduled_until":"2026-03-04T23:00:00Z"}""",
            "12"));
        summary.Rejected.Select(one => one.Position).ShouldBe(Enumerable.Range(0, 4).Select(place => $"scheduled_maintenances[{place}]"));
        summary.Rejected[1].Reason.ShouldBe("scheduled_for 'soon' is no time such as 2026-02-15T00:00:00Z; scheduled_until is missing");
        (await Refusal.OfAsync(() => vendor.ImportAsync("{\"page\":{}}"u8.ToArray()))).Fields.ShouldBe(["document"]);
    }

    [SharedDataFact("incidents/statuspage_samples.json")]
    public async Task Import_OfRealStatusPages_TakesThem()
    {
        var vendor = new Vendor(schedule, "real") { Parameters = { Format = Format.StatusPage } };
        Counts(await vendor.ImportAsync(await File.ReadAllBytesAsync(SharedData.Path("incidents/statuspage_samples.json")))).ShouldBe(
            (2, 0, 0, 0));
        var network = await vendor.OfAsync("w1zdr745wmfy");
        (network.Start, network.Notice.Seconds, network.State).ShouldBe(
            (At("2014-05-18T04:00:00"), (long)new TimeSpan(3, 7, 35, 18).TotalSeconds, State.Ended));
    }

    [Fact]
    public async Task Import_ByAVendorsUser_IsOfItsOwnPartyAlone()
    {
        var own = new Vendor(schedule, "own") { Client = schedule.As(Callers.Person("vito", "engineer@parties/own")) };
        Counts(await own.ImportAsync(Calendar(Event("one", Tonight)))).ShouldBe((1, 0, 0, 0));
        var other = new Vendor(schedule, "others") { Client = own.Client };
        (await Refusal.OfAsync(() => other.ImportAsync(Calendar(Event("one", Tonight))))).Code.ShouldBe(StatusCode.PermissionDenied);
    }

    [Fact]
    public async Task Import_ByAComponentsEngineer_LeavesOtherComponentsMaintenanceAlone()
    {
        var vendor = new Vendor(schedule, "guarded");
        await vendor.ImportAsync(Calendar(Event("one", Tonight)));
        vendor.Parameters.Components[0] = "components/mine";
        vendor.Client = schedule.As(Callers.Person("mia", "engineer@components/mine"));
        var summary = await vendor.ImportAsync(Calendar(Event("one", Tonight)));
        summary.Rejected.ShouldHaveSingleItem().Reason.ShouldContain("outside of what the caller may write");
    }

    private static byte[] Page(params string[] records) =>
        Encoding.UTF8.GetBytes($$"""{"scheduled_maintenances":[{{string.Join(',', records)}}],"incidents":[]}""");

    private static (int, int, int, int) Counts(ImportSummary summary) =>
        (summary.Created, summary.Updated, summary.Unchanged, summary.RejectedCount);

    /// <summary>A vendor whose documents are imported.</summary>
    private sealed class Vendor(Schedule schedule, string id)
    {
        public WindowsClients Client { get; set; } = schedule.Planner;

        public ImportProviderMaintenancesRequest Parameters { get; } =
            new() { Party = $"parties/{id}", Components = { $"components/{id}" }, Format = Format.Icalendar };

        public Task<ImportSummary> ImportAsync(byte[] document) => Client.ImportAsync(Parameters, document);

        public async Task<IReadOnlyList<ProviderMaintenance>> ListAsync() =>
            (await schedule.Planner.ProviderMaintenances.ListProviderMaintenancesAsync(
                new() { Party = Parameters.Party, PageSize = 1000 })).ProviderMaintenances;

        public async Task<ProviderMaintenance> OfAsync(string uid) => (await ListAsync()).Single(one => one.SourceUid == uid);
    }
}
