using Governance.Patching.Documents;

namespace Governance.Patching.Rollouts;

/// <summary>What a plan must be before anyone is asked to approve it.</summary>
internal static class RolloutPlanRules
{
    /// <summary>Slots longer than this are not change windows.</summary>
    private static readonly TimeSpan LongestStage = TimeSpan.FromDays(7);

    private const int LongestReason = 1000;

    private static readonly TimeSpan LongestSoak = TimeSpan.FromDays(90);

    /// <summary>Everything that is wrong, with its place; empty when the plan can stand.</summary>
    public static IReadOnlyList<FieldFault> Check(RolloutPlan plan)
    {
        var faults = new List<FieldFault>();
        if (plan.Stages.Count == 0)
        {
            faults.Add(new FieldFault("stages", "At least one stage is required."));
        }
        for (var i = 0; i < plan.Stages.Count; i++)
        {
            CheckStage(plan.Stages[i], $"stages[{i}]", faults);
        }
        CheckOrder(plan, faults);
        CheckEmergency(plan, faults);
        foreach (var twice in plan.Stages.GroupBy(stage => stage.Id, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            faults.Add(new FieldFault("stages", $"The id '{twice.Key}' is used {twice.Count()} times."));
        }
        if (plan.Stages.Any(stage => stage.Kind == StageKind.Production) && string.IsNullOrWhiteSpace(plan.BackOut.Plan))
        {
            faults.Add(new FieldFault("backOut.plan", "Required where production is changed."));
        }
        CheckSpan(plan.BackOut.Duration, TimeSpan.Zero, LongestStage, "backOut.duration", faults);
        return faults;
    }

    private static void CheckStage(StagePlan stage, string path, List<FieldFault> faults)
    {
        if (!IsSlug(stage.Id))
        {
            faults.Add(new FieldFault($"{path}.id", "Must be lower-case letters, digits and hyphens, starting with a letter, at most 63."));
        }
        if (stage.Components.Count == 0)
        {
            faults.Add(new FieldFault($"{path}.components", "At least one component is required."));
        }
        if (string.IsNullOrWhiteSpace(stage.Environment))
        {
            faults.Add(new FieldFault($"{path}.environment", "Required."));
        }
        CheckSpan(stage.Duration, TimeSpan.FromMinutes(1), LongestStage, $"{path}.duration", faults);
        CheckSpan(stage.Soak, TimeSpan.Zero, LongestSoak, $"{path}.soak", faults);
        if (stage is { Kind: StageKind.Staging, Gate: StageGate.Automatic })
        {
            faults.Add(new FieldFault($"{path}.gate", "Staging must be verified before production: VERIFICATION or APPROVAL."));
        }
    }

    private static void CheckEmergency(RolloutPlan plan, List<FieldFault> faults)
    {
        if (plan.Emergency is not { } emergency)
        {
            if (plan.IsEmergency)
            {
                faults.Add(new FieldFault("emergency", "Required for an EMERGENCY."));
            }
            return;
        }

        if (!plan.IsEmergency)
        {
            faults.Add(new FieldFault("emergency", "Only an EMERGENCY has one."));
        }
        CheckReason(emergency.Reason, "emergency.reason", faults);
        if (emergency.SkipsStaging)
        {
            CheckReason(emergency.SkipStagingReason, "emergency.skipStagingReason", faults);
        }
        if (emergency.SkipsStaging && plan.Stages.Any(stage => stage.Kind == StageKind.Staging))
        {
            faults.Add(new FieldFault("emergency.skipStagingReason", "There is a staging stage: leave it out, or leave out the reason."));
        }
        CheckSpan(emergency.OverrideFor, TimeSpan.FromHours(1), LongestStage, "emergency.overrideFor", faults);
    }

    private static void CheckReason(string reason, string path, List<FieldFault> faults)
    {
        if (reason.Trim().Length is < EmergencyPlan.ShortestReason or > LongestReason)
        {
            faults.Add(new FieldFault(path, $"Must have {EmergencyPlan.ShortestReason} to {LongestReason} characters."));
        }
    }

    private static void CheckOrder(RolloutPlan plan, List<FieldFault> faults)
    {
        var stages = plan.Stages;
        var firstProduction = stages.TakeWhile(stage => stage.Kind == StageKind.Staging).Count();
        if (firstProduction == 0 && stages.Count > 0 && plan is not { IsEmergency: true, Emergency.SkipsStaging: true })
        {
            faults.Add(new FieldFault("stages[0].kind", "A staging stage must come before production."));
        }
        for (var i = firstProduction + 1; i < stages.Count; i++)
        {
            if (stages[i].Kind == StageKind.Staging)
            {
                faults.Add(new FieldFault($"stages[{i}].kind", "Staging stages come before production stages."));
            }
        }
    }

    private static void CheckSpan(TimeSpan span, TimeSpan least, TimeSpan most, string path, List<FieldFault> faults)
    {
        if (span < least || span > most)
        {
            faults.Add(new FieldFault(path, $"Must be {(long)least.TotalSeconds} to {(long)most.TotalSeconds} seconds."));
        }
    }

    private static bool IsSlug(string id) =>
        id.Length is >= 1 and <= 63 && char.IsAsciiLetterLower(id[0]) && id[^1] != '-' &&
        id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
