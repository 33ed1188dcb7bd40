using Governance.Patching.Advisories;
using Governance.Patching.Neighbours;
using Governance.Patching.Policies;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>Says why a due date changed.</summary>
internal static class DueReasons
{
    /// <param name="before">The remediation as it was.</param>
    /// <param name="advisory">The advisory as it is.</param>
    /// <param name="component">The component as it is.</param>
    /// <param name="decision">What the policy decides now; null where no rule applies.</param>
    public static string Of(Proto.Remediation before, AdvisoryFacts advisory, ComponentFacts component, DeadlineDecision? decision)
    {
        var rule = decision is null ? "No rule applies." : $"{decision.Rule}, from {decision.ClockBasis}.";
        if (before.DueHistory.Count == 0) return $"First seen: {rule}";
        var causes = new List<string>();
        if (before.Severity != advisory.Band.ToProto()) causes.Add($"Severity is {Word(advisory.Band.ToProto())}, was {Word(before.Severity)}.");
        if (before.Kev != advisory.IsKev) causes.Add(advisory.IsKev ? "It is known exploited now." : "It is no longer listed as known exploited.");
        if (before.Tier != component.Tier) causes.Add($"The component's tier is {component.Tier}, was {before.Tier}.");
        return string.Join(' ', [.. causes, rule]);
    }

    private static string Word(Common.V1.Severity severity) =>
        severity == Common.V1.Severity.Unspecified ? "unknown" : severity.ToString().ToUpperInvariant();
}
