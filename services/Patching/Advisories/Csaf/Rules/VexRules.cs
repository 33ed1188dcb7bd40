using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>What a VEX document demands of each vulnerability: tests 6.1.27.7 to 6.1.27.10.</summary>
internal static class VexRules
{
    private static readonly string[] Statuses = ["fixed", "known_affected", "known_not_affected", "under_investigation"];

    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree) =>
        CategoryRules.Of(document) == CategoryRules.Vex ? document.Items("vulnerabilities").SelectMany(one => Each(one, tree)) : [];

    private static IEnumerable<FieldFault> Each(CsafNode one, CsafTree tree)
    {
        var status = one.Field("product_status");
        if (status is null || !Statuses.Any(name => status.Field(name) is not null))
        {
            yield return new FieldFault(one.PathOf("product_status"), $"6.1.27.7: One of {string.Join(", ", Statuses)} is required.");
        }
        if (one.Field("cve") is null && one.Field("ids") is null)
        {
            yield return one.Fault("6.1.27.8: One of cve and ids is required.");
        }
        var impacts = one.Items("flags").Concat(one.Items("threats").Where(threat => threat.Required("category") == "impact"));
        foreach (var id in Unsaid(status, "known_not_affected", impacts, tree))
        {
            yield return id.Fault($"6.1.27.9: Neither a flag nor a threat of category impact says why '{id.Text()}' is not affected.");
        }
        foreach (var id in Unsaid(status, "known_affected", one.Items("remediations"), tree))
        {
            yield return id.Fault($"6.1.27.10: No remediation says what to do about '{id.Text()}'.");
        }
    }

    private static IEnumerable<CsafNode> Unsaid(CsafNode? status, string name, IEnumerable<CsafNode> statements, CsafTree tree)
    {
        var said = statements.SelectMany(tree.ProductsOf).ToHashSet(StringComparer.Ordinal);
        return status?.Items(name).Where(id => !said.Contains(id.Text())) ?? [];
    }
}
