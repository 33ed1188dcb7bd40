using System.Collections.Immutable;

namespace Governance.MaintenanceWindows.Recurrence;

/// <summary>
/// A rule that repeats within the day, worked out for one start: periods of an hour, a minute or a second that follow
/// each other in elapsed time, what is taken within each, and which of them the clock on the wall lets pass.
/// </summary>
internal sealed class ElapsedPlan
{
    private readonly RecurrenceRule _rule;
    private readonly int _startInPeriod;

    public ElapsedPlan(RecurrenceRule rule, RuleFacts facts, long startLocal, long startUnix)
    {
        _rule = rule;
        Facts = facts;
        Length = rule.Frequency switch
        {
            Frequency.Hourly => 3600,
            Frequency.Minutely => 60,
            Frequency.Secondly => 1,
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule.Frequency, "has periods of a day or longer"),
        };
        Stride = (long)Length * rule.Interval;
        _startInPeriod = (int)(startLocal - (CalendarMath.FloorDiv(startLocal, Length) * Length));
        Anchor = startUnix - _startInPeriod;
        First = startUnix;
        Clock = ClockSet.Of(rule.ByHour, Length < 3600 ? rule.ByMinute : [], Length < 60 ? rule.BySecond : []);
        IsUnfiltered = !facts.LimitsDays && rule.ByHour.IsEmpty && rule.ByMinute.IsEmpty && rule.BySecond.IsEmpty;
        Taken = Expand(0);
    }

    public RuleFacts Facts { get; }

    /// <summary>Seconds in a period.</summary>
    public int Length { get; }

    /// <summary>Seconds from one period of the rule to the next.</summary>
    public long Stride { get; }

    /// <summary>Unix second at which the start's own period begins.</summary>
    public long Anchor { get; }

    /// <summary>Unix second of the start: nothing is held before it.</summary>
    public long First { get; }

    /// <summary>The times of day at which a period that is held begins.</summary>
    public ClockSet Clock { get; }

    /// <summary>Whether every period is held, so that no clock need be asked.</summary>
    public bool IsUnfiltered { get; }

    /// <summary>What is taken of a period that begins with the local hour or minute, in seconds from its begin.</summary>
    public int[] Taken { get; }

    /// <summary>
    /// What is taken of a period that begins <paramref name="phase"/> seconds into the local hour or minute, as it
    /// does after a clock change of half an hour.
    /// </summary>
    public int[] Expand(int phase)
    {
        int[] seconds = Length == 1 ? [0] : [.. Enumerable.Range(0, Length).Where(second => IsTaken(second, phase + second))];
        return _rule.BySetPos.IsEmpty ? seconds : Positions.Pick(seconds, [0], _rule.BySetPos);
    }

    private bool IsTaken(int second, int local) =>
        Takes(_rule.BySecond, local % 60, second % 60, _startInPeriod % 60)
        && (Length == 60 || Takes(_rule.ByMinute, local / 60 % 60, second / 60, _startInPeriod / 60));

    // A listed minute is one of the local clock; the start's own minute is elapsed time within the period.
    private static bool Takes(ImmutableArray<int> listed, int local, int elapsed, int start) =>
        listed.IsEmpty ? elapsed == start : listed.Contains(local);
}
