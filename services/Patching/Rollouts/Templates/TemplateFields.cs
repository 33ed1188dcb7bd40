using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Reads a template's terms out of a request.</summary>
internal static class TemplateFields
{
    private const int MostNames = 500;

    /// <summary>The terms; meaningless once <paramref name="faults"/> has any.</summary>
    public static TemplateTerms Terms(this FieldFaults faults, Proto.RolloutTemplate template)
    {
        faults.Length(template.DisplayName, 200, "rollout_template.display_name");
        faults.Names(template.Components, "components");
        faults.Names(template.Systems, "systems");
        foreach (var kind in template.Kinds)
        {
            faults.Check(Enum.IsDefined(kind)
                && kind != ChangeKind.Unspecified, "rollout_template.kinds", $"{(int)kind} is no kind of change.", "UNKNOWN_VALUE");
        }
        faults.Check(
            Enum.IsDefined(template.MaximumSeverity),
            "rollout_template.maximum_severity",
            $"{(int)template.MaximumSeverity} is no severity.",
            "UNKNOWN_VALUE");
        faults.Check(
            template.MostCriticalTier is >= 0 and <= 4,
            "rollout_template.most_critical_tier",
            "Tiers are 1, the most critical, to 4.",
            "OUT_OF_RANGE");
        var reserve = faults.Span(template.BackOutReserve, "rollout_template.back_out_reserve");
        var stages = template.Stages.Select((stage, place) => faults.Stage(stage, $"rollout_template.stages[{place}]")).ToList();
        foreach (var fault in RolloutPlanRules.Check(Widest(stages, reserve)))
        {
            faults.Add(
                $"rollout_template.{fault.Path.Replace("backOut.duration", "back_out_reserve", StringComparison.Ordinal)}",
                fault.Reason,
                "INVALID_PLAN");
        }
        return new TemplateTerms(
            template.DisplayName,
            template.Kinds.Count == 0 ? ["PATCH"] : [.. template.Kinds.Distinct().Select(kind => kind.ToString().ToUpperInvariant())],
            [.. template.Components.Distinct()],
            [.. template.Systems.Distinct()],
            template.MaximumSeverity,
            template.MostCriticalTier == 0 ? 2 : template.MostCriticalTier,
            stages,
            reserve);
    }

    /// <summary>The rollout that uses all of a template's freedom: what holds for rollouts must hold for it.</summary>
    private static RolloutPlan Widest(IEnumerable<TemplateStage> stages, TimeSpan reserve) => new(
        "", RolloutPlan.Standard, "PATCH", [],
        [.. stages.Select(stage =>
            new StagePlan(stage.Id, stage.Kind, ["components/any"], stage.Environment, stage.Duration, stage.Soak, stage.Gate))],
        new BackOutPlan("The rollout's own.", reserve), "");

    private static TemplateStage Stage(this FieldFaults faults, Proto.TemplateStage stage, string field)
    {
        faults.Length(stage.Environment, 63, $"{field}.environment");
        faults.Required(stage.Duration, $"{field}.duration");
        var kind = faults.Kind(stage.Kind, $"{field}.kind");
        var duration = stage.Duration is null ? TimeSpan.FromHours(1) : faults.Span(stage.Duration, $"{field}.duration");
        return new TemplateStage(stage.Id, kind, stage.Environment, duration, faults.Span(
            stage.Soak, $"{field}.soak"), faults.Gate(stage.Gate, kind, $"{field}.gate"));
    }

    private static void Names(this FieldFaults faults, IReadOnlyList<string> names, string collection)
    {
        faults.Check(
            names.Count <= MostNames,
            $"rollout_template.{collection}",
            $"Has {names.Count}; at most {MostNames} are possible.",
            "TOO_MANY");
        for (var i = 0; i < names.Count; i++) faults.Name(names[i], collection, $"rollout_template.{collection}[{i}]");
    }
}
