using Governance.MaintenanceWindows.Imports;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;
using static Governance.MaintenanceWindows.Tests.Imports.Uploads;

namespace Governance.MaintenanceWindows.Tests.Imports;

public class EventTimesTests
{
    [Theory]
    [InlineData("Europe/Vienna")]
    [InlineData("europe/vienna")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("/mozilla.org/20050126_1/Europe/Vienna", "Europe/Vienna")]
    [InlineData("/example.org/America/Argentina/Ushuaia", "America/Argentina/Ushuaia")]
    public void Read_OfAZoneByAnyOfItsNames_IsIanas(string tzid, string zone = "Europe/Vienna") =>
        Read($"DTSTART;TZID={tzid}:20260113T220000", "DURATION:PT1H").Times!.Zone.ShouldBe(zone);

    [Fact]
    public void Read_OfAZoneThatIsDescribedOnly_IsRefusedByNameUnlessItSaysWhichItIs()
    {
        const string rules = "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0100\nEND:STANDARD\nEND:VTIMEZONE";
        string[] lines = ["DTSTART;TZID=\"Our: Zone\":20260113T220000", "DURATION:PT1H"];
        var refused = File(Calendar($"BEGIN:VTIMEZONE\nTZID:Our: Zone\n{rules}", Event("u", lines))).Series[0].Master!;
        refused.Faults.ShouldHaveSingleItem().ShouldStartWith("DTSTART: zone 'Our: Zone' is described by rules of its own (VTIMEZONE)");
        var said =
            File(Calendar($"BEGIN:VTIMEZONE\nTZID:Our: Zone\nX-LIC-LOCATION:Europe/Rome\n{rules}", Event("u", lines))).Series[0].Master!;
        said.Times!.Zone.ShouldBe("Europe/Rome");
        Read("DTSTART;TZID=Mars/Olympus:20260113T220000", "DURATION:PT1H").Faults
            .ShouldHaveSingleItem()
            .ShouldContain("zone 'Mars/Olympus' is none");
    }

    [Fact]
    public void Read_OfFloatingTimes_TakesTheZoneOfTheImportOrTheCalendar()
    {
        string[] lines = ["DTSTART:20260113T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;UNTIL=20260115T220000"];
        Read(lines).Faults.ShouldHaveSingleItem().ShouldContain("has no zone");
        Held(File(Calendar(Event("u", lines)), "Europe/Vienna").Series[0].Master!).ShouldBe(
            ["2026-01-13T21:00:00Z+1:00:00", "2026-01-14T21:00:00Z+1:00:00", "2026-01-15T21:00:00Z+1:00:00"]);
        File(Calendar("X-WR-TIMEZONE:Asia/Tokyo", Event("u", lines))).Series[0].Master!.Times!.Zone.ShouldBe("Asia/Tokyo");
    }

    [Theory]
    [InlineData("DTEND;TZID=Europe/Vienna:20260329T220000", "2026-03-27T21:00:00Z+1:23:00:00", "2026-03-28T21:00:00Z+1:23:00:00")]
    [InlineData("DURATION:P2D", "2026-03-27T21:00:00Z+1:23:00:00", "2026-03-28T21:00:00Z+1:23:00:00")]
    public void Read_OfAnEndOrDaysOverAClockChange_LastsAsRfc5545Says(string end, string first, string second)
    {
        // Clocks go forward on 2026-03-29: an end repeats its elapsed time, days repeat the local time.
        var read = Read("DTSTART;TZID=Europe/Vienna:20260327T220000", end, "RRULE:FREQ=DAILY;COUNT=2");
        Held(read).ShouldBe([first, second]);
    }

    [Fact]
    public void Read_OfElapsedTimeRepeated_IsTheSameOnEveryDay()
    {
        var read = Read(
            "DTSTART;TZID=Europe/Vienna:20260327T220000", "DTEND;TZID=Europe/Vienna:20260328T060000", "RRULE:FREQ=DAILY;COUNT=2");
        Held(read).ShouldBe(["2026-03-27T21:00:00Z+8:00:00", "2026-03-28T21:00:00Z+8:00:00"]);
        read.Times!.ByTheClock.ShouldBeFalse();
    }

