using Governance.Patching.Advisories.Csaf.Rules;
using Governance.Patching.Inventory;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>
/// Tells the products of a vulnerability as packages. Those that no package URL identifies are told by name and match nothing.
/// </summary>
internal sealed class CsafAffected(CsafNode vulnerability, CsafTree tree)
{
    private const int MostNamed = 200;
    private const int LongestReason = 1000;

    private static readonly string[] Statuses =
        [
            "known_affected", "first_affected", "last_affected", "first_fixed", "fixed", "recommended", "known_not_affected",
            "under_investigation",
        ];

    private readonly Lazy<Dictionary<string, string>> _reasons = new(() => Reasons(vulnerability, tree));

    public IReadOnlyList<AffectedPackage> Read()
    {
        var said = Statuses.SelectMany(status => vulnerability.Field("product_status")
            ?.Texts(status)
            .Select(id => new Said(status, id, CsafPackage.Of(tree.Find(id)!, tree))) ?? []).ToList();
        var packages =
            said.Where(one => one.Product.Purl is not null).GroupBy(one => one.Product.Purl!.Package.ToString(), StringComparer.Ordinal)
                .Select(same => Package(same.First().Product.Purl!.Package, [.. same]));
        var named = said.Where(one => one.Product.Purl is null && one.IsAffected)
            .Select(one => one.Product)
            .DistinctBy(product => product.Name)
            .Take(MostNamed)
            .Select(product => new AffectedPackage(
                null, product.Name, null, product.Range is { } range
                    ? [new VersionRange(RangeType.Unknown, [], range)]
                    : [], product.Version is { } version ? [version] : []));
        return [.. packages, .. named];
    }

    private AffectedPackage Package(PackageUrl purl, List<Said> said)
    {
        var known = Ecosystems.Of(purl);
        var affected = said.FindAll(one => one.IsAffected).ConvertAll(one => one.Product);
        var ranges = affected.Select(product => product.Range).OfType<string>().Distinct().Select(CsafRange.Of).ToList();
        if (said.Exists(one => one.IsVague)) ranges.Add(new VersionRange(RangeType.Unknown, [], null));
        if (Train(said) is { } train) ranges.Add(train);
        return new AffectedPackage(
            known?.Ecosystem,
            known?.Name ?? purl.ToString(),
            purl.ToString(),
            ranges,
            [.. affected.Select(product => product.Version).OfType<string>().Distinct()])
        {
            Statements = [.. said.SelectMany(one => Statements(one, said)).Distinct()],
        };
    }

    /// <summary>First and last affected versions of release trains, and the first that fix them, are the events of one range.</summary>
    private static VersionRange? Train(List<Said> said)
    {
        List<RangeEvent> Events(string status, RangeEventKind kind) =>
            [.. said.Where(one => one.Status == status).Select(one => one.Product.Version).OfType<string>().Distinct()
                .Select(version => new RangeEvent(kind, version))];
        var (first, last) = (Events("first_affected", RangeEventKind.Introduced), Events("last_affected", RangeEventKind.LastAffected));
        if (first.Count + last.Count == 0) return null;
        if (first.Count == 0) first.Add(new RangeEvent(RangeEventKind.Introduced, "0"));
        return new VersionRange(RangeType.Ecosystem, [.. first, .. last, .. Events("first_fixed", RangeEventKind.Fixed)], null);
    }

    /// <summary>A recommended version counts as a fix unless the document says otherwise of it.</summary>
    private IEnumerable<VersionStatement> Statements(Said one, List<Said> said)
    {
        var version = one.Product.Version;
        if (one.Status is "fixed" or "first_fixed")
        {
            yield return new VersionStatement(VersionStatus.Fixed, version);
        }
        if (one.Status == "recommended"
            && version is not null
            && said.TrueForAll(other => other.Id != one.Id || other.Status == one.Status))
        {
            yield return new VersionStatement(VersionStatus.Fixed, version);
        }
        if (one.Status == "known_not_affected")
        {
            yield return new VersionStatement(VersionStatus.NotAffected, version, _reasons.Value.GetValueOrDefault(one.Id));
        }
        if (one.Status == "under_investigation")
        {
            yield return new VersionStatement(VersionStatus.UnderInvestigation, version);
        }
    }

    /// <summary>Why products are not affected: by the flag's label, as VEX names it, else by the impact in the vendor's words.</summary>
    private static Dictionary<string, string> Reasons(CsafNode vulnerability, CsafTree tree)
    {
        var reasons = new Dictionary<string, string>(StringComparer.Ordinal);
        var flags = vulnerability.Items("flags").Select(flag => (Item: flag, Reason: flag.Required("label")));
        var impacts = vulnerability.Items("threats")
            .Where(threat => threat.Required("category") == "impact")
            .Select(threat => (Item: threat, Reason: threat.Required("details")));
        foreach (var (item, reason) in flags.Concat(impacts))
        {
            foreach (var id in tree.ProductsOf(item)) reasons.TryAdd(id, reason.Length <= LongestReason ? reason : reason[..LongestReason]);
        }

        return reasons;
    }

    private sealed record Said(string Status, string Id, CsafPackage Product)
    {
        /// <summary>Whether it leaves open of which versions it speaks: nothing can be decided by it.</summary>
        public bool IsVague => Product.Version is null && (Status == "under_investigation" || (IsAffected && Product.Range is null));

        public bool IsAffected => Status is "known_affected" or "first_affected" or "last_affected";
    }
}
