using Governance.Patching.Documents;
using Governance.Patching.Inventory;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>Definitions in the product tree: tests 6.1.2, 6.1.3, 6.1.5, 6.1.13, 6.1.25 and 6.1.31.</summary>
internal static class ProductRules
{
    private static readonly string[] RangeWords = ["after", "all", "before", "earlier", "later", "prior", "versions"];

    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree)
    {
        if (tree.Tree is null) return [];
        return
        [
            .. Repeated(tree.Products.Select(product => product.Node.Field("product_id")!), "6.1.2: The product id"),
            .. Circles(tree),
            .. Repeated(tree.Tree.Items("product_groups").Select(group => group.Field("group_id")!), "6.1.5: The product group id"),
            .. tree.Products.SelectMany(product => Helpers(product.Node.Field("product_identification_helper"))),
            .. tree.Branches.SelectMany(RangeAsVersion),
        ];
    }

    private static IEnumerable<FieldFault> Repeated(IEnumerable<CsafNode> ids, string what)
    {
        var seen = new Dictionary<string, CsafNode>(StringComparer.Ordinal);
        return ids.Where(id => !seen.TryAdd(id.Text(), id))
            .Select(id => id.Fault($"{what} '{id.Text()}' is defined at {seen[id.Text()].Path} already."));
    }

    /// <summary>Ids of relationships that are in a circle, or made of one.</summary>
    private static List<FieldFault> Circles(CsafTree tree)
    {
        var edges = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var product in tree.Products.Where(product => product.Relationship is not null))
        {
            if (!edges.TryGetValue(product.Id, out var made)) edges.Add(product.Id, made = []);
            made.Add(product.Relationship!.Required("product_reference"));
            made.Add(product.Relationship.Required("relates_to_product_reference"));
        }

        var left = Unwound(edges);
        return
        [
            .. tree.Products.Where(product => product.Relationship is not null && left.Contains(product.Id))
                .Select(product =>
                    product.Node.Field("product_id")!.Fault($"6.1.3: The product id '{product.Id}' is defined by way of a circle.")),
        ];
    }

    /// <summary>The ids that remain when, again and again, those are taken away that are made of none that remains.</summary>
    private static HashSet<string> Unwound(Dictionary<string, List<string>> edges)
    {
        var users = edges.SelectMany(edge => edge.Value.Distinct().Where(edges.ContainsKey).Select(part => (Part: part, User: edge.Key)))
            .ToLookup(pair => pair.Part, pair => pair.User);
        var open = edges.ToDictionary(edge => edge.Key, edge => edge.Value.Distinct().Count(edges.ContainsKey), StringComparer.Ordinal);
        var free = new Queue<string>(open.Where(pair => pair.Value == 0).Select(pair => pair.Key));
        var left = edges.Keys.ToHashSet(StringComparer.Ordinal);
        while (free.TryDequeue(out var id))
        {
            left.Remove(id);
            foreach (var user in users[id])
            {
                if (--open[user] == 0) free.Enqueue(user);
            }
        }

        return left;
    }

    private static IEnumerable<FieldFault> Helpers(CsafNode? helper)
    {
        if (helper?.Field("purl") is { } purl && PurlFault(purl.Text()) is { } fault)
        {
            yield return purl.Fault($"6.1.13: {fault}");
        }
        foreach (var hashes in helper?.Items("hashes") ?? [])
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var hash in hashes.Items("file_hashes").Where(hash => !seen.Add(hash.Required("algorithm"))))
            {
                yield return hash.Fault($"6.1.25: The algorithm '{hash.Required("algorithm")}' is used twice for one file.");
            }
        }
    }

    /// <summary>
    /// Bills of materials write npm scopes without encoding, so the reader lets a name begin with an at sign; here that is a missing name.
    /// </summary>
    private static string? PurlFault(string text)
    {
        if (!PackageUrl.TryParse(text, out _, out var fault)) return fault;
        var path = text.Split('?', '#')[0];
        return path[(path.LastIndexOf('/') + 1)..].StartsWith('@') ? "A name is required." : null;
    }

    private static IEnumerable<FieldFault> RangeAsVersion(CsafNode branch)
    {
        if (branch.Required("category") != "product_version") yield break;
        var name = branch.Required("name").ToLowerInvariant();
        if (name.AsSpan().ContainsAny('<', '>')
            || name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Any(RangeWords.Contains))
        {
            yield return branch.Field("name")!.Fault($"6.1.31: '{branch.Required("name")}' is a range, not one version.");
        }
    }
}
