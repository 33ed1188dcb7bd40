using System.Globalization;
using Governance.BuildingBlocks.Calendars;
using NodaTime;
using NodaTime.Text;
using Shouldly;
using Xunit;

namespace Governance.BuildingBlocks.Tests.Calendars;

public class BusinessDaysTests
{
    private static readonly DayOfWeek[] Weekdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    [Theory]
    [InlineData("2026-03-02T09:00:00Z", 1, "2026-03-03T09:00:00Z", "")] // Monday
    [InlineData("2026-03-06T09:00:00Z", 1, "2026-03-09T09:00:00Z", "2026-03-07 weekend,2026-03-08 weekend")] // Friday
    [InlineData("2026-03-07T15:00:00Z", 1, "2026-03-10T00:00:00Z", "2026-03-07 weekend,2026-03-08 weekend")] // Saturday: begins on Monday
    [InlineData("2026-03-02T09:00:00Z", 5, "2026-03-09T09:00:00Z", "2026-03-07 weekend,2026-03-08 weekend")]
    public void After_Weekdays_CountsFromTheNextDayAndSaysWhatItSkipped(string start, int days, string due, string skipped) =>
        Check(Days("UTC"), start, days, due, skipped);

    [Theory]
    [InlineData(
        "2026-04-02T10:00:00+02:00",
        1,
        "2026-04-07T10:00:00+02:00",
        "2026-04-03 Good Friday,2026-04-04 weekend,2026-04-05 weekend,2026-04-06 Easter Monday")]
    [InlineData(
        "2026-12-23T10:00:00+01:00", 2, "2026-12-28T10:00:00+01:00", "2026-12-25 Christmas Day,2026-12-26 weekend,2026-12-27 weekend")]
    [InlineData("2027-04-30T10:00:00+02:00", 1, "2027-05-03T10:00:00+02:00", "2027-05-01 weekend,2027-05-02 weekend")]
    public void After_Target_LeavesItsClosingDaysOut(string start, int days, string due, string skipped) =>
        Check(new BusinessDays(PresetCalendars.Load("target2")), start, days, due, skipped);

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-27T17:00:00+01:00", 1, "2026-03-30T17:00:00+02:00")] // summer time begins between
    [InlineData("Europe/Berlin", "2026-10-23T17:00:00+02:00", 1, "2026-10-26T17:00:00+01:00")] // and ends
    [InlineData("America/New_York", "2026-03-06T17:00:00-05:00", 1, "2026-03-09T17:00:00-04:00")]
    [InlineData("America/New_York", "2026-10-30T17:00:00-04:00", 1, "2026-11-02T17:00:00-05:00")]
    public void After_ClocksChangeBetween_KeepsTheLocalTime(string zone, string start, int days, string due) =>
        Days(zone).After(At(start), days).Due.ShouldBe(At(due));

    [Theory]
    // 02:30 never comes: the first instant after the gap
    [InlineData("Europe/Berlin", "2026-03-28T02:30:00+01:00", "2026-03-29T03:00:00+02:00")]
    [InlineData("America/New_York", "2026-03-07T02:30:00-05:00", "2026-03-08T03:00:00-04:00")]
    [InlineData("Europe/Berlin", "2026-10-24T02:30:00+02:00", "2026-10-25T02:30:00+02:00")] // 02:30 comes twice: the first
    [InlineData("America/New_York", "2026-10-31T01:30:00-04:00", "2026-11-01T01:30:00-04:00")]
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00+01:00", "2026-10-26T03:00:00+01:00")] // the second 02:30 counts as 03:00
    [InlineData("America/New_York", "2026-11-01T01:30:00-05:00", "2026-11-02T02:00:00-05:00")]
    public void After_LocalTimeThatIsMissingOrTwice_IsTheDocumentedInstant(string zone, string start, string due) =>
        new BusinessDays(new BusinessCalendar("", "", zone, Enum.GetValues<DayOfWeek>(), [])).After(At(start), 1).Due.ShouldBe(At(due));

    [Theory]
    [InlineData("2026-03-02T07:00:00Z", "2026-03-03T09:00:00Z")] // before work: from the opening
    [InlineData("2026-03-02T16:59:00Z", "2026-03-03T16:59:00Z")]
    [InlineData("2026-03-02T17:00:00Z", "2026-03-04T09:00:00Z")] // after work: from the next opening
    [InlineData("2026-03-06T18:00:00Z", "2026-03-10T09:00:00Z")]
    public void After_WithWorkingHours_StartsAtAnOpening(string start, string due)
    {
        var hours = new BusinessCalendar("", "", "UTC", Weekdays, []) { Opens = new TimeOnly(9, 0), Closes = new TimeOnly(17, 0) };
        new BusinessDays(hours).After(At(start), 1).Due.ShouldBe(At(due));
    }

