using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>A turn of a rotation.</summary>
/// <param name="Number">0 for the first.</param>
/// <param name="Span">From its handover to the next.</param>
internal readonly record struct Turn(long Number, Interval Span);

/// <summary>
/// Finds turns by arithmetic from the first handover. Turns of days and weeks hand over at the same local time: where it comes
/// twice at the first of both, where it never comes later by the gap. Turns of hours hand over after elapsed hours.
/// </summary>
internal sealed class Turns(DateTimeZone zone, LocalDateTime start, TurnLength length)
{
    private readonly Duration _hours = Duration.FromHours(length.Count);
    private readonly int _days = length.Count * (length.Unit == TurnUnit.Weeks ? 7 : 1);

    public Instant First { get; } = zone.Opening(start);

    /// <param name="instant">Not before the first handover.</param>
    public Turn At(Instant instant)
    {
        var number = Estimate(instant);
        while (StartOf(number) > instant) number--;
        while (StartOf(number + 1) <= instant) number++;
        return new Turn(number, new Interval(StartOf(number), StartOf(number + 1)));
    }

    private Instant StartOf(long number) => length.Unit == TurnUnit.Hours
        ? First + _hours * number
        : zone.Opening(start.PlusDays(checked((int)(number * _days))));

    private long Estimate(Instant instant) => length.Unit == TurnUnit.Hours
        ? (long)Math.Floor((instant - First) / _hours)
        : (long)Math.Floor(Period.DaysBetween(start.Date, zone.LocalOf(instant).Date) / (double)_days);
}
