using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>What is said of one product must agree: tests 6.1.6, 6.1.7 and 6.1.33.</summary>
internal static class StatusRules
{
    /// <summary>The statuses by what they say. A recommended version may be anything: its word is empty.</summary>
    public static IReadOnlyDictionary<string, string> Groups { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["first_affected"] = "affected",
        ["known_affected"] = "affected",
        ["last_affected"] = "affected",
        ["known_not_affected"] = "not affected",
        ["first_fixed"] = "fixed",
        ["fixed"] = "fixed",
        ["under_investigation"] = "under investigation",
        ["recommended"] = "",
    };

    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree) =>
        document.Items("vulnerabilities").SelectMany(one => Contradictions(one).Concat(Scores(one)).Concat(Flags(one, tree)));

    private static IEnumerable<FieldFault> Contradictions(CsafNode vulnerability)
    {
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, status) in vulnerability.Field("product_status")?.Fields() ?? [])
        {
            if (Groups.GetValueOrDefault(name) is not { Length: > 0 } group) continue;
            foreach (var id in status.Items())
            {
                if (said.TryAdd(id.Text(), group) || said[id.Text()] == group) continue;
                yield return id.Fault($"6.1.6: The product '{id.Text()}' is {group} here and {said[id.Text()]} elsewhere.");
            }
        }
    }

    private static IEnumerable<FieldFault> Scores(CsafNode vulnerability)
    {
        var seen = new HashSet<(string Product, string Version)>();
        foreach (var score in vulnerability.Items("scores"))
        {
            foreach (var vector in new[] { score.Field("cvss_v2"), score.Field("cvss_v3") }.OfType<CsafNode>())
            {
                var version = vector.Required("version");
                foreach (var product in score.Texts("products").Where(product => !seen.Add((product, version))))
                {
                    yield return vector.Fault($"6.1.7: The product '{product}' has a score of CVSS {version} already.");
                }
            }
        }
    }

    /// <summary>Every label that the schema knows is a VEX justification.</summary>
    private static IEnumerable<FieldFault> Flags(CsafNode vulnerability, CsafTree tree)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var flag in vulnerability.Items("flags"))
        {
            foreach (var product in tree.ProductsOf(flag).Where(product => !seen.Add(product)))
            {
                yield return flag.Fault($"6.1.33: The product '{product}' has a flag with a justification already.");
            }
        }
    }
}
