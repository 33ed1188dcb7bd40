using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>References to products and groups: tests 6.1.1, 6.1.4, 6.1.29 and 6.1.32.</summary>
internal static class ReferenceRules
{
    private static readonly string[] Items = ["flags", "remediations", "threats"];

    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree) =>
    [
        .. Products(document, tree)
            .Where(id => tree.Find(id.Text()) is null)
            .Select(id => id.Fault($"6.1.1: The product id '{id.Text()}' is not defined.")),
        .. InVulnerabilities(document).SelectMany(item => item.Items("group_ids")).Where(id => !tree.HasGroup(id.Text()))
            .Select(id => id.Fault($"6.1.4: The product group id '{id.Text()}' is not defined.")),
        .. document.Items("vulnerabilities").SelectMany(one => Unbound(one, "remediations", "6.1.29")),
        .. document.Items("vulnerabilities").SelectMany(one => Unbound(one, "flags", "6.1.32")),
    ];

    private static IEnumerable<CsafNode> Products(CsafNode document, CsafTree tree)
    {
        foreach (var id in (tree.Tree?.Items("product_groups") ?? []).SelectMany(group => group.Items("product_ids"))) yield return id;
        foreach (var relationship in tree.Tree?.Items("relationships") ?? [])
        {
            yield return relationship.Field("product_reference")!;
            yield return relationship.Field("relates_to_product_reference")!;
        }

        foreach (var one in document.Items("vulnerabilities"))
        {
            foreach (var (_, status) in one.Field("product_status")?.Fields().Where(field => StatusRules.Groups.ContainsKey(field.Name))
                ?? [])
            {
                foreach (var id in status.Items()) yield return id;
            }

            foreach (var id in one.Items("scores").SelectMany(score => score.Items("products"))) yield return id;
        }

        foreach (var id in InVulnerabilities(document).SelectMany(item => item.Items("product_ids"))) yield return id;
    }

    private static IEnumerable<CsafNode> InVulnerabilities(CsafNode document) =>
        document.Items("vulnerabilities").SelectMany(one => Items.SelectMany(one.Items));

    private static IEnumerable<FieldFault> Unbound(CsafNode vulnerability, string name, string test) =>
        vulnerability.Items(name).Where(item => item.Field("group_ids") is null && item.Field("product_ids") is null)
            .Select(item => item.Fault($"{test}: Says neither by product_ids nor by group_ids which products it is about."));
}
