using Governance.BuildingBlocks.Errors;
using Governance.BuildingBlocks.Fields;
using Governance.Patching.Fields;
using Governance.Patching.V1;
using NodaTime;

namespace Governance.Patching.Rollouts;

/// <summary>Which remediations rollouts are to be proposed for.</summary>
/// <param name="Components">Only these; empty: all.</param>
/// <param name="Owner">Only this owner's; empty: all.</param>
/// <param name="System">Only this system's; empty: all.</param>
/// <param name="Environment">Only in this environment; empty: all.</param>
/// <param name="StagingEnvironment">Where everything is tried first.</param>
/// <param name="Horizon">Only what is due until then.</param>
/// <param name="MaxRollouts">At most so many.</param>
internal sealed record ProposalQuestion(
    IReadOnlyList<string> Components,
    string Owner,
    string System,
    string Environment,
    string StagingEnvironment,
    Duration Horizon,
    int MaxRollouts)
{
    private const int MostComponents = 500;
    private const int MostRollouts = 200;
    private const int UsualRollouts = 20;

    private static readonly TimeSpan UsualHorizon = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestHorizon = TimeSpan.FromDays(400);

    public static ProposalQuestion Read(ProposeRolloutsRequest request)
    {
        var faults = new FieldFaults();
        faults.Check(
            request.Components.Count <= MostComponents,
            "components",
            $"Has {request.Components.Count}; at most {MostComponents} are possible.",
            "TOO_MANY");
        for (var i = 0; i < request.Components.Count; i++) faults.Name(request.Components[i], "components", $"components[{i}]");
        if (request.Owner.Length > 0) faults.Name(request.Owner, "parties", "owner");
        if (request.System.Length > 0) faults.Name(request.System, "systems", "system");
        faults.Length(request.Environment, 63, "environment").Length(request.StagingEnvironment, 63, "staging_environment");
        var horizon = request.Horizon is null ? UsualHorizon : faults.Span(request.Horizon, "horizon");
        faults.Check(
            horizon > TimeSpan.Zero && horizon <= LongestHorizon, "horizon", "Must be more than 0 and at most 400 days.", "OUT_OF_RANGE");
        faults.Check(request.MaxRollouts is >= 0 and <= MostRollouts, "max_rollouts", $"Must be 1 to {MostRollouts}.", "OUT_OF_RANGE");
        faults.ThrowIfAny();
        return new ProposalQuestion(
            [.. request.Components.Distinct()], request.Owner, request.System, request.Environment,
            request.StagingEnvironment.Length > 0 ? request.StagingEnvironment : "staging",
            Duration.FromTimeSpan(horizon),
            request.MaxRollouts > 0 ? request.MaxRollouts : UsualRollouts);
    }
}
