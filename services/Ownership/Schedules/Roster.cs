using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>Whether a party is on duty, and who of it.</summary>
/// <param name="IsOnDuty">Whether anybody answers.</param>
/// <param name="User">`users/…`; empty: the party as a whole, or nobody.</param>
/// <param name="Why">In the order in which it was decided.</param>
internal sealed record Duty(bool IsOnDuty, string User, IReadOnlyList<DutyStep> Why)
{
    public bool IsSameAs(Duty other) => IsOnDuty == other.IsOnDuty && User == other.User;
}

/// <param name="Span">Includes its start, excludes its end.</param>
/// <param name="Duty">Who; its reasons are those of the beginning.</param>
internal sealed record DutySpan(Interval Span, Duty Duty);

/// <summary>
/// Who of a party is on duty: an override decides alone; else the support hours must be open and, where there is a schedule, it
/// must have somebody. A party that states neither hours nor a schedule is never on duty.
/// </summary>
/// <param name="hours">Null: not stated; the schedule alone decides.</param>
/// <param name="schedule">Null: none.</param>
internal sealed class Roster(SupportHours? hours, OnCallSchedule? schedule)
{
    /// <summary>How far ahead a change of duty is looked for.</summary>
    public static readonly Duration Foresight = Duration.FromDays(366);

    private const int MostEdges = 20_000;

    private static readonly Duty Unstated =
        new(false, "", [new DutyStep(DutyReason.NotStated, () => "It states neither support hours nor a schedule.")]);

    public Duty At(Instant instant)
    {
        if (schedule?.Overridden(instant) is { } exception) return new Duty(exception.User.Length > 0, exception.User, [exception.Step]);
        var hasPlan = schedule is { HasPlan: true };
        if (hours is null && !hasPlan) return Unstated;
        if (hours?.IsOpen(instant) == false) return new Duty(false, "", [Hours(instant, false)]);
        var steps = new List<DutyStep>(2);
        if (hours is not null) steps.Add(Hours(instant, true));
        if (!hasPlan) return new Duty(true, "", steps);
        var planned = schedule!.Planned(instant);
        steps.Add(planned.Step);
        return new Duty(planned.User.Length > 0, planned.User, steps);
    }

    /// <summary>Who is on duty from one instant until another: in order, without gaps, neighbours differ.</summary>
    public IEnumerable<DutySpan> Spans(Instant from, Instant until)
    {
        DutySpan? last = null;
        for (var at = from; at < until;)
        {
            var (duty, next) = (At(at), Instant.Min(NextEdge(at) ?? until, until));
            if (last is not null && last.Duty.IsSameAs(duty))
            {
                last = last with { Span = new Interval(last.Span.Start, next) };
            }
            else
            {
                if (last is not null) yield return last;
                last = new DutySpan(new Interval(at, next), duty);
            }

            at = next;
        }

        if (last is not null) yield return last;
    }

    /// <summary>Until when the answer stays as it is; null: for more than a year.</summary>
    public Instant? Until(Instant instant)
    {
        var now = At(instant);
        return FirstEdge(instant, duty => !duty.IsSameAs(now));
    }

    /// <summary>The next instant at which somebody is on duty, after one at which nobody is; null: not within a year.</summary>
    public Instant? NextOnDuty(Instant instant) => FirstEdge(instant, duty => duty.IsOnDuty);

    private Instant? FirstEdge(Instant after, Func<Duty, bool> isWanted)
    {
        var horizon = after + Foresight;
        var edge = NextEdge(after);
        for (var tries = 0; edge is { } at && at <= horizon && tries < MostEdges; tries++, edge = NextEdge(at))
        {
            if (isWanted(At(at))) return at;
        }
        return null;
    }

    private Instant? NextEdge(Instant after) => Edges.Earliest(schedule?.NextEdge(after), hours?.NextChange(after));

    private DutyStep Hours(Instant instant, bool isOpen) => new(DutyReason.SupportHours, () => Describe(hours!, instant, isOpen));

    private static string Describe(SupportHours hours, Instant instant, bool isOpen)
    {
        if (hours.IsAlways) return "Support hours are 24x7.";
        var holiday = isOpen ? null : hours.Holidays.On(hours.Zone.LocalOf(instant).Date);
        var change = hours.NextChange(instant) is { } next ? $" until {hours.Zone.Describe(next)}" : "";
        return $"Support hours are {(isOpen ? "open" : "closed")}{change}{(holiday is null ? "" : $"; holiday: {holiday}")}.";
    }
}
