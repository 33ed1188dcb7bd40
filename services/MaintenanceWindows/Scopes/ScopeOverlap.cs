using Governance.Common.V1;
using Governance.MaintenanceWindows.Planning;

namespace Governance.MaintenanceWindows.Scopes;

/// <summary>How much of one scope another covers.</summary>
internal enum Share
{
    None,
    Part,
    Whole,
}

/// <summary>Compares scopes with each other: by their components where they name any, else field by field.</summary>
internal static class ScopeOverlap
{
    /// <summary>How much of <paramref name="inner"/> lies in <paramref name="outer"/>.</summary>
    public static Share Of(Scope outer, Scope inner, IReadOnlyDictionary<string, ComponentFacts> components)
    {
        var environments = Of(outer.Environments, inner.Environments);
        if (environments == Share.None) return Share.None;
        ComponentFacts Facts(string name) => components.GetValueOrDefault(name) ?? ComponentFacts.Unknown(name);
        var things = inner.Components.Count > 0
            ? Some(inner.Components.Select(Facts).Where(one => ScopeGuard.Covers(inner, one)).Select(one => ScopeGuard.Covers(outer, one)))
            : outer.Components.Count > 0
                ? outer.Components.Select(Facts).Any(one => ScopeGuard.Covers(inner, one) && ScopeGuard.Covers(outer, one))
                    ? Share.Part
                    : Share.None
                : Least(Of(outer.Tiers, inner.Tiers), Of(outer.Systems, inner.Systems), Labels(outer, inner));
        return Least(environments, things);
    }

    private static Share Of<T>(IReadOnlyCollection<T> outer, IReadOnlyCollection<T> inner) =>
        outer.Count == 0 ? Share.Whole
        : inner.Count == 0 ? Share.Part
        : Some(inner.Select(outer.Contains));

    /// <summary>Different labels may be on one component, so that they never rule each other out.</summary>
    private static Share Labels(Scope outer, Scope inner) =>
        outer.Labels.Count == 0 || (inner.Labels.Count > 0 && inner.Labels.All(outer.Labels.Contains)) ? Share.Whole : Share.Part;

    private static Share Some(IEnumerable<bool> covered)
    {
        var all = covered.ToList();
        return !all.Contains(true) ? Share.None : all.Contains(false) ? Share.Part : Share.Whole;
    }

    private static Share Least(params Share[] shares) => shares.Min();
}
