using Governance.Windows.V1;
using NodaTime;
using static Governance.Windows.V1.CheckChangeResponse.Types;
using Effect = Governance.Windows.V1.Reason.Types.Effect;

namespace Governance.MaintenanceWindows.Planning;

/// <summary>Asks whether a change may start.</summary>
/// <param name="Demand">The change; of one component.</param>
/// <param name="At">When it would start.</param>
/// <param name="Now">Now.</param>
internal sealed record ChangeQuestion(ChangeDemand Demand, Instant At, Instant Now)
{
    /// <summary>The recorded change that this one backs out, found to be on the same component; or empty.</summary>
    public string BacksOut { get; init; } = "";
}

/// <summary>The explained verdict. docs/change-verdicts.md lists the rules and their order.</summary>
internal static class Verdicts
{
    /// <summary>How far ahead an allowed instant is looked for.</summary>
    public static Duration Horizon { get; } = Duration.FromDays(400);

    /// <summary>Judges one question.</summary>
    public static CheckChangeResponse Check(CalendarSnapshot calendar, ChangeQuestion question)
    {
        var subject = Subject.Of(calendar, question.Demand.Components[0], question.Demand);
        var evidence = new VerdictEvidence(calendar, question, subject);
        evidence.Gather();
        var (verdict, first) = Decide(question, evidence);
        var answer = new CheckChangeResponse { Verdict = verdict, TzdbVersion = CalendarSnapshot.TzdbVersion };
        answer.Reasons.Add(evidence.Unknown(verdict));
        answer.Reasons.Add(first);
        answer.Reasons.Add(evidence.All.Where(reason => !ReferenceEquals(reason, first)));
        if (verdict == Verdict.OverrideRequired) answer.MayOverride.Add(evidence.OverrideRoles);
        Times(calendar, question, answer, evidence);
        return answer;
    }

    private static (Verdict, Reason) Decide(ChangeQuestion question, VerdictEvidence evidence)
    {
        if (question.BacksOut.Length > 0) return (Verdict.Allowed, evidence.Rule("BACK_OUT"));
        if (evidence.First("FROZEN", Effect.Deny) is { } frozen) return (Verdict.Denied, frozen);
        if (evidence.First("PROVIDER_MAINTENANCE", Effect.Deny) is { } maintained) return (Verdict.Denied, maintained);
        if (evidence.First("FROZEN", Effect.RequireOverride) is { } overridable) return (Verdict.OverrideRequired, overridable);
        if (evidence.Denial is { } denial) return (Verdict.Denied, denial);
        return evidence.First("APPROVAL_MISSING", Effect.RequireApproval) is { } missing
            ? (Verdict.ApprovalRequired, missing)
            : (Verdict.Allowed, evidence.Permission);
    }

    /// <summary>Until when it may start, or when next. Approvals do not come by waiting, so they do not count here.</summary>
    private static void Times(CalendarSnapshot calendar, ChangeQuestion question, CheckChangeResponse answer, VerdictEvidence evidence)
    {
        if (question.BacksOut.Length > 0) return;
        var search = new SlotSearch(calendar, question.Demand, question.Now, books: false);
        var starts = new TimeRange(question.At, question.At.Later(Horizon));
        if (answer.Verdict is Verdict.Allowed or Verdict.ApprovalRequired)
        {
            var end = search.FreeUntil(starts);
            if (end < starts.End) answer.OpenUntil = LocalTimes.Stamp(Whole(end.Value));
            return;
        }
        if (search.First(starts) is not { } next) return;
        answer.NextAllowed = LocalTimes.Stamp(next.Start);
        evidence.NextIs(next.Start, answer);
    }

    /// <summary>An end that is inclusive lies one nanosecond behind the instant that is meant.</summary>
    private static Instant Whole(Instant end) => Instant.FromUnixTimeTicks(end.ToUnixTimeTicks());
}
