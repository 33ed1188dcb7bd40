using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.SemVer;

/// <summary>An npm range: any one of its sets, all of whose comparators a version meets.</summary>
/// <remarks>Source of the semantics: https://github.com/npm/node-semver#ranges.</remarks>
internal sealed class NpmRange : IVersionRange
{
    private readonly IReadOnlyList<IReadOnlyList<Partial.Simple>> _sets;

    private NpmRange(IReadOnlyList<IReadOnlyList<Partial.Simple>> sets) => _sets = sets;

    public static bool TryParse(string? text, [NotNullWhen(true)] out NpmRange? range)
    {
        range = null;
        if (text is null)
        {
            return false;
        }
        var sets = new List<IReadOnlyList<Partial.Simple>>();
        foreach (var alternative in text.Split("||"))
        {
            if (!NpmRangeParser.TryParse(alternative, out var comparators))
            {
                return false;
            }
            sets.Add(comparators);
        }

        range = new NpmRange(sets);
        return true;
    }

    /// <param name="version">The version to test.</param>
    /// <param name="includePrerelease">
    /// False, npm's default: a prerelease is inside only when a comparator names a prerelease of the same release.
    /// </param>
    public bool Contains(SemanticVersion version, bool includePrerelease = false) =>
        _sets.Any(set => Contains(set, version, includePrerelease));

    Decision IVersionRange.Contains(PackageVersion version) =>
        version is not SemanticVersion { IsStrict: true } strict ? Decision.CannotDecide : Contains(strict) ? Decision.Yes : Decision.No;

    private static bool Contains(IReadOnlyList<Partial.Simple> set, SemanticVersion version, bool includePrerelease)
    {
        if (!set.All(comparator => comparator.Allows(version, includePrerelease)))
        {
            return false;
        }
        return includePrerelease || version.Prerelease.Length == 0 ||
            set.Any(comparator => comparator.Bound.Prerelease.Length > 0 && comparator.Bound.Core == version.Core);
    }
}
