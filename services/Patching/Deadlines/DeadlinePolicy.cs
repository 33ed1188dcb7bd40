using Governance.BuildingBlocks.Calendars;

namespace Governance.Patching.Deadlines;

/// <summary>Ordered rules that say by when a remediation is due.</summary>
/// <param name="Id">Slug.</param>
/// <param name="DisplayName">For people.</param>
/// <param name="Source">Where its figures come from.</param>
/// <param name="Rules">In order: of rules that make it due at one instant, the first is named.</param>
internal sealed record DeadlinePolicy(string Id, string DisplayName, string Source, IReadOnlyList<PolicyRule> Rules)
{
    /// <summary>Ten years; whatever is longer is a slip of the pen.</summary>
    public const int LongestDays = 3660;

    /// <summary>How long an exception may last, in days of 24 hours from its approval.</summary>
    public int MaximumExceptionDays { get; init; } = 90;

    /// <summary>What the clock does when an exception ends before the work is done.</summary>
    public ExceptionClock ExceptionClock { get; init; }

    /// <summary>What becomes of due dates when what they follow from changes.</summary>
    public Recalculation Recalculation { get; init; }

    /// <summary>The calendars that its rules count by.</summary>
    public IEnumerable<string> CalendarIds => Rules.Select(rule => rule.Deadline.Calendar).Where(id => id.Length > 0).Distinct();

    /// <summary>The probabilities that its rules ask for.</summary>
    public IEnumerable<decimal> EpssThresholds => Rules.Select(rule => rule.When.EpssAtLeast).OfType<decimal>();

    /// <summary>The deadline by the strictest rule that applies; null where none applies.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="calendars">Those that the rules count by.</param>
    public DeadlineDecision? Decide(RemediationFacts facts, CalendarSet? calendars = null)
    {
        DeadlineDecision? strictest = null;
        var needsTriage = false;
        foreach (var rule in Rules.Where(rule => rule.When.Hold(facts)))
        {
            needsTriage |= rule.ForensicTriage;
            var decision = Decide(rule, facts, calendars ?? CalendarSet.Empty);
            if (strictest is null || decision.IsStricterThan(strictest)) strictest = decision;
        }

        return strictest is null ? null : strictest with { ForensicTriage = needsTriage };
    }

    private DeadlineDecision Decide(PolicyRule rule, RemediationFacts facts, CalendarSet calendars)
    {
        var clock = DeadlineClock.For(rule.Deadline.From, facts);
        var (due, skipped) = rule.Deadline.After(clock.Start, calendars);
        var floor = facts.FirstSeen + rule.Deadline.FloorAfterFirstSeen;
        var isFloored = rule.Deadline.FloorAfterFirstSeen > TimeSpan.Zero && floor > due;
        return new DeadlineDecision(isFloored ? floor : due, $"policies/{Id}/rules/{rule.Id}", clock.Start, clock.Basis, isFloored)
        {
            SkippedDays = isFloored ? [] : skipped,
        };
    }
}

internal enum ExceptionClock
{
    /// <summary>It never stood still: due as it would have been without the exception.</summary>
    Continues,

    /// <summary>It starts anew when the exception ends.</summary>
    Restarts,
}

/// <param name="Due">Due at this instant, inclusive; null: with the next upgrade.</param>
/// <param name="Rule">The rule that set it, <c>policies/house-default/rules/critical</c>.</param>
/// <param name="ClockStart">When the clock started.</param>
/// <param name="ClockBasis">What it started at, and how we know.</param>
/// <param name="IsFloored">Whether only the floor after first seen keeps it from being due earlier.</param>
internal sealed record DeadlineDecision(DateTimeOffset? Due, string Rule, DateTimeOffset ClockStart, string ClockBasis, bool IsFloored)
{
    /// <summary>Whether a rule that applies asks for a forensic triage; not only the one that is named.</summary>
    public bool ForensicTriage { get; init; }

    /// <summary>Days that business days left out.</summary>
    public IReadOnlyList<SkippedDay> SkippedDays { get; init; } = [];

    /// <summary>Whether it was due already when it was first seen.</summary>
    public bool IsLateAt(DateTimeOffset firstSeen) => Due < firstSeen;

    /// <summary>Any due instant is stricter than none.</summary>
    public bool IsStricterThan(DeadlineDecision other) => Due is not null && !(Due >= other.Due);
}
