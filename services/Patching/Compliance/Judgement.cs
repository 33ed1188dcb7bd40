using Governance.BuildingBlocks.Names;
using Governance.Patching.Remediations;
using NodaTime;
using Figure = Governance.Patching.V1.ComplianceFigure;
using Proto = Governance.Patching.V1;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Compliance;

/// <param name="From">Inclusive.</param>
/// <param name="Until">Exclusive; what is judged is judged there.</param>
internal readonly record struct Period(Instant From, Instant Until);

/// <summary>What one remediation is in a period, from what its history says.</summary>
/// <param name="Figure">Where it is counted.</param>
/// <param name="IsLateWhenFirstSeen">Due already when it was first seen.</param>
/// <param name="DaysToRemediate">From first seen to remediated, when that was in the period.</param>
/// <param name="ExposureDays">How long it was open or excepted in the period.</param>
internal readonly record struct Judgement(Figure Figure, bool IsLateWhenFirstSeen, double? DaysToRemediate, double ExposureDays)
{
    /// <returns>Null when it does not count: opened at the end or later, or closed for good before the beginning.</returns>
    public static Judgement? Of(Proto.Remediation remediation, Period period)
    {
        var opened = remediation.Opened.ToInstant();
        if (opened >= period.Until) return null;
        var spans = Spans(remediation, opened, period.Until);
        var last = spans[^1];
        if (last.From < period.From && !IsExposed(last.State)) return null;
        var days = last.State == Stand.Remediated && last.From >= period.From ? (last.From - opened).TotalDays : (double?)null;
        var exposure = spans.Where(span => IsExposed(span.State)).Sum(span => Overlap(span.From, span.Until, period));
        return new Judgement(FigureOf(remediation, last, period.Until), remediation.LateWhenFirstSeen, days, exposure);
    }

    private static Figure FigureOf(Proto.Remediation remediation, Span last, Instant until) => last.State switch
    {
        Stand.Remediated => MissedBy(remediation, last.From) ? Figure.Missed : Figure.Met,
        Stand.Excepted => Figure.Excepted,
        Stand.NotAffected => Figure.NotAffected,
        Stand.Withdrawn => Figure.Withdrawn,
        Stand.Open or Stand.Scheduled or Stand.InProgress => MissedBy(remediation, until) ? Figure.Overdue : Figure.Open,
        _ => throw new InvalidOperationException($"{remediation.Name} is in no state."),
    };

    /// <summary>It was missed before that instant, or was due before it by the due date that held then.</summary>
    private static bool MissedBy(Proto.Remediation remediation, Instant instant)
    {
        if (remediation.MissedAt is { } missed && missed.ToInstant() < instant) return true;
        var due =
            remediation.DueHistory.LastOrDefault(change => change.At.ToInstant() < instant) ?? remediation.DueHistory.FirstOrDefault();
        return due?.To is { } to && remediation.MissedFrom(to.ToInstant()) < instant;
    }

    /// <summary>The states that it went through before the end, in order; there is at least one.</summary>
    private static List<Span> Spans(Proto.Remediation remediation, Instant opened, Instant until)
    {
        var spans = new List<Span> { new(Stand.Open, opened, until) };
        foreach (var change in remediation.StateHistory)
        {
            var at = change.At.ToInstant();
            if (at >= until) break;
            spans[^1] = spans[^1] with { Until = at };
            spans.Add(new Span(change.State, at, until));
        }

        return spans;
    }

    private static bool IsExposed(Stand state) => state is Stand.Open or Stand.Scheduled or Stand.InProgress or Stand.Excepted;

    private static double Overlap(Instant from, Instant until, Period period)
    {
        var length = Instant.Min(until, period.Until) - Instant.Max(from, period.From);
        return length > Duration.Zero ? length.TotalDays : 0;
    }

    private readonly record struct Span(Stand State, Instant From, Instant Until);
}
