using System.Text;
using Governance.Ownership.Schedules;
using Governance.Ownership.Schedules.Imports;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Schedules.Times;

namespace Governance.Ownership.Tests.Schedules;

public class ScheduleImportTests
{
    private const string PagerDuty = """
        { "schedule": { "name": "Shop", "time_zone": "Europe/Berlin",
          "schedule_layers": [
            { "name": "Nights", "start": "2026-02-02T09:00:00+01:00", "end": null, "rotation_virtual_start": "2026-01-05T20:00:00+01:00",
              "rotation_turn_length_seconds": 86400, "users": [ { "user": { "id": "P3", "summary": "Night Owl", "email": "owl@example.com" } } ],
              "restrictions": [ { "type": "daily_restriction", "start_time_of_day": "20:00:00", "duration_seconds": 43200 } ] },
            { "name": "Base", "start": "2026-01-05T09:00:00+01:00", "end": null, "rotation_virtual_start": "2026-01-05T09:00:00+01:00",
              "rotation_turn_length_seconds": 604800, "users": [ { "user": { "id": "P1", "summary": "First" } }, { "user": { "id": "P2", "summary": "Second" } } ], "restrictions": [] },
            { "name": "Odd", "start": "2026-01-05T09:00:00+01:00", "rotation_turn_length_seconds": 5400, "users": [ { "user": { "id": "P1" } } ] },
            { "name": "Gone", "start": "2024-01-01T09:00:00+01:00", "end": "2025-01-01T09:00:00+01:00", "rotation_turn_length_seconds": 86400, "users": [ { "user": { "id": "P1" } } ] } ],
          "overrides_subschedule": { "rendered_schedule_entries": [
            { "start": "2026-03-29T01:00:00+01:00", "end": "2026-03-29T05:00:00+02:00", "user": { "id": "P2", "summary": "Second", "email": "second@example.com" } } ] } } }
        """;

    private static readonly string Feed = string.Join("\r\n", [
        "BEGIN:VCALENDAR", "VERSION:2.0", "X-WR-TIMEZONE:America/New_York",
        "BEGIN:VEVENT", "UID:1", "SUMMARY:On call", "ATTENDEE;CN=\"One; the "
            + "first\":mailto:One@exam", " ple.com", "DTSTART:20260302T140000Z", "DTEND:20260309T130000Z", "END:VEVENT",
        "BEGIN:VEVENT", "UID:2", "SUMMARY:Two\\, second", "DTSTART;TZID=Europe/Berlin:20260329T010000", "DURATION:PT4H",
        "BEGIN:VALARM", "SUMMARY:Ring", "END:VALARM", "END:VEVENT",
        "BEGIN:VEVENT", "UID:3", "SUMMARY:Two\\, second", "DTSTART;VALUE=DATE:20260401", "END:VEVENT",
        "BEGIN:VEVENT", "UID:4", "SUMMARY:Three", "DTSTART:20260406T090000", "DTEND:20260406T170000", "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3", "END:VEVENT",
        "BEGIN:VEVENT", "UID:5", "SUMMARY:Three", "DTSTART:20260406T090000", "DTEND:20260406T170000", "RRULE:FREQ=MONTHLY;BYDAY=1MO", "END:VEVENT",
        "BEGIN:VEVENT", "UID:6", "SUMMARY:Three", "DTSTART:20260406T090000", "DTEND:20260406T170000", "RRULE:FREQ=WEEKLY", "END:VEVENT",
        "BEGIN:VEVENT", "UID:7", "SUMMARY:Off", "STATUS:CANCELLED", "DTSTART:20260406T090000", "DTEND:20260406T170000", "END:VEVENT",
        "BEGIN:VEVENT", "UID:8", "DTSTART:20260406T090000", "DTEND:20260406T170000", "END:VEVENT",
        "END:VCALENDAR", ""]);

    [Fact]
    public void PagerDuty_Schedule_AnswersAsPagerDutyDoes()
    {
        var read = PagerDutySchedule.Read(PagerDuty, Year(2026));
        read.People.ShouldBe(
            [new("P3", "Night Owl", "owl@example.com"), new("P1", "First", ""), new("P2", "Second", "second@example.com")],
            ignoreOrder: true);
        read.Rejected.ShouldHaveSingleItem()
            .ShouldBe(new ImportReject(3, "Odd", "A rotation_turn_length_seconds of 5400 is no number of whole hours."));
        var schedule = new OnCallSchedule(read.Terms);
        string Who(string at) => schedule.At(At(at)).User;
        Who("2026-01-10T23:00:00+01:00").ShouldBe("P1"); // the night layer starts in February
        Who("2026-02-10T23:00:00+01:00").ShouldBe("P3"); // and is listed first, so it wins
        Who("2026-02-11T07:59:59+01:00").ShouldBe("P3");
        Who("2026-02-11T08:00:00+01:00").ShouldBe("P2"); // the sixth week
        Who("2026-04-06T08:30:00+02:00").ShouldBe("P1"); // week 13: handover at 09:00 in summer too
        Who("2026-04-06T09:00:00+02:00").ShouldBe("P2");
        Who("2026-03-29T03:30:00+02:00").ShouldBe("P2"); // overridden
        Who("2026-03-29T05:00:00+02:00").ShouldBe("P3");
    }

    [Fact]
    public void PagerDuty_NumberedLayers_TheHighestNumberWins()
    {
        var json = PagerDuty.Replace("\"Nights\"", "\"Layer 2\"", StringComparison.Ordinal).Replace(
            "\"Base\"", "\"Layer 1\"", StringComparison.Ordinal);
        PagerDutySchedule.Read(json, Year(2026)).Terms.Rotations.Select(one => one.Id).ShouldBe(["layer-1", "layer-2"]);
    }

