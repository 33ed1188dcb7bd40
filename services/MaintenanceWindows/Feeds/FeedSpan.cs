using Governance.MaintenanceWindows.Recurrence;
using NodaTime;

namespace Governance.MaintenanceWindows.Feeds;

/// <summary>
/// The years that a feed spells out, by the calendar year, so that its content does not change from day to day: rules
/// from ten years back; times that are listed one by one from a year back; both for five years to come.
/// </summary>
internal sealed record FeedSpan(Instant Far, Instant Near, Instant Horizon)
{
    private const int MostListed = 20_000;

    public Interval Written => new(Far, Horizon);

    public static FeedSpan At(Instant now)
    {
        var year = now.InUtc().Year;
        return new(StartOf(year - 10), StartOf(year - 1), StartOf(year + 6));
    }

    /// <summary>The occurrences that a feed has to account for.</summary>
    /// <param name="rule">Null: no rule, all of its times are there.</param>
    /// <param name="start">The first civil time.</param>
    /// <param name="overlapping">Occurrences by start, lazily.</param>
    public IReadOnlyList<Occurrence> Of(
        RecurrenceRule? rule, LocalDateTime start, Func<Instant, Instant, IEnumerable<Occurrence>> overlapping)
    {
        if (rule is null) return [.. overlapping(StartOf(1000), StartOf(9990)).Take(MostListed)];
        var from = PlainRule.IsReadAlike(rule, start) ? Far : Near;
        return [.. overlapping(from, Horizon).Where(occurrence => occurrence.Start >= from).Take(MostListed)];
    }

    private static Instant StartOf(int year) => Instant.FromUtc(year, 1, 1, 0, 0);
}
