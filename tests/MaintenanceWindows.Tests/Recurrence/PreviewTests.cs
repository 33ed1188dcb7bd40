using System.Diagnostics;
using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

public class PreviewTests
{
    private static readonly PreviewRange Year2026 = new(Recurring.At("2026-01-01T00:00:00Z"), Recurring.At("2027-01-01T00:00:00Z"), 1000);

    [Theory]
    [InlineData("FREQ=WEEKLY;BYDAY=SU", "2026-01-04T02:30:00", FindingCodes.ShiftedOutOfGap, 1)]
    [InlineData("FREQ=WEEKLY;BYDAY=SU", "2026-01-04T02:30:00", FindingCodes.AmbiguousLocalTime, 1)]
    [InlineData("FREQ=HOURLY", "2026-01-04T00:00:00", FindingCodes.RepeatedLocalTime, 2)]
    [InlineData("FREQ=DAILY;BYHOUR=2,3", "2026-01-04T02:00:00", FindingCodes.MergedInGap, 1)]
    [InlineData("FREQ=WEEKLY;BYDAY=SA", "2026-01-03T22:00:00", FindingCodes.EndsAtAnotherLocalTime, 2)]
    [InlineData("FREQ=WEEKLY;BYDAY=SA", "2026-01-03T22:00:00", FindingCodes.CrossesMidnight, 52)]
    [InlineData("FREQ=HOURLY;INTERVAL=5", "2026-01-04T00:00:00", FindingCodes.OverlapsItself, 1000)]
    [InlineData("FREQ=MONTHLY;BYDAY=5FR", "2026-01-30T10:00:00", FindingCodes.FifthWeekdayMissing, 0)]
    [InlineData("FREQ=YEARLY", "2024-02-29T10:00:00", FindingCodes.LeapDay, 0)]
    [InlineData("FREQ=YEARLY", "2024-02-29T10:00:00", FindingCodes.NoOccurrences, 0)]
    [InlineData("FREQ=MONTHLY", "2026-01-31T10:00:00", FindingCodes.DayMissingInMonth, 0)]
    [InlineData("FREQ=YEARLY;BYYEARDAY=366", "2024-12-31T10:00:00", FindingCodes.DayMissingInYear, 0)]
    [InlineData("FREQ=YEARLY;BYWEEKNO=53", "2026-12-31T10:00:00", FindingCodes.WeekMissingInYear, 0)]
    [InlineData("FREQ=YEARLY;BYMONTHDAY=1", "2026-01-01T10:00:00", FindingCodes.EveryMonth, 0)]
    [InlineData("FREQ=WEEKLY;BYDAY=TU", "2026-01-01T10:00:00", FindingCodes.StartNotInRule, 0)]
    [InlineData("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "2026-01-01T10:00:00", FindingCodes.NeverOccurs, 0)]
    [InlineData("FREQ=DAILY;COUNT=4000000", "2026-01-01T10:00:00", FindingCodes.CountNotReached, 0)]
    public void Preview_OfASurprisingRule_FindsIt(string rule, string start, string code, int count)
    {
        var set = Recurring.Set(
            new RecurrenceInput { Recurrence = rule, Start = start, TimeZone = "Europe/Vienna", Duration = Duration.FromHours(8) });
        var range = rule == "FREQ=HOURLY" ? Year2026 with { From = Recurring.At("2026-10-01T00:00:00Z") } : Year2026;
        var finding = RecurrencePreview.Of(set, range).Findings.Single(finding => finding.Code == code);
        finding.Count.ShouldBe(count);
        finding.Detail.ShouldNotBeEmpty();
    }

    [Fact]
    public void Preview_OfAPlainRule_FindsNothing()
    {
        var set = Recurring.Set(new RecurrenceInput
        {
            Recurrence = "FREQ=WEEKLY;BYDAY=TU",
            Start = "2026-01-13T12:00:00",
            TimeZone = "Europe/Vienna",
            Duration = Duration.FromHours(2),
        });
        var preview = RecurrencePreview.Of(set, Year2026 with { MaxOccurrences = 3 });
        preview.Findings.ShouldBeEmpty();
        preview.Truncated.ShouldBeTrue();
        preview.Occurrences.Select(occurrence => occurrence.LocalStart.Day).ShouldBe([13, 20, 27]);
        preview.TzdbVersion.ShouldBe(RecurrenceSet.TzdbVersion);
    }

    [Fact]
    public void Preview_ByTheClock_TellsShortenedFromLengthened()
    {
        var set = Recurring.Set(new RecurrenceInput
        {
            Recurrence = "FREQ=DAILY",
            Start = "2026-01-01T22:00:00",
            TimeZone = "Europe/Vienna",
            Duration = Duration.FromHours(8),
            DurationPolicy = DurationPolicy.WallClock,
        });
        var findings = RecurrencePreview.Of(set, Year2026).Findings;
        findings.Single(finding => finding.Code == FindingCodes.Shortened).At.ShouldBe(Recurring.At("2026-03-28T21:00:00Z"));
        findings.Single(finding => finding.Code == FindingCodes.Lengthened).At.ShouldBe(Recurring.At("2026-10-24T20:00:00Z"));
    }

    [Fact]
    public void Preview_WithACutoffAsLongAsTheWindow_SaysThatNothingCanStart()
    {
        var set = Recurring.Set(
            new RecurrenceInput { Start = "2026-01-01T22:00:00", Duration = Duration.FromHours(1), ExDates = ["2026-01-02T22:00:00"] });
        var findings = RecurrencePreview.Of(set, Year2026 with { Cutoff = Duration.FromHours(1) }).Findings;
        findings.ShouldContain(finding => finding.Code == FindingCodes.ShorterThanCutoff);
        findings.ShouldContain(finding => finding.Code == FindingCodes.ExdateMatchesNothing && finding.Count == 1);
    }

    [Fact]
    public void Preview_Skipping_ListsWhatIsNotHeld()
    {
        var set = Recurring.Set("FREQ=DAILY", "2026-01-01T02:30:00", "Europe/Vienna", GapPolicy.Skip);
        var finding = RecurrencePreview.Of(set, Year2026).Findings.Single(finding => finding.Code == FindingCodes.SkippedInGap);
        finding.Detail.ShouldContain("2026-03-29 02:30");
    }

    [Fact]
    public void Preview_OfWholeDays_LastsADayByTheClock()
    {
        var preview = RecurrencePreview.Of(Recurring.Set("FREQ=YEARLY;BYHOUR=3", "2026-03-29", "Europe/Vienna"), Year2026);
        var occurrence = preview.Occurrences.ShouldHaveSingleItem();
        (occurrence.End - occurrence.Start).ShouldBe(Duration.FromHours(23));
        preview.Findings.Select(finding => finding.Code).ShouldContain(FindingCodes.TimesIgnored);
    }

    // Alone, each takes some hundredths of a second; the limit leaves room for a busy machine.
    [Theory]
    [InlineData("FREQ=SECONDLY;UNTIL=21260101T000000Z", false)]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", false)]
    [InlineData("FREQ=SECONDLY;INTERVAL=2;BYSECOND=1", false)]
    [InlineData("FREQ=MINUTELY;INTERVAL=1440;BYHOUR=4", false)]
    [InlineData("FREQ=SECONDLY;INTERVAL=59;BYYEARDAY=366;BYHOUR=3;BYMINUTE=7;BYSECOND=1", false)]
    [InlineData("FREQ=SECONDLY;INTERVAL=86399;BYHOUR=4;BYMINUTE=3;BYSECOND=2;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", false)]
    [InlineData("FREQ=HOURLY;INTERVAL=2147483647;COUNT=2147483647", false)]
    [InlineData("FREQ=YEARLY;INTERVAL=2147483647;BYWEEKNO=53", false)]
    [InlineData("FREQ=DAILY;INTERVAL=7;BYDAY=TU", false)]
    [InlineData("FREQ=WEEKLY;BYDAY=MO;BYSETPOS=5", false)]
    [InlineData("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;BYHOUR=2;BYMINUTE=0,30", true)]
    [InlineData("FREQ=DAILY;COUNT=500000", false)]
    [InlineData("FREQ=SECONDLY;BYSECOND=0;COUNT=500000", false)]
    public void Preview_OfAHostileRule_AnswersSoon(string rule, bool skips)
    {
        var watch = Stopwatch.StartNew();
        var set = Recurring.Set(rule, "2026-01-01T00:00:00", "Europe/Vienna", skips ? GapPolicy.Skip : GapPolicy.Shift);
        RecurrencePreview.Of(set, new PreviewRange(null, null, 100));
        RecurrencePreview.Of(set, new PreviewRange(Recurring.At("2040-01-01T00:00:00Z"), null, 100));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
