namespace Governance.Patching.Policies;

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

    /// <summary>The deadline by the strictest rule that applies; null where none applies.</summary>
    public DeadlineDecision? Decide(RemediationFacts facts)
    {
        DeadlineDecision? strictest = null;
        foreach (var rule in Rules)
        {
            if (!rule.When.Hold(facts))
                continue;
            var decision = Decide(rule, facts);
            if (strictest is null || decision.Due < strictest.Due)
                strictest = decision;
        }

        return strictest;
    }

    private DeadlineDecision Decide(PolicyRule rule, RemediationFacts facts)
    {
        var clock = DeadlineClock.For(rule.Deadline.From, facts);
        var due = clock.Start + rule.Deadline.Span;
        var floor = facts.FirstSeen + rule.Deadline.FloorAfterFirstSeen;
        var isFloored = rule.Deadline.FloorAfterFirstSeen > TimeSpan.Zero && floor > due;
        return new DeadlineDecision(isFloored ? floor : due, $"policies/{Id}/rules/{rule.Id}", clock.Start, clock.Basis, isFloored);
    }
}

internal enum ExceptionClock
{
    /// <summary>It never stood still: due as it would have been without the exception.</summary>
    Continues,

    /// <summary>It starts anew when the exception ends.</summary>
    Restarts,
}

/// <param name="Due">Due at this instant, inclusive.</param>
/// <param name="Rule">The rule that set it, <c>policies/house-default/rules/critical</c>.</param>
/// <param name="ClockStart">When the clock started.</param>
/// <param name="ClockBasis">What it started at, and how we know.</param>
/// <param name="IsFloored">Whether only the floor after first seen keeps it from being due earlier.</param>
internal sealed record DeadlineDecision(DateTimeOffset Due, string Rule, DateTimeOffset ClockStart, string ClockBasis, bool IsFloored)
{
    /// <summary>Whether it was due already when it was first seen.</summary>
    public bool IsLateAt(DateTimeOffset firstSeen) => Due < firstSeen;
}
