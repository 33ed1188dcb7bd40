using Governance.BuildingBlocks.Errors;
using Governance.Ownership.Contracts;
using NodaTime;
using Shouldly;
using Xunit;
using Phase = Governance.Ownership.V1.Obligation.Types.Phase;
using Proto = Governance.Ownership.V1;
using Renewal = Governance.Ownership.V1.Contract.Types.Renewal;
using State = Governance.Ownership.V1.Contract.Types.State;
using Status = Governance.Ownership.V1.Obligation.Types.Status;

namespace Governance.Ownership.Tests.Contracts;

/// <summary>When a contract holds, and when what recurs is due next.</summary>
public sealed class TermsTests
{
    [Theory]
    [InlineData("2025-12-31", 0, "", "")]
    [InlineData("2026-01-01", 1, "2026-12-31", "2026-09-30")]
    [InlineData("2026-12-31", 1, "2026-12-31", "2026-09-30")]
    [InlineData("2027-01-01", 2, "2027-12-31", "2027-09-30")]
    [InlineData("2031-07-01", 6, "2031-12-31", "2031-09-30")]
    public void TermOn_AutomaticRenewal_GoesOnForTermsOfTheSameLength(string day, int number, string end, string notice)
    {
        var term = Automatic().TermOn(Day(day));

        (term?.Number ?? 0).ShouldBe(number);
        Terms.Text(term?.End).ShouldBe(end);
        Terms.Text(term?.LastNotice).ShouldBe(notice);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("2025-11-01", "2026-12-31")]
    [InlineData("2026-09-30", "2026-12-31")]
    [InlineData("2026-10-01", "2027-12-31")]
    [InlineData("2027-09-30", "2027-12-31")]
    [InlineData("2029-12-24", "2030-12-31")]
    public void FinalDate_OfNotice_IsTheEndOfTheFirstTermWhoseNoticeDateIsNotBeforeIt(string given, string final) =>
        Terms.Text(Automatic(given).FinalDate()).ShouldBe(final);

    [Fact]
    public void FinalDate_WithoutNoticeDate_IsTheEndOfTheTermInWhichNoticeWasGiven()
    {
        var contract = Automatic("2027-12-31");
        contract.NoticeDate = "";

        Terms.Text(contract.FinalDate()).ShouldBe("2027-12-31");
    }

    [Fact]
    public void TermOn_TermsThatBeginOnThe31st_DoNotWander()
    {
        var contract = new Proto.Contract { StartDate = "2026-01-31", EndDate = "2026-02-27", Renewal = Renewal.Automatic };

        contract.TermOn(Day("2026-03-30"))!.Number.ShouldBe(2);
        contract.TermOn(Day("2026-03-31"))!.Start.ShouldBe(Day("2026-03-31"));
    }

    [Fact]
    public void TermOn_OfOddLength_IsCountedInDays()
    {
        var contract = new Proto.Contract { StartDate = "2026-01-01", EndDate = "2026-01-10", Renewal = Renewal.Automatic };

        var term = contract.TermOn(Day("2026-02-03"))!;

        (term.Number, term.Start, term.End).ShouldBe((4, Day("2026-01-31"), Day("2026-02-09")));
    }

    [Fact]
    public void TermOn_EveryDayOfManyYears_LiesInExactlyOneTermAndTermsFollowEachOther()
    {
        foreach (var (start, end) in new[] { ("2024-02-29", "2025-02-27"), ("2026-01-31", "2026-04-29"), ("2026-03-01", "2026-03-17") })
        {
            var contract = new Proto.Contract { StartDate = start, EndDate = end, Renewal = Renewal.Automatic };
            var before = contract.TermOn(Day(start))!;
            for (var day = Day(start).PlusDays(1); day.Year < 2033; day = day.PlusDays(1))
            {
                var term = contract.TermOn(day)!;
                (term.Start <= day && day <= term.End).ShouldBeTrue($"{day} in {term}");
                if (term.Number != before.Number) (term.Number, term.Start).ShouldBe((before.Number + 1, before.End!.Value.PlusDays(1)));
                before = term;
            }
        }
    }

    [Fact]
    public void StateAt_LastDay_EndsWithItInTheContractsZone()
    {
        var contract = new Proto.Contract { StartDate = "2026-01-01", EndDate = "2026-06-30", TimeZone = "America/Los_Angeles" };

        contract.StateAt(Instant.FromUtc(2026, 7, 1, 6, 59)).ShouldBe(State.InForce);
        contract.StateAt(Instant.FromUtc(2026, 7, 1, 7, 0)).ShouldBe(State.Expired);
        contract.StateAt(Instant.FromUtc(2026, 1, 1, 7, 59)).ShouldBe(State.NotStarted);
    }

    [Fact]
    public void IsPastNoticeAt_NoticeDate_CountsForTheTermInForceAndNotOnceNoticeIsGiven()
    {
        Automatic().IsPastNoticeAt(At("2026-09-30")).ShouldBeFalse();
        Automatic().IsPastNoticeAt(At("2026-10-01")).ShouldBeTrue();
        Automatic().IsPastNoticeAt(At("2027-01-01")).ShouldBeFalse();
        Automatic("2026-08-01").IsPastNoticeAt(At("2026-10-01")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-03-31", 3, "2026-03-20", "2026-06-30")]
    [InlineData("2026-03-31", 3, "2026-04-15", "2026-06-30")]
    [InlineData("2026-03-31", 3, "2026-08-01", "2026-09-30")]
    [InlineData("2026-01-31", 1, "2026-01-31", "2026-02-28")]
    public void Settle_RecurringThatIsDone_IsOpenAgainWithItsNextDueDate(string due, int months, string done, string next)
    {
        var one = Done(due, months, done);

        one.Status.ShouldBe(Status.Open);
        one.DueDate.ShouldBe(next);
        one.Evidence.ShouldBe("");
        one.Fulfilments.Single().ShouldBe(new Proto.Fulfilment { DueDate = due, DoneDate = done, Evidence = "report" });
    }

    [Fact]
    public void Settle_SeriesOfThe31st_DoesNotWander()
    {
        var one = Done("2026-01-31", 1, "2026-01-31");
        foreach (var next in new[] { "2026-03-31", "2026-04-30", "2026-05-31" })
        {
            (one.Status, one.Evidence, one.DoneDate) = (Status.Done, "report", one.DueDate);
            Settle(one);
            one.DueDate.ShouldBe(next);
        }
    }

    private static Proto.Obligation Done(string due, int months, string done)
    {
        var one = new Proto.Obligation
        {
            Id = "recovery",
            Phase = Phase.Recurring,
            DueDate = due,
            EveryMonths = months,
            Status = Status.Done,
            DoneDate = done,
            Evidence = "report",
        };
        Settle(one);
        return one;
    }

    private static void Settle(Proto.Obligation one)
    {
        var terms = new Proto.Contract { Obligations = { one } };
        Obligations.Settle(new FieldFaults(), terms, new LocalDate(2027, 1, 1));
    }

    private static Proto.Contract Automatic(string given = "") => new()
    {
        StartDate = "2026-01-01",
        EndDate = "2026-12-31",
        NoticeDate = "2026-09-30",
        Renewal = Renewal.Automatic,
        NoticeGivenDate = given,
    };

    private static LocalDate Day(string text) => Terms.Date(text)!.Value;

    private static Instant At(string text) => Day(text).AtMidnight().InUtc().ToInstant();
}
