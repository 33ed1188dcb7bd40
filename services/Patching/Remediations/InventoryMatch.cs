using Governance.Patching.Advisories;
using Governance.Patching.Advisories.Epss;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Advisories.Matching;
using Governance.Patching.Inventory;
using Governance.Patching.Neighbours;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Remediations;

/// <summary>What is to be matched of an advisory.</summary>
/// <param name="Facts">What deadlines ask of it.</param>
/// <param name="Ids">All ids, for isolated patches that name one of them.</param>
/// <param name="Verdicts">What the sources that stand say of versions.</param>
/// <param name="IsWithdrawn">Whether every source took it back.</param>
internal sealed record MatchableAdvisory(
    AdvisoryFacts Facts, IReadOnlySet<string> Ids, VersionVerdicts Verdicts, bool IsWithdrawn)
{
    public static MatchableAdvisory Of(Advisory advisory, IReadOnlyList<AdvisoryRecord> records, EpssLookup scores) => new(
        AdvisoryFacts.Of(advisory, scores), new HashSet<string>([advisory.Id, .. advisory.Body.Aliases], StringComparer.Ordinal),
        new VersionVerdicts(records.Select(record => record.Affected)), advisory.IsWithdrawn)
    {
        Platforms = KevPlatforms.Of(advisory.Body),
    };

    /// <summary>The platforms that it may mean, where it names no packages.</summary>
    public IReadOnlyList<string> Platforms { get; private init; } = [];

    /// <summary>Why it affects an installed package, or may; null: it does not, or an isolated patch resolved it.</summary>
    public AffectedVerdict? VerdictOn(InventoryRow row) => row.AppliedPatches.Any(Ids.Contains) ? null : Verdicts.Of(row.Installed);
}

/// <param name="Items">The affected packages that are installed.</param>
/// <param name="IsUndecided">Whether the versions of none of them could be compared.</param>
internal sealed record InventoryMatch(IReadOnlyList<Proto.AffectedItem> Items, bool IsUndecided)
{
    /// <summary>The packages of one component in one environment that the advisory affects, or may affect; null: none.</summary>
    public static InventoryMatch? Of(MatchableAdvisory advisory, IEnumerable<InventoryRow> rows)
    {
        var items = new List<Proto.AffectedItem>();
        var isDecided = false;
        foreach (var row in rows.OrderBy(row => row.Package, StringComparer.Ordinal).ThenBy(row => row.Version, StringComparer.Ordinal))
        {
            if (advisory.VerdictOn(row) is not { } verdict) continue;
            isDecided |= verdict.Applicability == Applicability.Affected;
            items.Add(new Proto.AffectedItem { Package = row.Package, Version = row.Version, FixVersions = { verdict.FixedVersions } });
        }

        return items.Count == 0 ? null : new InventoryMatch(items, !isDecided);
    }

    /// <summary>
    /// The platform that the component runs on, where the advisory may mean it: which versions it affects is for a person to say.
    /// </summary>
    public static InventoryMatch? Of(MatchableAdvisory advisory, ComponentFacts component, string environment) =>
        advisory.Platforms.Contains(component.PlatformProduct) && component.Runs.Contains(environment)
            ? new InventoryMatch(
                [new Proto.AffectedItem { Package = $"products/{component.PlatformProduct}", Version = component.PlatformVersion }], true)
            : null;
}
