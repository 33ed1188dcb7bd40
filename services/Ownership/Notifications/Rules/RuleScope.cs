using Governance.BuildingBlocks.Fields;
using Governance.Common.V1;
using Governance.Ownership.Notifications.Situations;
using Governance.Ownership.Persistence;
using Microsoft.EntityFrameworkCore;

namespace Governance.Ownership.Notifications.Rules;

/// <summary>Whether a rule is about a situation.</summary>
internal static class RuleScope
{
    public static async Task<bool> CoversAsync(OwnershipDb db, Rule rule, Situation situation, CancellationToken ct)
    {
        var terms = rule.Terms;
        if (situation.Severity != Severity.Unspecified && situation.Severity < terms.MinimumSeverity) return false;
        if (terms.Scope is not { } scope) return true;
        if (scope.Environments.Count > 0 && !situation.EnvironmentIds.Any(scope.Environments.Contains)) return false;
        if (scope.Components.Count + scope.Systems.Count + scope.Labels.Count + scope.Tiers.Count == 0) return true;
        foreach (var component in situation.ComponentNames.Where(name => NameFields.IsName(name, "components")))
        {
            if (Covers(scope, component, await FindAsync(db, component, ct))) return true;
        }

        return false;
    }

    /// <summary>OR inside a field, AND across the fields that are set. A component that nobody entered has a name only.</summary>
    private static bool Covers(Scope scope, string name, V1.Component? component) =>
        (scope.Components.Count == 0 || scope.Components.Contains(name))
        && (scope.Systems.Count == 0 || (component is not null && scope.Systems.Contains(component.System)))
        && (scope.Tiers.Count == 0 || scope.Tiers.Contains(Math.Max(component?.Tier ?? 0, 1)))
        && (scope.Labels.Count == 0 || (component is not null && scope.Labels.Any(label => HasLabel(component, label))));

    private static bool HasLabel(V1.Component component, string label)
    {
        var (key, value) = label.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : (label.Trim(), null);
        return component.Labels.TryGetValue(key, out var has) && (value is null || value == has);
    }

    private static async Task<V1.Component?> FindAsync(OwnershipDb db, string name, CancellationToken ct)
    {
        var id = NameFields.Id(name, "components");
        return (await db.Components.SingleOrDefaultAsync(one => one.Id == id, ct))?.Terms;
    }
}
