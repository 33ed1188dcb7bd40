using NodaTime;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>
/// Walks a retainer's periods from the contract's first day on: each is a calendar month or quarter, or what the contract covers of it.
/// </summary>
internal static class RetainerLedger
{
    /// <summary>The account of the period that holds a day, which is within the contract.</summary>
    /// <param name="start">The contract's first day.</param>
    /// <param name="final">Its last; null: none is known.</param>
    /// <param name="day">Which period.</param>
    /// <param name="termsOf">The retainer that counts for a period from one day to another; null: there is none.</param>
    /// <param name="work">All work up to the period's end, in any order.</param>
    public static PeriodAccount AccountOf(
        LocalDate start,
        LocalDate? final,
        LocalDate day,
        Func<LocalDate, LocalDate, RetainerTerms?> termsOf,
        IReadOnlyCollection<Work> work)
    {
        var byMonth = work.ToLookup(one => (one.Day.Year, one.Day.Month));
        IReadOnlyList<Lot> lots = [];
        for (var from = start; ;)
        {
            var (end, terms) = PeriodFrom(from, termsOf);
            var last = LocalDate.Min(end, final ?? end);
            var used = Within(byMonth, from, last).Sum(one => terms.Counted(one.Minutes, one.AfterHours) * one.Count);
            var account = PeriodAccount.Open(from, last, terms, lots, used, isLast: final <= end);
            if (last >= day) return account;
            (from, lots) = (last.PlusDays(1), account.RollingOver);
        }
    }

    /// <summary>The last day of the month or quarter that a day lies in.</summary>
    public static LocalDate EndOf(LocalDate day, bool quarterly)
    {
        var month = quarterly ? (((day.Month - 1) / 3) * 3) + 3 : day.Month;
        return new LocalDate(day.Year, month, 1).PlusMonths(1).PlusDays(-1);
    }

    /// <summary>The work of the days from one to another, both inclusive.</summary>
    public static IEnumerable<Work> Within(ILookup<(int Year, int Month), Work> byMonth, LocalDate from, LocalDate until)
    {
        for (var month = from.With(DateAdjusters.StartOfMonth); month <= until; month = month.PlusMonths(1))
        {
            foreach (var one in byMonth[(month.Year, month.Month)])
            {
                if (one.Day >= from && one.Day <= until) yield return one;
            }
        }
    }

    private static (LocalDate End, RetainerTerms Terms) PeriodFrom(LocalDate from, Func<LocalDate, LocalDate, RetainerTerms?> termsOf)
    {
        var month = EndOf(from, quarterly: false);
        var terms = termsOf(from, month) ?? RetainerTerms.None;
        if (!terms.Quarterly) return (month, terms);
        var quarter = EndOf(from, quarterly: true);
        return (quarter, termsOf(from, quarter) ?? terms);
    }
}
