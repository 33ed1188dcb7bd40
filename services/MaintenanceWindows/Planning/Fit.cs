using Governance.Windows.V1;
using NodaTime;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Whether a change fits at one exact instant, and if not, every reason why.</summary>
internal static class Fit
{
    /// <summary>What speaks against the start; empty when it fits.</summary>
    /// <param name="calendar">The calendar.</param>
    /// <param name="demand">The change.</param>
    /// <param name="start">When it would start.</param>
    /// <param name="now">Now.</param>
    /// <param name="relaxation"><see cref="Relaxation.Notice"/> for what is booked already.</param>
    public static List<Reason> Against(
        CalendarSnapshot calendar, ChangeDemand demand, Instant start, Instant now, Relaxation relaxation = default)
    {
        var starts = new TimeRange(start, start + Duration.Epsilon);
        var findings = new SlotSearch(calendar, demand, now, books: true, relaxation).Walk(starts).ToList();
        if (findings.Exists(finding => finding.Free.Count > 0)) return [];
        return
        [
            .. demand.Components.SelectMany(component => Verdict(calendar, demand with { Components = [component] }, start, now))
                .Concat(Blocks(calendar, findings))
                .Concat(Misses(calendar, new(demand, start, start + demand.Work, now)))
                .DistinctBy(reason => (reason.Rule, reason.Resource)),
        ];
    }

    /// <summary>What CheckChange says, with other changes on the component as reasons even where no window is asked for.</summary>
    private static IEnumerable<Reason> Verdict(CalendarSnapshot calendar, ChangeDemand demand, Instant start, Instant now) =>
        Verdicts.Check(calendar, new(demand, start, now)).Reasons
            .Where(reason => reason.Effect is Effect.Deny or Effect.RequireOverride || reason.Rule is "COMPONENT_BUSY" or "DEPENDENCY_BUSY")
            .Select(Denying);

    private static IEnumerable<Reason> Blocks(CalendarSnapshot calendar, IEnumerable<PlaceFinding> findings)
    {
        var explain = new Explanation(calendar);
        return findings.SelectMany(finding => finding.Blocks, (finding, block) => explain.Reason(block, Effect.Deny, finding.Place.Zone));
    }

    /// <summary>What only a booking must keep to, such as a notice period.</summary>
    private static IEnumerable<Reason> Misses(CalendarSnapshot calendar, SlotQuestion question) =>
        SlotFinder.Find(calendar, question).NearMisses
            .Where(miss => miss.Constraint == "NOTICE_PERIOD")
            .Select(miss => new Reason
            {
                Rule = miss.Constraint,
                Effect = Effect.Deny,
                Detail = miss.Detail,
                From = miss.Start,
                Until = miss.End,
                Resource = miss.Resource,
            });

    private static Reason Denying(Reason reason)
    {
        if (reason.Effect == Effect.Warn) reason.Effect = Effect.Deny;
        return reason;
    }
}
