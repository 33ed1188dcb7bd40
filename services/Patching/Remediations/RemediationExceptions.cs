using Governance.BuildingBlocks.Names;
using Governance.Patching.Deadlines;
using Governance.Patching.Neighbours;
using NodaTime;
using Outcome = Governance.Patching.V1.Remediation.Types.DeadlineOutcome;
using Proto = Governance.Patching.V1;
using Stand = Governance.Patching.V1.Remediation.Types.State;

namespace Governance.Patching.Remediations;

/// <content>Its exceptions: while one is in force its deadline is suspended.</content>
internal sealed partial class Remediation
{
    public bool IsExcepted => Status == Stand.Excepted;

    /// <summary>Whether its exception is over, though nobody has taken notice yet.</summary>
    public bool HasLapsedAt(Instant now) => IsExcepted && Body.ExceptedUntil.ToInstant() <= now;

    /// <summary>An exception was approved; one in force gives way to it. A deadline that is past already is missed.</summary>
    /// <param name="exception">Its name.</param>
    /// <param name="until">When it ends, exclusive.</param>
    /// <param name="now">The present instant.</param>
    public void Except(string exception, Instant until, Instant now) => Edit("EXCEPTED", now, body =>
    {
        if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
        EndPeriod(body, now);
        (body.State, body.Exception, body.ExceptedUntil) = (Stand.Excepted, exception, until.ToTimestamp());
        body.ExceptedPeriods.Add(new Proto.ExceptedPeriod { Exception = exception, From = now.ToTimestamp() });
        body.Feasibility = new Proto.Feasibility { State = Proto.Feasibility.Types.State.Unknown };
    });

    /// <summary>Before its exception ends: the policy lets the clock start anew then, whatever it says of other changes.</summary>
    public void RestartClock(
        AdvisoryFacts advisory, ComponentFacts component, PolicyInForce policy, Instant at, string reason, Instant now) =>
        Edit("UPDATED", now, body =>
        {
            body.ClockRestarted = at.ToTimestamp();
            var facts = DueAssessment.FactsOf(body, advisory, component);
            var decision = policy.Decide(facts);
            Take(body, new DueAssessment(facts, decision, true, $"{reason} The clock starts anew: {DueReasons.RuleOf(decision)}"), now);
        });

    /// <summary>Its exception is over and it is not done: its deadline counts again.</summary>
    public void EndException(Instant at, string reason, Instant now) => Edit(
        "REOPENED", now,
        body =>
        {
            EndPeriod(body, at);
            (body.State, body.ReopenReason) = (Stand.Open, reason);
            if (IsPast(body, now)) body.DeadlineOutcome = Outcome.Missed;
        },
        since: at);

    private static void EndPeriod(Proto.Remediation body, Instant at)
    {
        if (body.Exception.Length == 0) return;
        body.ExceptedPeriods[^1].Until = Instant.Min(at, body.ExceptedUntil.ToInstant()).ToTimestamp();
        (body.Exception, body.ExceptedUntil) = ("", null);
    }
}
