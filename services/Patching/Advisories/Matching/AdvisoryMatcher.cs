using Governance.Patching.Inventory;

namespace Governance.Patching.Advisories.Matching;

/// <summary>Decides whether an advisory applies to an installed package.</summary>
/// <remarks>The algorithm is https://ossf.github.io/osv-schema/#evaluation.</remarks>
internal static class AdvisoryMatcher
{
    /// <summary>Tries every name by which the advisory may mean the installed package, and takes the worst verdict.</summary>
    /// <param name="advisory">The advisory; whether it was withdrawn is the caller's to see.</param>
    /// <param name="installed">The package that is installed.</param>
    /// <param name="version">The version installed; null or empty when it is not known.</param>
    /// <param name="equivalents">Other names of the same products.</param>
    public static AffectedVerdict Evaluate(AdvisoryRecord advisory, PackageUrl installed, string? version, PackageEquivalents equivalents)
    {
        if (Ecosystems.Of(installed) is not { } package)
        {
            return AffectedVerdict.NotAffected($"No advisory is about packages of type {installed.Type}.");
        }
        version = DistributionPackages.AdvisoryVersion(Ecosystems.BaseOf(package.Ecosystem), installed, version) ?? version;
        return equivalents.AdvisoryNames(package.Ecosystem, package.Name)
            .Select(name => Evaluate(advisory.Affected, package.Ecosystem, name, version))
            .MaxBy(verdict => verdict.Applicability switch
            {
                Applicability.Affected => 2,
                Applicability.CannotDecide => 1,
                _ => 0,
            })!;
    }

    /// <summary>Decides by one name.</summary>
    /// <param name="affected">What the advisory says is affected; whether it was withdrawn is the caller's to see.</param>
    /// <param name="ecosystem">OSV's name of the package's ecosystem.</param>
    /// <param name="name">The package's name, as the advisory would write it (see <see cref="PackageEquivalents"/>).</param>
    /// <param name="version">The version installed; null or empty when it is not known.</param>
    public static AffectedVerdict Evaluate(IReadOnlyList<AffectedPackage> affected, string ecosystem, string name, string? version)
    {
        var entries = affected.Where(one => IsSame(one, ecosystem, name)).ToList();
        if (entries.Count == 0)
        {
            return AffectedVerdict.NotAffected("The advisory does not name the package.");
        }
        var verdicts = entries.ConvertAll(entry => AffectedVersions.Evaluate(entry, version));
        var worst = verdicts.Find(verdict => verdict.Applicability == Applicability.Affected)
            ?? verdicts.Find(verdict => verdict.Applicability == Applicability.CannotDecide);
        return worst is null ? verdicts[0] : worst with { FixedVersions = AffectedVersions.FixesAbove(entries, version) };
    }

    private static bool IsSame(AffectedPackage affected, string ecosystem, string name) =>
        affected.Ecosystem is { } theirs && affected.Name is { } theirName && Ecosystems.AreSame(theirs, ecosystem) &&
        string.Equals(Ecosystems.NormalizeName(ecosystem, theirName), Ecosystems.NormalizeName(ecosystem, name), StringComparison.Ordinal);
}
