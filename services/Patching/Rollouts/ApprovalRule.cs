using Governance.BuildingBlocks.Security;

namespace Governance.Patching.Rollouts;

/// <summary>How many approvals a plan needs, and who may give them.</summary>
internal static class ApprovalRule
{
    private const int MostCriticalTier = 1;

    /// <summary>
    /// Two where production of the most critical tier is changed, else one; none where a template approved it before. An
    /// EMERGENCY takes one decision, and a second one to skip staging.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="tierOf">A component's tier; null where it has none.</param>
    public static int Needed(RolloutPlan plan, Func<string, int?> tierOf) => plan.ChangeType switch
    {
        RolloutPlan.Standard => 0,
        RolloutPlan.Urgent => plan.Emergency is { SkipsStaging: true } ? 2 : 1,
        _ => ChangesTierOne(plan, tierOf) ? 2 : 1,
    };

    /// <summary>How the person has a hand in the rollout and so may not approve it; null where they have none.</summary>
    public static string? Involvement(Rollout rollout, string person)
    {
        if (SeparationOfDuties.IsSame(person, rollout.Requester))
        {
            return "requested";
        }
        if (rollout.Editors.Any(editor => SeparationOfDuties.IsSame(person, editor)))
        {
            return "edited";
        }
        return SeparationOfDuties.IsSame(person, rollout.Plan.Implementer) ? "implements" : null;
    }

    private static bool ChangesTierOne(RolloutPlan plan, Func<string, int?> tierOf) => plan.Stages
        .Where(stage => stage.Kind == StageKind.Production)
        .SelectMany(stage => stage.Components)
        .Any(component => tierOf(component) == MostCriticalTier);
}
