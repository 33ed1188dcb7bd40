using NodaTime;

namespace Governance.Ownership.Contracts.Statements;

/// <summary>Minutes of an earlier period that came into this one.</summary>
/// <param name="Start">The first day of the period that granted them.</param>
/// <param name="PeriodsLeft">In how many periods they can be used, this one included.</param>
/// <param name="Minutes">How many came in.</param>
/// <param name="Used">How many of them this period used.</param>
internal sealed record Lot(LocalDate Start, int PeriodsLeft, int Minutes, int Used = 0)
{
    public int Left => Minutes - Used;
}

/// <summary>
/// What became of the hours in one period. Always: granted + rolled in + overuse = used + left, and left = rolling over + expiring;
/// nothing is ever negative.
/// </summary>
/// <param name="Start">Its first day.</param>
/// <param name="End">Its last day.</param>
/// <param name="Terms">The retainer then.</param>
/// <param name="RolledIn">Oldest first, which is the order in which they are used.</param>
/// <param name="Used">Counted minutes of the work.</param>
/// <param name="IsLast">The contract ends with it: nothing rolls over.</param>
internal sealed record PeriodAccount(
    LocalDate Start, LocalDate End, RetainerTerms Terms, IReadOnlyList<Lot> RolledIn, int Used, bool IsLast)
{
    public int Granted => Terms.Minutes;

    public int RolledInMinutes => RolledIn.Sum(lot => lot.Minutes);

    public int Overuse => Math.Max(0, Used - Granted - RolledInMinutes);

    public int Left => Math.Max(0, Granted + RolledInMinutes - Used);

    /// <summary>What the next period begins with, oldest first.</summary>
    public IReadOnlyList<Lot> RollingOver { get; } = IsLast ? [] : Rolling(Start, Terms, RolledIn, Used);

    public int RollingOverMinutes => RollingOver.Sum(lot => lot.Minutes);

    public int Expiring => Left - RollingOverMinutes;

    /// <summary>
    /// An account of a period that begins with the given lots: the work uses the oldest first, the period's own grant last.
    /// </summary>
    public static PeriodAccount Open(LocalDate start, LocalDate end, RetainerTerms terms, IReadOnlyList<Lot> lots, int used, bool isLast)
    {
        var (open, rolledIn) = (used, new List<Lot>());
        foreach (var lot in lots)
        {
            var taken = Math.Min(open, lot.Minutes);
            rolledIn.Add(lot with { Used = taken });
            open -= taken;
        }

        return new PeriodAccount(start, end, terms, rolledIn, used, isLast);
    }

    private static List<Lot> Rolling(LocalDate start, RetainerTerms terms, IReadOnlyList<Lot> rolledIn, int used)
    {
        var rolling = rolledIn.Where(lot => lot is { Left: > 0, PeriodsLeft: > 1 })
            .Select(lot => new Lot(lot.Start, lot.PeriodsLeft - 1, lot.Left)).ToList();
        var own = Math.Max(0, terms.Minutes - (used - rolledIn.Sum(lot => lot.Used)));
        if (terms.RollOverMinutes > 0) own = Math.Min(own, terms.RollOverMinutes);
        if (terms.RollOverPeriods > 0 && own > 0) rolling.Add(new Lot(start, terms.RollOverPeriods, own));
        return rolling;
    }
}
