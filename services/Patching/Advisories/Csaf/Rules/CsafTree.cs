namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>A product as the tree defines it.</summary>
/// <param name="Node">Its full product name: name, id and what helps to identify it.</param>
/// <param name="Branches">The branches that lead to it, outermost first; none where it stands alone.</param>
/// <param name="Relationship">The relationship that defines it; null where a branch or the list does.</param>
internal sealed record CsafProduct(CsafNode Node, IReadOnlyList<CsafNode> Branches, CsafNode? Relationship)
{
    public string Id => Node.Required("product_id");

    public string Name => Node.Required("name");

    public string? Purl => Node.Field("product_identification_helper")?.Text("purl");
}

/// <summary>The product tree of a document that has the right form, indexed once for all rules.</summary>
internal sealed class CsafTree
{
    private readonly List<CsafProduct> _products = [];
    private readonly List<CsafNode> _branches = [];
    private readonly Dictionary<string, CsafProduct> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _groups = new(StringComparer.Ordinal);

    public CsafTree(CsafNode document)
    {
        Tree = document.Field("product_tree");
        if (Tree is null) return;
        foreach (var branch in Tree.Items("branches")) Walk(branch, []);
        _products.AddRange(Tree.Items("full_product_names").Select(node => new CsafProduct(node, [], null)));
        _products.AddRange(Tree.Items("relationships").Select(node => new CsafProduct(node.Field("full_product_name")!, [], node)));
        foreach (var product in _products) _byId.TryAdd(product.Id, product);
        foreach (var group in Tree.Items("product_groups")) _groups.TryAdd(group.Required("group_id"), [.. group.Texts("product_ids")]);
    }

    /// <summary>Null where the document has none.</summary>
    public CsafNode? Tree { get; }

    /// <summary>All definitions, those of one id too.</summary>
    public IReadOnlyList<CsafProduct> Products => _products;

    public IReadOnlyList<CsafNode> Branches => _branches;

    public bool HasGroup(string id) => _groups.ContainsKey(id);

    public CsafProduct? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The products that an item is about, by its ids and by its groups, each once.</summary>
    public IEnumerable<string> ProductsOf(CsafNode item) =>
        item.Texts("product_ids")
            .Concat(item.Texts("group_ids").SelectMany(id => _groups.GetValueOrDefault(id, [])))
            .Distinct(StringComparer.Ordinal);

    private void Walk(CsafNode branch, IReadOnlyList<CsafNode> above)
    {
        _branches.Add(branch);
        IReadOnlyList<CsafNode> path = [.. above, branch];
        if (branch.Field("product") is { } product) _products.Add(new CsafProduct(product, path, null));
        foreach (var below in branch.Items("branches")) Walk(below, path);
    }
}
