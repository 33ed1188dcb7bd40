using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.Patching.Fields;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Rollouts;

/// <summary>Reads a rollout's plan out of a request.</summary>
internal static class RolloutFields
{
    private const int MostStages = 50;

    private static readonly TimeSpan UsualOverride = TimeSpan.FromHours(24);

    /// <summary>The plan; meaningless once <paramref name="faults"/> has any.</summary>
    public static RolloutPlan Plan(this FieldFaults faults, Proto.Rollout rollout)
    {
        faults.Length(rollout.DisplayName, 200, "rollout.display_name");
        faults.Check(
            rollout.Stages.Count <= MostStages,
            "rollout.stages",
            $"Has {rollout.Stages.Count}; at most {MostStages} are possible.",
            "TOO_MANY");
        for (var i = 0; i < rollout.Remediations.Count; i++)
        {
            faults.Name(rollout.Remediations[i], "remediations", $"rollout.remediations[{i}]");
        }
        faults.Check(
            rollout.Implementer.Length == 0
                || NameFields.IsName(rollout.Implementer, "parties")
                || NameFields.IsName(rollout.Implementer, "users"),
            "rollout.implementer", $"'{rollout.Implementer}' is neither parties/… nor users/….", "INVALID_NAME");
        var backOut = rollout.BackOut ?? new Proto.BackOut();
        faults.Length(backOut.Plan, 10_000, "rollout.back_out.plan");
        var plan = new RolloutPlan(
            rollout.DisplayName,
            faults.Word(rollout.ChangeType, ChangeType.Normal, "rollout.change_type"),
            faults.Word(rollout.Kind, ChangeKind.Patch, "rollout.kind"),
            [.. rollout.Remediations.Distinct()],
            [.. rollout.Stages.Select((stage, place) => faults.Stage(stage, $"rollout.stages[{place}]"))],
            new BackOutPlan(backOut.Plan, faults.Span(backOut.Duration, "rollout.back_out.duration")),
            rollout.Implementer)
        {
            Template = rollout.Template,
            Emergency = rollout.Emergency is null ? null : faults.Emergency(rollout.Emergency),
        };
        faults.Template(rollout, plan.ChangeType);
        foreach (var fault in RolloutPlanRules.Check(plan))
        {
            faults.Add($"rollout.{InSnakeCase(fault.Path)}", fault.Reason, "INVALID_PLAN");
        }
        return plan;
    }

    public static StageOutcome Outcome(this FieldFaults faults, ChangeOutcome outcome, string field)
    {
        faults.Check(Enum.IsDefined(outcome), field, $"{(int)outcome} is no outcome.", "UNKNOWN_VALUE");
        return outcome switch
        {
            ChangeOutcome.SuccessfulWithIssues => StageOutcome.SuccessfulWithIssues,
            ChangeOutcome.Unsuccessful => StageOutcome.Unsuccessful,
            ChangeOutcome.BackedOut => StageOutcome.BackedOut,
            _ => StageOutcome.Successful,
        };
    }

    public static StageKind Kind(this FieldFaults faults, Proto.Stage.Types.Kind kind, string field)
    {
        faults.Check(
            kind is Proto.Stage.Types.Kind.Staging or Proto.Stage.Types.Kind.Production,
            field,
            "STAGING or PRODUCTION is required.",
            "REQUIRED");
        return kind == Proto.Stage.Types.Kind.Staging ? StageKind.Staging : StageKind.Production;
    }

    public static StageGate Gate(this FieldFaults faults, Proto.Stage.Types.Gate gate, StageKind kind, string field)
    {
        faults.Check(Enum.IsDefined(gate), field, $"{(int)gate} is none of AUTOMATIC, VERIFICATION and APPROVAL.", "UNKNOWN_VALUE");
        return gate switch
        {
            Proto.Stage.Types.Gate.Automatic => StageGate.Automatic,
            Proto.Stage.Types.Gate.Verification => StageGate.Verification,
            Proto.Stage.Types.Gate.Approval => StageGate.Approval,
            _ => kind == StageKind.Staging ? StageGate.Verification : StageGate.Automatic,
        };
    }

    private static StagePlan Stage(this FieldFaults faults, Proto.Stage stage, string field)
    {
        for (var i = 0; i < stage.Components.Count; i++) faults.Name(stage.Components[i], "components", $"{field}.components[{i}]");
        faults.Length(stage.Environment, 63, $"{field}.environment");
        faults.Required(stage.Duration, $"{field}.duration");
        var kind = faults.Kind(stage.Kind, $"{field}.kind");
        return new StagePlan(
            stage.Id,
            kind,
            [.. stage.Components.Distinct()],
            stage.Environment,
            stage.Duration is null ? TimeSpan.FromHours(1) : faults.Span(stage.Duration, $"{field}.duration"),
            faults.Span(stage.Soak, $"{field}.soak"),
            faults.Gate(stage.Gate, kind, $"{field}.gate"));
    }

    private static EmergencyPlan Emergency(this FieldFaults faults, Proto.Emergency emergency) => new(
        emergency.Reason.Trim(),
        emergency.SkipStagingReason.Trim(),
        emergency.OverrideFor is null ? UsualOverride : faults.Span(emergency.OverrideFor, "rollout.emergency.override_for"));

    private static string InSnakeCase(string path) =>
        string.Concat(path.Select(c => char.IsAsciiLetterUpper(c) ? $"_{char.ToLowerInvariant(c)}" : c.ToString()));

    private static void Template(this FieldFaults faults, Proto.Rollout rollout, string changeType)
    {
        const string Field = "rollout.template";
        if (changeType != RolloutPlan.Standard)
        {
            faults.Check(rollout.Template.Length == 0, Field, "Only a STANDARD rollout has a template.", "NOT_STANDARD");
        }
        else if (rollout.Template.Length == 0)
        {
            faults.Required(rollout.Template, Field);
        }
        else
        {
            faults.Name(rollout.Template, "rolloutTemplates", Field);
        }
    }

    /// <summary>The name that the protos give a value.</summary>
    private static string Word<T>(this FieldFaults faults, T value, T unset, string field)
        where T : struct, Enum
    {
        faults.Check(
            Enum.IsDefined(value),
            field,
            $"{Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture)} is no value of it.",
            "UNKNOWN_VALUE");
        return (EqualityComparer<T>.Default.Equals(value, default) ? unset : value).ToString().ToUpperInvariant();
    }
}
