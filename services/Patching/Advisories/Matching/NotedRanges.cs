using Governance.Patching.Versions;
using Governance.Patching.Versions.Vers;

namespace Governance.Patching.Advisories.Matching;

/// <summary>Ranges that a source writes in a notation of their own instead of by events.</summary>
internal static class NotedRanges
{
    public static (Decision Decision, string Reason) Decide(VersionRange range, string version)
    {
        if (range.Constraint is not { } text)
        {
            return (Decision.CannotDecide, "The advisory names the package without versions.");
        }
        if (!VersRange.TryParse(text, out var noted, out var fault))
        {
            return (Decision.CannotDecide, $"The range '{text}' cannot be read: {fault}");
        }
        var decision = noted.Contains(version);
        return (decision, decision == Decision.CannotDecide
            ? $"'{version}' has no known place among {noted.Type} versions."
            : $"Version {version} is {(decision == Decision.Yes ? "" : "not ")}in {text}.");
    }

    /// <summary>The versions below which a range ends, as fixes; none where its order is not known.</summary>
    public static IEnumerable<string> Fixes(VersionRange range) =>
        range is { Type: RangeType.Unknown, Constraint: { } text }
            && VersRange.TryParse(text, out var noted, out _)
            && noted.Scheme is not null
            ? noted.Constraints.Where(one => one.Comparator == Comparator.Less).Select(one => one.Text)
            : [];
}