    [Fact]
    public void Read_OfRdatesExdatesAndPeriods_TakesThemInAnyZone()
    {
        var read = Read(
            "DTSTART;TZID=Europe/Vienna:20260113T220000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20260114T210000Z",
            "RDATE;TZID=America/New_York:20260120T160000", "RDATE;VALUE=PERIOD:20260121T210000Z/PT1H,20260122T210000Z/20260122T230000Z");
        Held(read).ShouldBe([
            "2026-01-13T21:00:00Z+1:00:00",
            "2026-01-15T21:00:00Z+1:00:00",
            "2026-01-20T21:00:00Z+1:00:00",
            "2026-01-21T21:00:00Z+1:00:00",
        ]);
        read.Times!.Periods.ShouldBe([(Instant.FromUtc(2026, 1, 22, 21, 0), Duration.FromHours(2))]);
    }

    [Theory]
    [InlineData("DTSTART is missing", "DURATION:PT1H")]
    [InlineData("has DTSTART 2 times", "DTSTART:20260113T220000Z", "DTSTART:20260114T220000Z", "DURATION:PT1H")]
    [InlineData("has no DTEND and no DURATION, so that it takes no time", "DTSTART:20260113T220000Z")]
    [InlineData("has both DTEND and DURATION", "DTSTART:20260113T220000Z", "DTEND:20260113T230000Z", "DURATION:PT1H")]
    [InlineData("DTEND is not after DTSTART", "DTSTART:20260113T220000Z", "DTEND:20260113T220000Z")]
    [InlineData("DTEND is a date and DTSTART a time", "DTSTART:20260113T220000Z", "DTEND;VALUE=DATE:20260114")]
    [InlineData("EXRULE is not supported; RFC 5545 has it no more", "DTSTART:20260113T220000Z", "DURATION:PT1H", "EXRULE:FREQ=DAILY")]
    [InlineData("SEQUENCE: 'two' is no number", "DTSTART:20260113T220000Z", "DURATION:PT1H", "SEQUENCE:two")]
    public void Read_OfAnEventThatCannotBe_SaysWhy(string fault, params string[] lines) => Read(lines).Faults.ShouldContain(fault);

    [Fact]
    public void Series_OfSeveralRevisions_IsTheNewestOfEachOccurrence()
    {
        string Revision(int sequence, string more) => Event("u", $"SEQUENCE:{sequence}", "DTSTART:20260113T220000Z", "DURATION:PT1H", more);
        var series = File(Calendar(
            Revision(1, "SUMMARY:old"),
            Revision(2, "SUMMARY:new"),
            Revision(0, "RECURRENCE-ID:20260114T220000Z"))).Series.ShouldHaveSingleItem();
        (series.Master!.Summary, series.Replacements.Count, series.Superseded.Count, series.Sequence).ShouldBe(("new", 1, 1, 2));
    }

    [Fact]
    public void Series_WithOneBrokenPart_IsRefusedAsAWhole()
    {
        var series = File(Calendar(
            Event("u", "DTSTART:20260113T220000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"),
            Event("u", "RECURRENCE-ID;RANGE=THISANDFUTURE:20260114T220000Z", "DTSTART:20260114T230000Z", "DURATION:PT1H"))).Series
                .ShouldHaveSingleItem();
        series.Fault(series.Master!).ShouldStartWith("the series cannot be taken as a whole: line 10 RECURRENCE-ID: RANGE");
    }

    private static CalendarEvent Read(params string[] lines) => File(Calendar(Event("u", lines))).Series[0].Events.First();

    private static CalendarFile File(byte[] document, string zone = "") => CalendarFile.Read(document, zone);

    private static IEnumerable<string> Held(CalendarEvent read)
    {
        read.Faults.ShouldBeEmpty();
        var set = RecurrenceSet.TryCreate(read.Times!.ToInput(), out var faults);
        faults.ShouldBeEmpty();
        return set!.OccurrencesBetween(Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2028, 1, 1, 0, 0))
            .Select(one =>
                $"{InstantPattern.General.Format(one.Start)}+{DurationPattern.CreateWithInvariantCulture((one.End - one.Start).TotalDays >= 1 ? "D:hh:mm:ss" : "H:mm:ss").Format(one.End - one.Start)}");
    }
}
