using NodaTime;

namespace Governance.Ownership.Schedules;

/// <summary>Whom a level reaches.</summary>
internal enum EscalationTargetKind
{
    /// <summary>All contacts of a party.</summary>
    Party,

    /// <summary>Whoever of a party is on duty when the level is reached.</summary>
    OnCall,

    /// <summary>One user.</summary>
    Person,
}

/// <param name="Kind">What is named.</param>
/// <param name="Resource">`parties/…`, or `users/…` for a person.</param>
internal sealed record EscalationTarget(EscalationTargetKind Kind, string Resource);

/// <param name="Targets">At least one.</param>
/// <param name="Delay">Elapsed time until the next level, or until the chain begins again.</param>
internal sealed record EscalationLevel(IReadOnlyList<EscalationTarget> Targets, Duration Delay);

/// <param name="At">When the level is reached.</param>
/// <param name="Level">1 for the first.</param>
/// <param name="Round">1 for the first time.</param>
/// <param name="Targets">Whom it reaches.</param>
internal sealed record EscalationStep(Instant At, int Level, int Round, IReadOnlyList<EscalationTarget> Targets);

/// <summary>Who is told when nobody answers.</summary>
internal static class EscalationChain
{
    /// <param name="levels">In order.</param>
    /// <param name="repeats">How often the whole chain is run again; 0: once in all.</param>
    /// <param name="start">When the first level is reached.</param>
    public static IReadOnlyList<EscalationStep> Steps(IReadOnlyList<EscalationLevel> levels, int repeats, Instant start)
    {
        var steps = new List<EscalationStep>(levels.Count * (repeats + 1));
        for (var round = 1; round <= repeats + 1; round++)
            for (var i = 0; i < levels.Count; start += levels[i++].Delay)
                steps.Add(new EscalationStep(start, i + 1, round, levels[i].Targets));
        return steps;
    }
}
