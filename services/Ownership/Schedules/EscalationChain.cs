using NodaTime;

namespace Governance.Ownership.Schedules;

/// <param name="At">When the level is reached.</param>
/// <param name="Level">1 for the first.</param>
/// <param name="Round">1 for the first time.</param>
internal sealed record EscalationStep(Instant At, int Level, int Round);

/// <summary>When which level is reached while nobody answers.</summary>
internal static class EscalationChain
{
    /// <param name="delays">Of each level in order: elapsed time until the next level, or until the chain runs again.</param>
    /// <param name="repeats">How often the whole chain runs again; 0: once in all.</param>
    /// <param name="start">When the first level is reached.</param>
    public static IReadOnlyList<EscalationStep> Steps(IReadOnlyList<Duration> delays, int repeats, Instant start)
    {
        var steps = new List<EscalationStep>(delays.Count * (repeats + 1));
        for (var round = 1; round <= repeats + 1; round++)
        {
            for (var i = 0; i < delays.Count; start += delays[i++]) steps.Add(new EscalationStep(start, i + 1, round));
        }
        return steps;
    }
}