    [Theory]
    [InlineData("{", "Is no JSON: line 1, byte 2.")]
    [InlineData("[]", "Has no schedule.schedule_layers: it is no PagerDuty schedule.")]
    [InlineData("""{"schedule":{"time_zone":"Mars","schedule_layers":[]}}""", "schedule.time_zone 'Mars' is no zone of the IANA database.")]
    public void PagerDuty_OtherDocument_IsRefusedWithThePlace(string json, string reason) =>
        Should.Throw<FormatException>(() => PagerDutySchedule.Read(json, Year(2026))).Message.ShouldBe(reason);

    [Fact]
    public void ICalendar_Feed_IsShiftsOfItsPeople()
    {
        var read = Read(Feed, Zone("UTC"), Year(2026));
        read.People.ShouldBe([new(
            "one@example.com", "One; the first", "One@example.com"), new("Two, second", "Two, second", ""), new("Three", "Three", "")]);
        read.Terms.Shifts.ShouldBe([
            new Shift("one@example.com", At("2026-03-02T14:00:00Z"), At("2026-03-09T13:00:00Z")),
            new Shift("Two, second", At("2026-03-29T01:00:00+01:00"), At("2026-03-29T06:00:00+02:00")),
            new Shift("Two, second", At("2026-04-01T00:00:00-04:00"), At("2026-04-02T00:00:00-04:00")),
            new Shift("Three", At("2026-04-06T09:00:00-04:00"), At("2026-04-06T17:00:00-04:00")),
            new Shift("Three", At("2026-04-20T09:00:00-04:00"), At("2026-04-20T17:00:00-04:00")),
            new Shift("Three", At("2026-05-04T09:00:00-04:00"), At("2026-05-04T17:00:00-04:00"))]);
        read.Rejected.Select(one => (one.Position, one.Id)).ShouldBe([(5, "5"), (6, "6"), (8, "8")]);
        Read(Feed, Zone("UTC"), At("2026-03-30T00:00:00Z")).Terms.Shifts.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("", "Line 1 begins no VCALENDAR.")]
    [InlineData("<html>:", "Line 1 stands outside of any VCALENDAR; the file is no iCalendar.")]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1", "Line 2 begins a VEVENT that never ends; the file is cut off.")]
    [InlineData(
        "BEGIN:VCALENDAR\nnonsense\nEND:VCALENDAR", "The calendar cannot be read: line 2 has no colon after NONSENSE and its parameters.")]
    public void ICalendar_OtherDocument_IsRefusedWithThePlace(string text, string reason) =>
        Should.Throw<FormatException>(() => Read(text, Zone("UTC"), Year(2026))).Message.ShouldBe(reason);

    [Theory]
    [InlineData("DTSTART;TZID=W. Europe Standard Time:20260601T090000\nDURATION:PT8H", "2026-06-01T09:00:00+02:00")]
    [InlineData("DTSTART;TZID=/example.org/20260101_1/Europe/Berlin:20260601T090000\nDTEND:20260601T180000Z", "2026-06-01T09:00:00+02:00")]
    [InlineData("DTSTART;TZID=Office:20260601T090000\nDURATION:PT8H", "2026-06-01T09:00:00+01:00")]
    public void ICalendar_ZonesAsOtherProgramsNameThem_AreKnown(string times, string from) =>
        Read(Event(times), Zone("UTC"), Year(2026)).Terms.Shifts.ShouldHaveSingleItem().From.ShouldBe(At(from));

    [Theory]
    [InlineData("DTSTART;TZID=Mars:20260601T090000", "Line 9: DTSTART: zone 'Mars' is none of the IANA database")]
    [InlineData("DTSTART:yesterday", "Line 9: DTSTART: 'yesterday' is no date or date-time of iCalendar.")]
    [InlineData("DTSTART:20260601T090000Z\nDURATION:8h", "Line 10: DURATION: '8h' is no duration such as PT2H.")]
    [InlineData("DTSTART:20260601T090000Z\nDURATION:P999999W", "It reaches beyond the year 9999.")]
    [InlineData(
        "DTSTART:20260601T090000Z\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;FREQ=DAILY;COUNT=2",
        "Line 11: RRULE 'FREQ=WEEKLY;FREQ=DAILY;COUNT=2' is more than")]
    [InlineData("DTSTART:20260601T090000Z\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;INTERVAL=10000;COUNT=400", "It reaches beyond the year 9999.")]
    [InlineData(
        "DTSTART:20260601T090000Z\nDURATION:PT8H\nno colon",
        "It has lines that cannot be read: line 11 has no colon after NO and its parameters.")]
    public void ICalendar_EventThatCannotBeTaken_IsRejectedAloneWithThePlace(string lines, string reason)
    {
        var read = Read(Event(lines) + Event("DTSTART:20260601T090000Z\nDURATION:PT8H"), Zone("UTC"), Year(2026));
        read.Rejected.ShouldHaveSingleItem().Reason.ShouldStartWith(reason);
        read.Terms.Shifts.ShouldHaveSingleItem().From.ShouldBe(At("2026-06-01T09:00:00Z"));
    }

    private static string Event(string lines) =>
        $"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Office\nX-LIC-LOCATION:Europe/London\nEND:VTIMEZONE\nBEGIN:VEVENT\nUID:1\nSUMMARY:One\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n";

    private static ImportedSchedule Read(string text, DateTimeZone zone, Instant from) =>
        ICalendarShifts.Read(Encoding.UTF8.GetBytes(text), zone, from);
}
