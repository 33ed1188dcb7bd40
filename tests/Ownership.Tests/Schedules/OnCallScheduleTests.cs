using Governance.BuildingBlocks.Calendars;
using Governance.Ownership.Schedules;
using NodaTime;
using Shouldly;
using Xunit;
using static Governance.Ownership.Tests.Schedules.Times;

namespace Governance.Ownership.Tests.Schedules;

public class OnCallScheduleTests
{
    private static readonly string[] Three = ["users/one", "users/two", "users/three"];

    [Theory]
    [InlineData("Europe/Berlin", 1, "Weeks")]
    [InlineData("America/New_York", 1, "Days")]
    [InlineData("Asia/Kolkata", 2, "Weeks")]
    [InlineData("Australia/Lord_Howe", 5, "Days")]
    [InlineData("Europe/Berlin", 12, "Hours")]
    [InlineData("America/New_York", 7, "Hours")]
    public void At_AnyQuarterOfAYear_IsWhoWalkingAllTurnsFinds(string id, int count, string unit)
    {
        var (zone, start) = (Zone(id), new LocalDateTime(2025, 11, 3, 2, 30));
        var turn = new TurnLength(count, Enum.Parse<TurnUnit>(unit));
        var schedule = Schedule(zone, new Rotation("primary", Three, start, turn));
        var (handover, number) = (Walk(zone, start, turn, 0), 0);
        foreach (var instant in Quarters(Year(2026), Year(2027)))
        {
            while (Walk(zone, start, turn, number + 1) is var next && next <= instant) (handover, number) = (next, number + 1);
            if (schedule.At(instant).User is var user && user != Three[number % 3])
            {
                Assert.Fail($"{user} at {instant}, turn {number} from {handover}");
            }
        }
    }

    [Theory]
    [InlineData("2026-03-29T08:59:59+02:00", "users/one")] // 22 March 09:00 winter time until 29 March 09:00 summer time
    [InlineData("2026-03-29T09:00:00+02:00", "users/two")]
    [InlineData("2026-10-25T08:59:59+01:00", "users/one")]
    [InlineData("2026-10-25T09:00:00+01:00", "users/two")]
    [InlineData("2026-03-22T08:59:59+01:00", "")] // not begun
    public void At_WeeklyHandover_KeepsNineOClockInWinterAndSummer(string instant, string user) =>
        Schedule(Zone("Europe/Berlin"), new Rotation("primary", ["users/one", "users/two"], new(2026, 3, 22, 9, 0), new(1, TurnUnit.Weeks)))
            .At(At(instant)).User.ShouldBe(user);

    [Fact]
    public void At_HourlyTurns_HandOverInElapsedTime()
    {
        var schedule = Schedule(
            Zone("Europe/Berlin"), new Rotation("primary", ["users/one", "users/two"], new(2026, 3, 28, 9, 0), new(24, TurnUnit.Hours)));
        schedule.At(At("2026-03-29T09:59:00+02:00")).User.ShouldBe("users/one");
        schedule.At(At("2026-03-29T10:00:00+02:00")).User.ShouldBe("users/two");
    }

    [Theory]
    [InlineData("2026-03-29T03:29:59+02:00", "users/one")] // 02:30 never comes: handover an hour later
    [InlineData("2026-03-29T03:30:00+02:00", "users/two")]
    [InlineData("2026-10-25T02:29:59+02:00", "users/one")]
    [InlineData("2026-10-25T02:30:00+02:00", "users/two")] // comes twice: at the first
    [InlineData("2026-10-25T02:15:00+01:00", "users/two")]
    public void At_HandoverWhereClocksChange_IsTheDocumentedInstant(string instant, string user) =>
        Schedule(Zone("Europe/Berlin"), new Rotation("primary", ["users/one", "users/two"], new(2026, 3, 28, 2, 30), new(1, TurnUnit.Days)))
            .At(At(instant)).User.ShouldBe(user);

    [Fact]
    public void At_RotationOfManyYears_AnswersAtOnce()
    {
        var schedule = Schedule(Zone("Europe/Berlin"), new Rotation("primary", Three, new(2010, 1, 4, 9, 0), new(1, TurnUnit.Hours)));
        var (first, at) = (At("2010-01-04T09:00:00+01:00"), At("2040-06-01T12:30:00Z"));
        for (var i = 0; i < 10_000; i++, at += Duration.FromMinutes(61))
        {
            schedule.At(at).User.ShouldBe(Three[(int)((long)(at - first).TotalHours % 3)]);
        }
    }