    [Theory]
    [InlineData("Europe/Berlin", false)]
    [InlineData("America/New_York", false)]
    [InlineData("Europe/Berlin", true)]
    [InlineData("America/New_York", true)]
    [InlineData("America/Santiago", true)] // clocks change at midnight
    public void After_AnyStart_NeverEndsOnASkippedDayAndALaterStartIsNeverDueEarlier(string zone, bool everyDay)
    {
        var random = new Random(7);
        var calendar = new BusinessCalendar("", "", zone, everyDay ? Enum.GetValues<DayOfWeek>() : Weekdays, [.. Holidays(random)]);
        var (days, civil) = (new BusinessDays(calendar), DateTimeZoneProviders.Tzdb[zone]);
        var start = Instant.FromUtc(2026, 1, 1, 0, 0);
        var before = Enumerable.Repeat(Instant.MinValue, 12).ToArray();
        while (start < Instant.FromUtc(2027, 1, 10, 0, 0))
        {
            for (var n = 1; n < before.Length; n++)
            {
                var (due, skipped) = days.After(start, n);
                var day = due.InZone(civil).Date;
                (due >= before[n] && due > start).ShouldBeTrue();
                if (n > 1) (due > before[n - 1]).ShouldBeTrue();
                days.Closed(day).ShouldBeNull();
                skipped.All(one => days.Closed(LocalDate.FromDateOnly(one.Date)) == one.Reason && one.Date < day.ToDateOnly())
                    .ShouldBeTrue();
                before[n] = due;
            }

            start += Duration.FromMinutes(random.Next(1, 480));
        }
    }

    [Fact]
    public void Target_EveryYear_ClosesAroundTheEasterOfGausssRule()
    {
        var days = new BusinessDays(PresetCalendars.Load("target2"));
        for (var year = 2020; year <= 2040; year++)
        {
            var easter = EasterOf(year);
            days.Closed(easter.PlusDays(-2)).ShouldBe("Good Friday");
            days.Closed(easter.PlusDays(1)).ShouldBe("Easter Monday");
            Enumerable.Range(0, 366).Select(new LocalDate(year, 1, 1).PlusDays)
                .Count(day => day.Year == year && days.Closed(day) is { } reason && reason != "weekend").ShouldBeInRange(2, 6);
        }
    }

    [Fact]
    public void FederalHolidays_EveryYear_AreElevenWorkdaysObserved()
    {
        var holidays = PresetCalendars.Load("us-federal").Holidays.Where(one => one.Day.Year is > 2021 and < 2040).ToList();
        holidays.ShouldAllBe(one => one.Day.DayOfWeek != DayOfWeek.Saturday && one.Day.DayOfWeek != DayOfWeek.Sunday);
        holidays.Count.ShouldBeInRange(11 * 18 - 1, 11 * 18 + 1); // New Year's Day of the next year may be observed on 31 December
        var names = holidays.Where(one => one.Day.Year == 2026).Select(one => $"{one.Day:MM-dd}".ToString(CultureInfo.InvariantCulture));
        names.ShouldBe(["01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25"]);
    }

    private static void Check(BusinessDays days, string start, int count, string due, string skipped)
    {
        var (instant, left) = days.After(At(start), count);
        instant.ShouldBe(At(due));
        string.Join(',', left.Select(day => string.Create(CultureInfo.InvariantCulture, $"{day.Date:yyyy-MM-dd} {day.Reason}")))
            .ShouldBe(skipped);
    }

    private static BusinessDays Days(string zone) => new(new BusinessCalendar("", "", zone, Weekdays, []));

    private static Instant At(string text) => OffsetDateTimePattern.ExtendedIso.Parse(text).Value.ToInstant();

    private static IEnumerable<Holiday> Holidays(Random random)
    {
        for (var i = 0; i < 40; i++) yield return new Holiday(new DateOnly(2026, 1, 1).AddDays(random.Next(400)), false, $"h{i}");
        yield return new Holiday(new DateOnly(2000, 12, 25), true, "Christmas Day");
    }

    /// <summary>Gauss's rule as Lichtenberg completed it, unlike the rule that the file was computed by.</summary>
    private static LocalDate EasterOf(int year)
    {
        var century = year / 100;
        var moon = 15 + (3 * century + 3) / 4 - (8 * century + 13) / 25;
        var sun = 2 - (3 * century + 3) / 4;
        var cycle = year % 19;
        var full = (19 * cycle + moon) % 30;
        var correction = (full + cycle / 11) / 29;
        var border = 21 + full - correction;
        var sunday = 7 - (year + year / 4 + sun) % 7;
        return new LocalDate(year, 3, 1).PlusDays(border + 7 - (border - sunday) % 7 - 1);
    }
}
