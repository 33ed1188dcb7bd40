namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>The form of the product tree and of references into it.</summary>
internal static class ProductShapes
{
    /// <summary>Ids of products or of groups: some, and none twice.</summary>
    public static readonly Shape Ids = Shape.List(TextShape.Any, distinct: true);

    private static readonly Shape Hash = new ObjectShape(
        ("file_hashes!", Shape.List(new ObjectShape(
            ("algorithm!", TextShape.Any),
            ("value!", TextShape.Matching(CsafFormats.HashValue, "is no hash: at least 32 hexadecimal digits are expected"))))),
        ("filename!", TextShape.Any));

    private static readonly Shape Helper = new ObjectShape(
        ("cpe", TextShape.Matching(CsafFormats.Cpe, "is no CPE of 2.2 or 2.3")),
        ("hashes", Shape.List(Hash)),
        ("model_numbers", Shape.List(TextShape.Any, distinct: true)),
        ("purl", new TextShape(text =>
            CsafFormats.Purl.IsMatch(text) && CsafFormats.Uri.IsMatch(text) ? null : $"'{TextShape.Shorten(text)}' is no package URL.")),
        ("sbom_urls", Shape.List(TextShape.Uri)),
        ("serial_numbers", Shape.List(TextShape.Any, distinct: true)),
        ("skus", Shape.List(TextShape.Any)),
        ("x_generic_uris", Shape.List(new ObjectShape(("namespace!", TextShape.Uri), ("uri!", TextShape.Uri)))))
    { Least = 1 };

    private static readonly Shape Product = new ObjectShape(
        ("name!", TextShape.Any), ("product_id!", TextShape.Any), ("product_identification_helper", Helper));

    private static readonly Shape Branches = Shape.List(new ObjectShape(
        ("branches", Shape.Later(() => Branches!)),
        ("category!", TextShape.OneOf(
            "architecture", "host_name", "language", "legacy", "patch_level", "product_family", "product_name", "product_version",
            "product_version_range", "service_pack", "specification", "vendor")),
        ("name!", TextShape.Any),
        ("product", Product))
    { Least = 3, Most = 3 });

    private static readonly Shape Groups = Shape.List(new ObjectShape(
        ("group_id!", TextShape.Any), ("product_ids!", Shape.List(TextShape.Any, least: 2, distinct: true)), ("summary", TextShape.Any)));

    private static readonly Shape Relationships = Shape.List(new ObjectShape(
        ("category!", TextShape.OneOf(
            "default_component_of", "external_component_of", "installed_on", "installed_with", "optional_component_of")),
        ("full_product_name!", Product), ("product_reference!", TextShape.Any), ("relates_to_product_reference!", TextShape.Any)));

    public static Shape Tree { get; } = new ObjectShape(
        ("branches", Branches), ("full_product_names", Shape.List(Product)), ("product_groups", Groups), ("relationships", Relationships))
    { Least = 1 };
}
