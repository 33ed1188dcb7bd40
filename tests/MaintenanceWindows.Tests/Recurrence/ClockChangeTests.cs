using Governance.MaintenanceWindows.Recurrence;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.MaintenanceWindows.Tests.Recurrence;

public class ClockChangeTests
{
    [Fact]
    public void StartInGap_Shifting_IsHeldLaterAndCounts() =>
        Recurring.Set("FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00", "Europe/Vienna")
            .Clock(9)
            .ShouldBe("03-28 02:30, 03-29 03:30, 03-30 02:30");

    [Fact]
    public void StartInGap_Skipping_IsNeitherHeldNorCounted() =>
        Recurring.Set("FREQ=DAILY;COUNT=3", "2026-03-28T02:30:00", "Europe/Vienna", GapPolicy.Skip)
            .Clock(9)
            .ShouldBe("03-28 02:30, 03-30 02:30, 03-31 02:30");

    [Fact]
    public void ShiftedStarts_ThatMeetOthers_AreInOrderAndOne() =>
        Recurring.Set("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,30;COUNT=7", "2026-03-29T01:00:00", "Europe/Vienna").Clock(20)
            .ShouldBe("03-29 01:00, 03-29 01:30, 03-29 03:00, 03-29 03:30, 03-30 01:00, 03-30 01:30, 03-30 02:00");

    [Fact]
    public void DayThatAZoneLeftOut_Shifting_IsOneWithTheNext() =>
        Recurring.Set("FREQ=DAILY;BYHOUR=10,20;COUNT=6", "2011-12-29T10:00:00", "Pacific/Apia").Clock(9)
            .ShouldBe("12-29 10:00, 12-29 20:00, 12-31 10:00, 12-31 20:00, 01-01 10:00, 01-01 20:00");

    [Fact]
    public void WholeDayWithoutMidnight_Skipping_IsStillHeld() =>
        Recurring.Set("FREQ=DAILY;COUNT=3", "2024-04-25", "Africa/Cairo", GapPolicy.Skip)
            .Clock(9)
            .ShouldBe("04-25 00:00, 04-26 01:00, 04-27 00:00");

    [Theory]
    [InlineData(false, "2026-10-25T00:30:00Z")]
    [InlineData(true, "2026-10-25T01:30:00Z")]
    public void StartThatIsThereTwice_Mapped_IsTheOneOfThePolicy(bool second, string expected) =>
        Recurring.Set("FREQ=DAILY", "2026-10-25T02:30:00", "Europe/Vienna", overlap: second ? OverlapPolicy.Second : OverlapPolicy.First)
            .NextAtOrAfter(Instant.MinValue)!.Value.Start
            .ShouldBe(Recurring.At(expected));

    [Fact]
    public void HourlyRule_OverClockChange_HoldsBothEqualHours() =>
        Recurring.Set("FREQ=HOURLY;BYHOUR=2", "2026-10-25T00:00:00", "Europe/Vienna")
            .Clock(3)
            .ShouldBe("10-25 02:00, 10-25 02:00, 10-26 02:00");

    [Fact]
    public void HourlyRuleWithMinutes_AfterAHalfHourChange_StaysOnTheLocalMinute() =>
        Recurring.Set("FREQ=HOURLY;BYMINUTE=15", "2024-10-06T00:15:00", "Australia/Lord_Howe")
            .Clock(4)
            .ShouldBe("10-06 00:15, 10-06 01:15, 10-06 03:15, 10-06 04:15");

    // SECONDLY ignored BYSETPOS: a second has one position only.
    [Fact]
    public void SecondlyRule_WithAPositionThatNoSecondHas_NeverOccurs()
    {
        Recurring.Set("FREQ=SECONDLY;BYDAY=SU;BYSETPOS=2", "2026-01-01T00:00:00").Starts(1).ShouldBeEmpty();
        Recurring.Set("FREQ=SECONDLY;BYDAY=SU;BYSETPOS=-1", "2026-01-01T00:00:00").Starts(2).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("2026-03-29T00:30:00", "03-29 03:30", "03-29 04:30")] // 00:30 to 03:30 by the clock is two hours
    [InlineData("2026-10-25T00:30:00", "10-25 03:30", "10-25 02:30")]
    public void Duration_OverClockChange_IsByTheClockOrElapsed(string start, string byTheClock, string elapsed)
    {
        string End(DurationPolicy policy)
        {
            var input = new RecurrenceInput
            {
                Start = start,
                TimeZone = "Europe/Vienna",
                Duration = Duration.FromHours(3),
                DurationPolicy = policy,
            };
            var set = Recurring.Set(input);
            return set.NextAtOrAfter(Instant.MinValue)!.Value.End.InZone(set.Rules.Zone).ToString("MM-dd HH:mm", null);
        }

        End(DurationPolicy.WallClock).ShouldBe(byTheClock);
        End(DurationPolicy.Exact).ShouldBe(elapsed);
    }

    [Fact]
    public void Dates_AddedAndExcepted_AreMatchedAsInstants()
    {
        var set = Recurring.Set(new RecurrenceInput
        {
            Recurrence = "FREQ=DAILY;COUNT=4",
            Start = "2026-03-28T02:30:00",
            TimeZone = "Europe/Vienna",
            RDates = ["2026-03-27T22:00:00", "2026-03-31T00:30:00Z"],
            ExDates = ["2026-03-29T03:30:00", "2026-03-30T00:30:00Z"],
        });
        set.Clock(9).ShouldBe("03-27 22:00, 03-28 02:30, 03-31 02:30");
    }

    [Fact]
    public void Occurrences_AskedByInterval_AreThoseThatTouchIt()
    {
        var set = Recurring.Set(
            new RecurrenceInput { Recurrence = "FREQ=DAILY", Start = "2026-01-01T22:00:00", Duration = Duration.FromHours(4) });
        var (from, until) = (Recurring.At("2040-05-05T01:00:00Z"), Recurring.At("2040-05-06T22:00:00Z"));
        set.OccurrencesBetween(from, until).Single().Start.ShouldBe(Recurring.At("2040-05-05T22:00:00Z"));
        set.OccurrencesOverlapping(from, until)
            .Select(occurrence => occurrence.Start)
            .ShouldBe([Recurring.At("2040-05-04T22:00:00Z"), Recurring.At("2040-05-05T22:00:00Z")]);
        set.OpenAt(from)!.Value.Start.ShouldBe(Recurring.At("2040-05-04T22:00:00Z"));
        set.OpenAt(Recurring.At("2040-05-05T02:00:00Z")).ShouldBeNull();
        set.LastStartingAtOrBefore(Recurring.At("2025-12-31T22:00:00Z")).ShouldBeNull();
    }
}
