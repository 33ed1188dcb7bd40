using Governance.Patching.Inventory;

namespace Governance.Patching.Advisories.Matching;

/// <summary>
/// What the sources of one advisory say of installed packages. Thousands of components share few versions: each is decided once.
/// </summary>
/// <param name="sources">What each source that stands says is affected.</param>
internal sealed class VersionVerdicts(IEnumerable<IReadOnlyList<AffectedPackage>> sources)
{
    private readonly List<IReadOnlyList<AffectedPackage>> _sources = [.. sources];
    private readonly Dictionary<InstalledVersion, AffectedVerdict?> _known = [];

    /// <summary>The worst that any source says of the package under any of its names; null: not affected.</summary>
    public AffectedVerdict? Of(InstalledVersion installed)
    {
        if (installed.Ecosystem.Length == 0) return null;
        if (!_known.TryGetValue(installed, out var verdict))
        {
            _known.Add(installed, verdict = Worst(installed.Ecosystem, installed.Name, installed.Version));
        }
        return verdict;
    }

    private AffectedVerdict? Worst(string ecosystem, string package, string version)
    {
        AffectedVerdict? worst = null;
        foreach (var name in PackageEquivalents.Shipped.AdvisoryNames(ecosystem, package))
        {
            foreach (var affected in _sources)
            {
                var verdict = AdvisoryMatcher.Evaluate(affected, ecosystem, name, version);
                if (verdict.Applicability == Applicability.Affected && worst?.Applicability != Applicability.Affected) worst = verdict;
                else if (verdict.Applicability == Applicability.CannotDecide) worst ??= verdict;
            }
        }

        return worst;
    }
}
