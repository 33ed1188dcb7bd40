using Governance.Common.V1;

namespace Governance.Patching.Rollouts;

/// <summary>What a template pre-approves: all that its approval is about.</summary>
/// <param name="DisplayName">For people.</param>
/// <param name="Kinds">The kinds of change, by the names that the protos give them; at least one.</param>
/// <param name="Components"><c>components/…</c>.</param>
/// <param name="Systems"><c>systems/…</c>; empty like <paramref name="Components"/>: every component.</param>
/// <param name="MaximumSeverity">The worst severity; unspecified: whatever it is.</param>
/// <param name="MostCriticalTier">1, the most critical, to 4.</param>
/// <param name="Stages">The stages that a rollout has, in order.</param>
/// <param name="BackOutReserve">Kept at least.</param>
internal sealed record TemplateTerms(
    string DisplayName,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Components,
    IReadOnlyList<string> Systems,
    Severity MaximumSeverity,
    int MostCriticalTier,
    IReadOnlyList<TemplateStage> Stages,
    TimeSpan BackOutReserve)
{
    /// <summary>As a rollout would need it that has its whole freedom: two approvals for tier 1 in production.</summary>
    public int ApprovalsNeeded() => MostCriticalTier == 1 && Stages.Any(stage => stage.Kind == StageKind.Production) ? 2 : 1;
}

/// <param name="Id">The stage's id.</param>
/// <param name="Kind">Before production, or production.</param>
/// <param name="Environment">The environment's id.</param>
/// <param name="Duration">The change takes at most this long.</param>
/// <param name="Soak">It is watched at least this long.</param>
/// <param name="Gate">The gate, or a stricter one.</param>
internal sealed record TemplateStage(string Id, StageKind Kind, string Environment, TimeSpan Duration, TimeSpan Soak, StageGate Gate);