    [Theory]
    [InlineData("2026-03-02T12:00:00Z", "users/day")] // Monday noon: the day layer is higher
    [InlineData("2026-03-02T20:00:00Z", "users/base")] // outside of it
    [InlineData("2026-03-07T12:00:00Z", "users/weekend")] // Saturday: the highest
    [InlineData("2026-03-08T23:59:00Z", "users/weekend")]
    [InlineData("2026-03-09T00:00:00Z", "users/base")]
    public void At_Layers_TheHighestWithSomebodyWins(string instant, string user) => Layered().At(At(instant)).User.ShouldBe(user);

    [Fact]
    public void At_ShiftsAndOverrides_WinInThatOrderAndTheLaterMadeFirst()
    {
        var schedule = new OnCallSchedule(Layered().Terms with
        {
            Shifts = [new Shift("users/shift", At("2026-03-02T00:00:00Z"), At("2026-03-03T00:00:00Z"))],
            Overrides = [
                new DutyOverride("users/swap", At("2026-03-02T10:00:00Z"), At("2026-03-02T14:00:00Z"), "dentist"),
                new DutyOverride("", At("2026-03-02T12:00:00Z"), At("2026-03-02T13:00:00Z"), "drill")],
        });
        string Who(string at) => schedule.At(At(at)).User;
        (Who("2026-03-02T09:59:59Z"), Who("2026-03-02T10:00:00Z"), Who(
            "2026-03-02T12:00:00Z"), Who("2026-03-02T13:00:00Z"), Who("2026-03-02T14:00:00Z"), Who("2026-03-03T12:00:00Z"))
            .ShouldBe(("users/shift", "users/swap", "", "users/swap", "users/shift", "users/day"));
        schedule.At(At("2026-03-02T12:30:00Z")).Step.Detail.ShouldBe("Overridden until 2026-03-02T13:00:00Z UTC: nobody (drill).");
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Asia/Kolkata")]
    [InlineData("Australia/Lord_Howe")]
    public void Spans_AnyQuarterOfAYear_AgreeWithTheAnswerAtThatInstant(string id)
    {
        var roster = Busy(Zone(id), new Random(11));
        var spans = roster.Spans(Year(2026), Year(2027)).ToList();
        (spans[0].Span.Start, spans[^1].Span.End).ShouldBe((Year(2026), Year(2027)));
        spans.Zip(spans.Skip(1))
            .ShouldAllBe(pair => pair.First.Span.End == pair.Second.Span.Start && !pair.First.Duty.IsSameAs(pair.Second.Duty));
        var at = 0;
        foreach (var instant in Quarters(Year(2026), Year(2027)))
        {
            while (spans[at].Span.End <= instant) at++;
            if (!spans[at].Duty.IsSameAs(roster.At(instant))) Assert.Fail($"{spans[at]} at {instant}");
        }

        for (var i = 1; i < spans.Count - 1; i += 37)
        {
            roster.Until(spans[i].Span.Start).ShouldBe(spans[i].Span.End);
            if (!spans[i].Duty.IsOnDuty) roster.NextOnDuty(spans[i].Span.Start).ShouldBe(spans[i].Span.End);
        }
    }

    [Fact]
    public void Between_SwappedMember_SaysWhoseCoverChanges()
    {
        var zone = Zone("UTC");
        Roster Of(string second) =>
            new(null, Schedule(zone, new Rotation("primary", ["users/one", second], new(2026, 3, 2, 9, 0), new(1, TurnUnit.Days))));
        var changes = CoverChange.Between(Of("users/two"), Of("users/six"), At("2026-03-02T00:00:00Z"), At("2026-03-06T00:00:00Z"));
        changes.Select(one => (one.Span, one.Before.User, one.After.User)).ShouldBe([
            (Span("2026-03-03T09:00:00Z", "2026-03-04T09:00:00Z"), "users/two", "users/six"),
            (Span("2026-03-05T09:00:00Z", "2026-03-06T00:00:00Z"), "users/two", "users/six")]);
    }

    [Fact]
    public void Duty_Closed_IsNobodyUnlessOverridden()
    {
        var hours = new SupportHours(Zone("UTC"), [CivilRange.Between(IsoDayOfWeek.None, new(9, 0), new(17, 0))], HolidayDates.None);
        var schedule = new OnCallSchedule(Layered().Terms with
        {
            Overrides = [new DutyOverride("users/late", At("2026-03-02T20:00:00Z"), At("2026-03-02T21:00:00Z"), "")],
        });
        var roster = new Roster(hours, schedule);
        roster.At(At("2026-03-02T19:00:00Z")).IsOnDuty.ShouldBeFalse();
        roster.At(At("2026-03-02T20:30:00Z")).User.ShouldBe("users/late");
        roster.At(At("2026-03-02T10:00:00Z")).User.ShouldBe("users/day");
        new Roster(hours, null)
            .At(At("2026-03-02T10:00:00Z"))
            .ShouldSatisfyAllConditions(duty => duty.IsOnDuty.ShouldBeTrue(), duty => duty.User.ShouldBeEmpty());
        new Roster(null, null).At(At("2026-03-02T10:00:00Z")).IsOnDuty.ShouldBeFalse();
    }

    [Fact]
    public void Steps_TwoLevelsAndARepeat_AreReachedAfterTheirDelays()
    {
        EscalationChain.Steps([Duration.FromMinutes(15), Duration.FromMinutes(30)], 1, At("2026-03-29T00:50:00Z"))
            .Select(step => (step.At, step.Level, step.Round))
            .ShouldBe([
                (At("2026-03-29T00:50:00Z"), 1, 1), (At(
                    "2026-03-29T01:05:00Z"), 2, 1), (At("2026-03-29T01:35:00Z"), 1, 2), (At("2026-03-29T01:50:00Z"), 2, 2)]);
    }

    private static OnCallSchedule Schedule(DateTimeZone zone, params Rotation[] rotations) =>
        new(new ScheduleTerms(zone, rotations, [], []));

    private static OnCallSchedule Layered()
    {
        Rotation Layer(string user, params CivilRange[] when) =>
            new(user, [$"users/{user}"], new(2026, 1, 1, 0, 0), new(1, TurnUnit.Weeks)) { Restrictions = when };
        return Schedule(
            Zone("UTC"), Layer("base"), Layer("day", CivilRange.Between(IsoDayOfWeek.None, new(8, 0), new(18, 0))),
            Layer("weekend", CivilRange.Across(IsoDayOfWeek.Friday, new(18, 0), IsoDayOfWeek.Monday, new(0, 0))));
    }

    /// <summary>Hours, holidays, restricted layers that begin and end, shifts and overrides, some overlapping.</summary>
    private static Roster Busy(DateTimeZone zone, Random random)
    {
        var hours = new SupportHours(
            zone, [.. Enum.GetValues<IsoDayOfWeek>().Skip(1).Select(day => CivilRange.Between(day, new(6, 0), new(2, 30)))],
            new HolidayDates([new Holiday(new DateOnly(2026, 5, 1), false, "May Day")]));
        (Instant From, Instant Until) Some()
        {
            var from = Year(2026) + Duration.FromMinutes(15 * random.Next(35_000));
            return (from, from + Duration.FromMinutes(15 * random.Next(1, 200)));
        }

        Rotation[] rotations = [
            new("weeks", Three, new(2026, 1, 5, 9, 0), new(1, TurnUnit.Weeks)),
            new("nights", ["users/night", "users/owl"], new(2025, 12, 31, 22, 0), new(
                3, TurnUnit.Days)) { Restrictions = [CivilRange.Between(IsoDayOfWeek.None, new(22, 0), new(2, 0))] },
            new("summer", ["users/sun", "users/sea"], new(2026, 1, 1, 0, 0), new(36, TurnUnit.Hours))
            {
                From = Instant.FromUtc(2026, 6, 1, 0, 0), Until = Instant.FromUtc(2026, 9, 1, 0, 0),
                Restrictions = [CivilRange.Across(IsoDayOfWeek.Saturday, new(2, 30), IsoDayOfWeek.Sunday, new(2, 30))],
            }];
        var shifts = Enumerable.Range(0, 30)
            .Select(i => (i, when: Some()))
            .Select(one => new Shift($"users/shift-{one.i % 3}", one.when.From, one.when.Until));
        var overrides = Enumerable.Range(0, 30)
            .Select(i => (i, when: Some()))
            .Select(one => new DutyOverride(one.i % 4 == 0 ? "" : $"users/over-{one.i % 3}", one.when.From, one.when.Until, ""));
        return new Roster(hours, new OnCallSchedule(new ScheduleTerms(zone, rotations, [.. shifts], [.. overrides])));
    }

    private static Instant Walk(DateTimeZone zone, LocalDateTime start, TurnLength turn, int number)
    {
        if (turn.Unit == TurnUnit.Hours) return zone.AtStrictly(start).ToInstant() + Duration.FromHours(turn.Count * number);
        var local = start.PlusDays(turn.Count * number * (turn.Unit == TurnUnit.Weeks ? 7 : 1));
        return zone.AtLeniently(local).ToInstant();
    }
}
