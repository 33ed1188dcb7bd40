using Governance.Patching.Versions;

namespace Governance.Patching.Advisories.Matching;

/// <summary>What a source decides by saying of versions that they are fixed, not affected, or looked into.</summary>
internal static class StatedVersions
{
    /// <summary>The verdict on a version that the source names; null where it does not, or says elsewhere that it is affected.</summary>
    public static AffectedVerdict? Of(AffectedPackage entry, string version)
    {
        if (entry.Statements.Count == 0 || ListedVersions.Contain(entry, version)) return null;
        var scheme = VersionSchemes.For(entry.Ecosystem);
        var said = entry.Statements.Where(statement => statement.Version is { } named && IsSame(scheme, named, version)).ToList();
        if (said.Exists(statement => statement.Status == VersionStatus.UnderInvestigation))
        {
            return AffectedVerdict.CannotDecide($"The source still looks into version {version}.");
        }
        if (said.Find(statement => statement.Status == VersionStatus.NotAffected) is { } safe)
        {
            return AffectedVerdict.NotAffected(
                $"The source says that version {version} is not affected{(safe.Reason is null ? "" : $": {safe.Reason}")}.");
        }
        return said.Count == 0 ? null : AffectedVerdict.NotAffected($"The source says that version {version} is fixed.");
    }

    /// <summary>The verdict on a version of a package of which the source names no affected version.</summary>
    public static AffectedVerdict Otherwise(AffectedPackage entry, string version)
    {
        if (entry.Statements.Count == 0)
        {
            return AffectedVerdict.CannotDecide("The advisory names the package without versions.");
        }
        var fixes = entry.Statements.Where(statement => statement.Status == VersionStatus.Fixed).ToList();
        if (fixes.Count == 0)
        {
            return AffectedVerdict.NotAffected($"The source does not say that version {version} is affected.");
        }
        return VersionSchemes.For(entry.Ecosystem) is { } scheme && fixes.TrueForAll(fix => IsAtLeast(scheme, version, fix.Version))
            ? AffectedVerdict.NotAffected($"Version {version} is above every version that the source says is fixed.")
            : AffectedVerdict.CannotDecide("The source only names versions that are fixed.");
    }

    private static bool IsAtLeast(IVersionScheme scheme, string version, string? least) =>
        scheme.TryParse(version, out var installed)
            && installed.IsComparable
            && scheme.TryParse(least, out var bound)
            && scheme.Compare(installed, bound) >= 0;

    private static bool IsSame(IVersionScheme? scheme, string named, string version) =>
        named == version || (scheme is not null
            && scheme.TryParse(named, out var one)
            && scheme.TryParse(version, out var other)
            && one.IsComparable
            && other.IsComparable
            && scheme.Compare(one, other) == 0);
}
