using Governance.Ownership.V1;
using NodaTime;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>Writes the account of a period as the statement that a caller reads.</summary>
internal static class StatementWriter
{
    /// <summary>Entries of this kind of work use the share that is kept for paying debt down.</summary>
    public const string DebtWork = "debt";

    public static Statement Write(string contract, PeriodAccount account, IReadOnlyCollection<Work> work, LocalDate? final, bool closed)
    {
        var terms = account.Terms;
        var debt = work.Where(one => one.WorkType == DebtWork).Sum(one => terms.Counted(one.Minutes, one.AfterHours) * one.Count);
        return new Statement
        {
            Contract = contract,
            StartDate = Contracts.Terms.Text(account.Start),
            EndDate = Contracts.Terms.Text(account.End),
            Period = terms.Quarterly ? V1.Period.Quarter : V1.Period.Month,
            Closed = closed,
            GrantedMinutes = account.Granted,
            RolledInMinutes = account.RolledInMinutes,
            UsedMinutes = account.Used,
            AfterHoursMinutes = AfterHours(work),
            AfterHoursSurchargeMinutes = account.Used - work.Sum(one => one.Minutes * one.Count),
            LeftMinutes = account.Left,
            LeftForDebtMinutes = Math.Min(account.Left, Math.Max(0, terms.DebtMinutes - debt)),
            RollingOverMinutes = account.RollingOverMinutes,
            ExpiringMinutes = account.Expiring,
            OveruseMinutes = account.Overuse,
            RolledIn = { account.RolledIn.Select(lot => Write(lot, account, final)) },
            ByWorkType = { By(work, terms, one => one.WorkType) },
            ByComponent = { By(work, terms, one => one.Component) },
            EntryCount = work.Sum(one => one.Count),
            DebtUsedMinutes = debt,
        };
    }

    private static RolledMinutes Write(Lot lot, PeriodAccount account, LocalDate? final)
    {
        var until = RetainerLedger.EndOf(
            account.End.PlusMonths((account.Terms.Quarterly ? 3 : 1) * (lot.PeriodsLeft - 1)), account.Terms.Quarterly);
        return new RolledMinutes
        {
            StartDate = Contracts.Terms.Text(lot.Start),
            Minutes = lot.Minutes,
            UsedMinutes = lot.Used,
            UsableUntil = Contracts.Terms.Text(LocalDate.Min(until, final ?? until)),
        };
    }

    private static IEnumerable<UsedMinutes> By(IEnumerable<Work> work, RetainerTerms terms, Func<Work, string> key) => work
        .GroupBy(key)
        .Select(group => new UsedMinutes
        {
            Key = group.Key,
            UsedMinutes_ = group.Sum(one => terms.Counted(one.Minutes, one.AfterHours) * one.Count),
            AfterHoursMinutes = AfterHours(group),
            EntryCount = group.Sum(one => one.Count),
        })
        .OrderByDescending(used => used.UsedMinutes_).ThenBy(used => used.Key, StringComparer.Ordinal);

    private static int AfterHours(IEnumerable<Work> work) => work.Where(one => one.AfterHours).Sum(one => one.Minutes * one.Count);
}
