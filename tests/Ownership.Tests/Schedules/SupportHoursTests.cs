using Governance.BuildingBlocks.Calendars;
using Governance.Ownership.Schedules;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Schedules.Times;

namespace Governance.Ownership.Tests.Schedules;

public class SupportHoursTests
{
    private static readonly IsoDayOfWeek[] Weekdays =
        [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    private static readonly HolidayDates Holidays = new([
        new Holiday(new DateOnly(2000, 12, 25), true, "Christmas Day"), new Holiday(new DateOnly(2026, 4, 3), false, "Good Friday"),
        new Holiday(new DateOnly(2026, 10, 25), false, "The day the clocks change")]);

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    public void IsOpen_AnyQuarterOfAYear_IsWhatTheClockOnTheWallSays(string id)
    {
        var zone = Zone(id);
        var hours = new SupportHours(
            zone, [.. Weekdays.SelectMany(Shop), CivilRange.Between(IsoDayOfWeek.Saturday, new(22, 0), new(6, 30))], Holidays);
        var open = hours.Intervals(Year(2026), Year(2027));
        var at = 0;
        foreach (var instant in Quarters(Year(2026), Year(2027)))
        {
            var isOpen = IsOpen(zone, instant);
            while (at < open.Count && open[at].End <= instant) at++;
            if (hours.IsOpen(instant) != isOpen || (at < open.Count && open[at].Contains(instant)) != isOpen)
            {
                Assert.Fail($"Not {isOpen} at {instant}");
            }
        }

        open.Zip(open.Skip(1)).ShouldAllBe(pair => pair.First.End < pair.Second.Start);
    }

    /// <summary>Every answer of the working-time clock against the open time in between, counted by itself.</summary>
    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    public void AddWorkingTime_AnyStart_LeavesExactlySoMuchOpenTimeBetween(string id)
    {
        var hours = new SupportHours(
            Zone(id), [.. Weekdays.SelectMany(Shop), CivilRange.Between(IsoDayOfWeek.Sunday, new(0, 0), new(5, 0))], Holidays);
        var random = new Random(5);
        for (var i = 0; i < 400; i++)
        {
            var start = Year(2026) + Duration.FromMinutes(random.Next(366 * 24 * 60));
            var work = Duration.FromMinutes(random.Next(1, 6000));
            var due = hours.AddWorkingTime(start, work).ShouldNotBeNull();
            hours.Intervals(start, due).Aggregate(Duration.Zero, (sum, span) => sum + span.Duration).ShouldBe(work);
            hours.IsOpen(due - Duration.Epsilon).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("2026-03-06T16:00:00+01:00", 120, "2026-03-09T10:00:00+01:00")] // Friday with an hour left, Monday's first
    [InlineData("2026-03-07T12:00:00+01:00", 60, "2026-03-09T10:00:00+01:00")] // begins while closed
    [InlineData("2026-04-02T16:30:00+02:00", 60, "2026-04-06T09:30:00+02:00")] // over Good Friday
    [InlineData("2026-03-27T16:00:00+01:00", 120, "2026-03-30T10:00:00+02:00")] // over the change to summer time
    [InlineData("2026-03-09T09:00:00+01:00", 480, "2026-03-09T17:00:00+01:00")] // ends with the day, not with the next
    public void AddWorkingTime_NineToFive_CountsOpenHoursAlone(string start, int minutes, string due) =>
        NineToFive.AddWorkingTime(At(start), Duration.FromMinutes(minutes)).ShouldBe(At(due));

    [Theory]
    [InlineData("2026-03-28T22:00:00+01:00", 5, "2026-03-29T04:00:00+02:00")] // 02:00 to 03:00 is missing: five hours end at 04:00
    // 02:00 to 03:00 comes twice: five hours end at the second 02:00
    [InlineData("2026-10-24T22:00:00+02:00", 5, "2026-10-25T02:00:00+01:00")]
    public void AddWorkingTime_NightOfTheChange_CountsElapsedTime(string start, int hours, string due)
    {
        var nights =
            new SupportHours(Zone("Europe/Berlin"), [CivilRange.Between(IsoDayOfWeek.None, new(22, 0), new(6, 0))], HolidayDates.None);
        nights.AddWorkingTime(At(start), Duration.FromHours(hours)).ShouldBe(At(due));
    }

    [Theory]
    [InlineData("2026-03-06T10:00:00+01:00", 1, "2026-03-09T10:00:00+01:00")]
    [InlineData("2026-03-06T18:00:00+01:00", 1, "2026-03-10T09:00:00+01:00")] // closed: begins on Monday at nine
    [InlineData("2026-04-02T10:00:00+02:00", 1, "2026-04-06T10:00:00+02:00")] // over Good Friday
    [InlineData("2026-03-27T10:00:00+01:00", 2, "2026-03-31T10:00:00+02:00")] // keeps the local time
    public void AddBusinessDays_NineToFive_CountsDaysWithOpenHours(string start, int days, string due) =>
        NineToFive.AddBusinessDays(At(start), days).ShouldBe(At(due));

    [Fact]
    public void AddBusinessDays_ShorterDay_EndsWithIt()
    {
        var hours = new SupportHours(
            Zone("Europe/Berlin"), [CivilRange.Between(IsoDayOfWeek.Monday, new(9, 0), new(17, 0)), CivilRange.Between(
                IsoDayOfWeek.Tuesday, new(9, 0), new(12, 0))], HolidayDates.None);
        hours.AddBusinessDays(At("2026-03-02T16:00:00+01:00"), 1).ShouldBe(At("2026-03-03T12:00:00+01:00"));
    }

    [Theory]
    [InlineData("02:30", "04:00", "2026-03-29T03:30:00+02:00", "2026-03-29T04:00:00+02:00")] // 02:30 never comes: an hour later
    [InlineData("01:00", "02:15", "2026-03-29T01:00:00+01:00", "2026-03-29T03:15:00+02:00")]
    [InlineData("02:30", "04:00", "2026-10-25T02:30:00+02:00", "2026-10-25T04:00:00+01:00")] // opens at the first 02:30
    [InlineData("01:00", "02:30", "2026-10-25T01:00:00+02:00", "2026-10-25T02:30:00+01:00")] // closes at the second
    public void Intervals_BoundaryWhereClocksChange_IsTheDocumentedInstant(string opens, string closes, string from, string until)
    {
        var hours = new SupportHours(
            Zone("Europe/Berlin"), [CivilRange.Between(IsoDayOfWeek.Sunday, Time(opens), Time(closes))], HolidayDates.None);
        hours.Intervals(At(from) - Duration.FromHours(6), At(until) + Duration.FromHours(6)).ShouldBe([Span(from, until)]);
    }

    [Fact]
    public void Intervals_OvernightIntoAHoliday_EndAtItsMidnight()
    {
        var hours = new SupportHours(Zone("Europe/Berlin"), [CivilRange.Between(IsoDayOfWeek.None, new(22, 0), new(6, 0))], Holidays);
        hours.Intervals(At("2026-12-24T12:00:00+01:00"), At("2026-12-26T12:00:00+01:00")).ShouldBe([
            Span("2026-12-24T22:00:00+01:00", "2026-12-25T00:00:00+01:00"), Span(
                "2026-12-26T00:00:00+01:00", "2026-12-26T06:00:00+01:00")]);
    }

    [Theory]
    [InlineData("2026-04-02T18:00:00+02:00", "2026-04-06T09:00:00+02:00")]
    [InlineData("2026-04-02T12:00:00+02:00", "2026-04-02T12:00:00+02:00")]
    public void NextOpen_Closed_IsTheNextOpening(string instant, string opens) => NineToFive.NextOpen(At(instant)).ShouldBe(At(opens));

    [Fact]
    public void WholeWeek_WithoutHolidays_IsAlwaysOpen()
    {
        var hours = new SupportHours(
            Zone("Europe/Berlin"), [CivilRange.Between(IsoDayOfWeek.None, new(0, 0), new(0, 0))], HolidayDates.None);
        (hours.IsAlways, hours.NextChange(Year(2026))).ShouldBe((true, null));
        new SupportHours(Zone("UTC"), [CivilRange.Between(IsoDayOfWeek.None, new(0, 0), new(0, 0))], Holidays)
            .NextChange(At("2026-12-01T00:00:00Z"))
            .ShouldBe(At("2026-12-25T00:00:00Z"));
    }

    [Fact]
    public void Hours_ThatNeverOpen_NeverEnd()
    {
        var never = new SupportHours(Zone("UTC"), [], HolidayDates.None);
        (never.NextOpen(Year(2026)), never.AddWorkingTime(Year(2026), Duration.FromMinutes(1)), never.AddBusinessDays(Year(2026), 1))
            .ShouldBe((null, null, null));
    }

    [Theory]
    [InlineData("Always", "2026-03-06T17:00:00Z")]
    [InlineData("SupportHours", "2026-03-09T09:00:00Z")] // one hour of Friday, one of Monday, both in Berlin
    public void Deadline_TwoHours_AreCountedOnTheContractsClock(string clock, string due) =>
        SlaClock.Deadline(Enum.Parse<SlaClockKind>(clock), SlaTarget.Of(Duration.FromHours(2)), NineToFive, At("2026-03-06T15:00:00Z"))
            .ShouldBe(At(due));

    private static SupportHours NineToFive =>
        new(Zone("Europe/Berlin"), [.. Weekdays.Select(day => CivilRange.Between(day, new(9, 0), new(17, 0)))], Holidays);

    private static CivilRange[] Shop(
        IsoDayOfWeek day) => [CivilRange.Between(day, new(8, 0), new(12, 15)), CivilRange.Between(day, new(13, 0), new(18, 45))];

    private static LocalTime Time(string text) =>
        LocalTime.FromTimeOnly(TimeOnly.ParseExact(text, "HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The hours of the first property, asked of the wall clock; no boundary of theirs is where clocks change.</summary>
    private static bool IsOpen(DateTimeZone zone, Instant instant)
    {
        var local = instant.InZone(zone).LocalDateTime;
        var minute = local.Hour * 60 + local.Minute;
        if (local.Date == new LocalDate(2026, 4, 3) || local.Date == new LocalDate(2026, 10, 25) || (local.Month == 12 && local.Day == 25))
        {
            return false;
        }
        return local.DayOfWeek switch
        {
            IsoDayOfWeek.Saturday => minute >= 22 * 60,
            IsoDayOfWeek.Sunday => minute < 6 * 60 + 30,
            _ => minute is >= 480 and < 735 or >= 780 and < 1125,
        };
    }
}
