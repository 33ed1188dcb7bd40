using Governance.Ownership.Contracts.Statements;
using NodaTime;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Contracts;

/// <summary>What becomes of a retainer's hours.</summary>
public sealed class RetainerLedgerTests
{
    private static readonly LocalDate Start = new(2026, 1, 1);

    [Fact]
    public void AccountOf_UnusedMinutes_RollOverAndTheOldestAreUsedFirst()
    {
        var terms = Terms(rollOver: 2);
        Work[] work = [Support("2026-01-10", 400), Support("2026-02-10", 700), Support("2026-03-10", 250)];

        var march = Account(terms, "2026-03-01", work);

        march.RolledIn.Select(lot => (lot.Start, lot.Minutes, lot.Used, lot.PeriodsLeft))
            .ShouldBe([(new LocalDate(2026, 2, 1), 100, 100, 2)]);
        (march.Granted, march.RolledInMinutes, march.Used, march.Left, march.Overuse).ShouldBe((600, 100, 250, 450, 0));
        (march.RollingOverMinutes, march.Expiring).ShouldBe((450, 0));
    }

    [Fact]
    public void AccountOf_MinutesNeverUsed_ExpireAfterTheirPeriods()
    {
        var april = Account(Terms(rollOver: 2), "2026-04-01", []);

        april.RolledIn.Select(lot => (lot.Start, lot.PeriodsLeft))
            .ShouldBe([(new LocalDate(2026, 2, 1), 1), (new LocalDate(2026, 3, 1), 2)]);
        (april.Left, april.RollingOverMinutes, april.Expiring).ShouldBe((1800, 1200, 600));
    }

    [Fact]
    public void AccountOf_RollOverLimit_LetsTheRestExpire()
    {
        var january = Account(Terms(rollOver: 1, limit: 100), "2026-01-01", [Support("2026-01-10", 200)]);

        (january.Left, january.RollingOverMinutes, january.Expiring).ShouldBe((400, 100, 300));
    }

    [Fact]
    public void AccountOf_AfterHours_CountsTimesTheMultiplierEachEntryRounded()
    {
        var terms = Terms() with { Multiplier = 1.5m };
        Work[] work = [Support("2026-01-10", 45) with { AfterHours = true, Count = 2 }, Support("2026-01-11", 10)];

        Account(terms, "2026-01-31", work).Used.ShouldBe((2 * 68) + 10);
    }

    [Fact]
    public void AccountOf_MoreThanThereIs_IsOveruseAndNothingIsNegative()
    {
        var january = Account(Terms(rollOver: 3), "2026-01-05", [Support("2026-01-10", 1000)]);

        (january.Left, january.Overuse, january.RollingOverMinutes).ShouldBe((0, 400, 0));
    }

    [Fact]
    public void AccountOf_QuarterOfAContractThatBeginsInTheMiddle_IsWhatItCoversOfIt()
    {
        var account = RetainerLedger.AccountOf(new LocalDate(2026, 2, 15), new LocalDate(
            2026, 8, 20), new LocalDate(2026, 8, 1), (_, _) => Terms(rollOver: 1) with { Quarterly = true }, []);

        (account.Start, account.End).ShouldBe((new LocalDate(2026, 7, 1), new LocalDate(2026, 8, 20)));
        (account.RolledInMinutes, account.RollingOverMinutes, account.Expiring).ShouldBe((600, 0, 1200));
    }

    [Fact]
    public void AccountOf_AnyRetainerAndAnyWork_KeepsItsBalance()
    {
        var random = new Random(7);
        for (var run = 0; run < 400; run++)
        {
            var terms = new RetainerTerms(random.Next(1, 1000), random.Next(2) == 0, random.Next(
                4), random.Next(3) == 0 ? 0 : random.Next(300), random.Next(101), 1 + (random.Next(8) / 4m));
            var final = random.Next(3) == 0 ? (LocalDate?)null : Start.PlusDays(random.Next(30, 900));
            var work = Enumerable.Range(0, random.Next(60))
                .Select(_ => new Work(Start.PlusDays(random.Next(730)), "", "", random.Next(2) == 0, random.Next(400), random.Next(1, 3)))
                .ToList();
            CheckAll(terms, final, work);
        }
    }

    /// <summary>Walks the periods as a reader of statements would, and follows every minute through them.</summary>
    private static void CheckAll(RetainerTerms terms, LocalDate? final, List<Work> work)
    {
        PeriodAccount? before = null;
        for (var day = Start; day <= (final ?? Start.PlusDays(730)); day = before.End.PlusDays(1))
        {
            var account = RetainerLedger.AccountOf(Start, final, day, (_, _) => terms, work);
            (account.Granted + account.RolledInMinutes + account.Overuse).ShouldBe(account.Used + account.Left);
            account.Left.ShouldBe(account.RollingOverMinutes + account.Expiring);
            new[] { account.Left, account.Overuse, account.Expiring, account.RollingOverMinutes, account.Used }.ShouldAllBe(minutes =>
                minutes >= 0);
            account.RolledIn.ShouldAllBe(lot =>
                lot.Minutes > 0 && lot.Left >= 0 && lot.PeriodsLeft >= 1 && lot.PeriodsLeft <= terms.RollOverPeriods);
            account.RolledIn.Select(lot => lot.Start).ShouldBeInOrder();
            account.RolledInMinutes.ShouldBe(before?.RollingOverMinutes ?? 0);
            account.Start.ShouldBe(day);
            account.Used.ShouldBe(work.Where(one => one.Day >= account.Start && one.Day <= account.End)
                .Sum(one => terms.Counted(one.Minutes, one.AfterHours) * one.Count));
            if (account.End == final) account.RollingOver.ShouldBeEmpty();
            before = account;
        }
    }

    private static PeriodAccount Account(RetainerTerms terms, string day, Work[] work) =>
        RetainerLedger.AccountOf(Start, null, Day(day), (_, _) => terms, work);

    private static RetainerTerms Terms(int rollOver = 0, int limit = 0) => new(600, Quarterly: false, rollOver, limit, 0, 1);

    private static Work Support(string day, int minutes) => new(Day(day), "support", "", AfterHours: false, minutes, 1);

    private static LocalDate Day(string text) => Governance.Ownership.Contracts.Terms.Date(text)!.Value;
}
