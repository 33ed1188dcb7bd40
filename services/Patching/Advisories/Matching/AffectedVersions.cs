using Governance.Patching.Versions;
using Governance.Patching.Versions.Composer;

namespace Governance.Patching.Advisories.Matching;

/// <summary>Decides whether one version is among those that an entry of an advisory affects.</summary>
internal static class AffectedVersions
{
    private const string BeforeEverything = "0";

    private const string AfterEverything = "*";

    public static AffectedVerdict Evaluate(AffectedPackage entry, string? version)
    {
        if (!string.IsNullOrWhiteSpace(version) && StatedVersions.Of(entry, version) is { } stated)
        {
            return stated;
        }
        if (entry.Ranges.Any(IsEverything))
        {
            return new AffectedVerdict(Applicability.Affected, "Every version is affected.", []);
        }
        if (string.IsNullOrWhiteSpace(version))
        {
            return AffectedVerdict.CannotDecide("The installed version is not known.");
        }
        if (ListedVersions.Contain(entry, version))
        {
            return new AffectedVerdict(Applicability.Affected, $"Version {version} is listed.", []);
        }
        if (entry.Ranges.Count == 0 && entry.Versions.Count == 0)
        {
            return StatedVersions.Otherwise(entry, version);
        }
        return EvaluateRanges(entry, version);
    }

    /// <summary>The fixes that the entries name above a version, lowest first; all of them where it has no place in the order.</summary>
    public static IReadOnlyList<string> FixesAbove(IReadOnlyList<AffectedPackage> entries, string? version)
    {
        var fixes = new List<(PackageVersion Version, IVersionScheme Scheme)>();
        foreach (var (scheme, text) in entries.SelectMany(Fixes))
        {
            var installed = scheme.TryParse(version, out var read) && read.IsComparable ? read : null;
            if (scheme.TryParse(text, out var fix) && (installed is null || scheme.Compare(fix, installed) > 0))
            {
                fixes.Add((fix, scheme));
            }
        }

        var sorted = VersionSorting.Sorted(fixes, (a, b) => a.Scheme == b.Scheme ? a.Scheme.Compare(a.Version, b.Version) : 0);
        return [.. sorted.Select(fix => fix.Version.Text).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<(IVersionScheme Scheme, string Version)> Fixes(AffectedPackage entry)
    {
        foreach (var range in entry.Ranges.Where(range => range.Type is RangeType.SemVer or RangeType.Ecosystem))
        {
            if (SchemeOf(entry, range) is not { } scheme)
            {
                continue;
            }
            foreach (var change in range.Events.Where(change => change.Kind == RangeEventKind.Fixed))
            {
                yield return (scheme, change.Version);
            }
        }

        if (VersionSchemes.For(entry.Ecosystem) is not { } own)
        {
            yield break;
        }
        foreach (var text in entry.Ranges.SelectMany(NotedRanges.Fixes)
            .Concat(entry.Statements.Where(said => said.Status == VersionStatus.Fixed).Select(said => said.Version).OfType<string>()))
        {
            yield return (own, text);
        }
    }

    private static AffectedVerdict EvaluateRanges(AffectedPackage entry, string version)
    {
        AffectedVerdict? undecided = null;
        foreach (var range in entry.Ranges)
        {
            if (range.Type == RangeType.Git && (entry.Versions.Count > 0 || entry.Ranges.Any(other => other.Type != RangeType.Git)))
            {
                continue;
            }
            var (decision, reason) = Decide(entry, range, version);
            if (decision == Decision.Yes)
            {
                return new AffectedVerdict(Applicability.Affected, reason, []);
            }
            if (decision == Decision.CannotDecide)
            {
                undecided ??= AffectedVerdict.CannotDecide(reason);
            }
        }

        return undecided ?? AffectedVerdict.NotAffected($"Version {version} is outside what is affected.");
    }

    private static (Decision Decision, string Reason) Decide(AffectedPackage entry, VersionRange range, string version)
    {
        if (range.Type == RangeType.Git)
        {
            return (Decision.CannotDecide, "The advisory only names commits.");
        }
        if (range is { Type: RangeType.Unknown, Events.Count: 0 })
        {
            return NotedRanges.Decide(range, version);
        }
        if (SchemeOf(entry, range) is not { } scheme)
        {
            return (Decision.CannotDecide, $"The order of {entry.Ecosystem} versions is not known here.");
        }
        if (!scheme.TryParse(version, out var installed))
        {
            return (Decision.CannotDecide, $"'{version}' is no {scheme.Name} version.");
        }
        if (!installed.IsComparable)
        {
            return (Decision.CannotDecide, $"'{version}' has no certain place among {scheme.Name} versions.");
        }
        if (installed is ComposerVersion { Stability: not ComposerStability.Stable }
            && scheme.Satisfies(version, range.Constraint) is var meant and not Decision.CannotDecide)
        {
            return (meant, $"Version {version} is in {range.Constraint}.");
        }
        var timeline = RangeTimeline.Of(scheme, range);
        return timeline.Unreadable is { } unreadable
            ? (Decision.CannotDecide, $"'{unreadable}' in the range {Describe(range)} is no {scheme.Name} version.")
            : (timeline.Contains(installed) ? Decision.Yes : Decision.No, $"Version {version} is in the range {Describe(range)}.");
    }

    private static IVersionScheme? SchemeOf(AffectedPackage entry, VersionRange range) => range.Type switch
    {
        RangeType.SemVer => VersionSchemes.SemVer,
        RangeType.Ecosystem => VersionSchemes.For(entry.Ecosystem),
        _ => null,
    };

    private static bool IsEverything(VersionRange range) =>
        range.Type is RangeType.SemVer or RangeType.Ecosystem && range.Events.All(change =>
            change is { Kind: RangeEventKind.Introduced, Version: BeforeEverything }
                or { Kind: RangeEventKind.Limit, Version: AfterEverything });

    private static string Describe(VersionRange range) => string.Join(", ", range.Events.Select(change => change.Kind switch
    {
        RangeEventKind.Introduced => $"introduced {change.Version}",
        RangeEventKind.Fixed => $"fixed {change.Version}",
        RangeEventKind.LastAffected => $"last affected {change.Version}",
        _ => $"limit {change.Version}",
    }));
}
