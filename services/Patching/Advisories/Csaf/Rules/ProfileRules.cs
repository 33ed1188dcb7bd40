using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>What a profile demands that the form does not: tests 6.1.27.1 to 6.1.27.6 and 6.1.27.11.</summary>
internal static class ProfileRules
{
    private static readonly string[] Telling = ["description", "details", "general", "summary"];

    public static IEnumerable<FieldFault> Check(CsafNode root, CsafTree tree)
    {
        var document = root.Field("document")!;
        return CategoryRules.Of(root) switch
        {
            CategoryRules.Informational => [.. Texts(document), .. Forbidden(root)],
            CategoryRules.Incident => Texts(document),
            CategoryRules.Advisory => [.. Parts(root), .. Each(root, "notes", "6.1.27.5"), .. Each(root, "product_status", "6.1.27.6")],
            CategoryRules.Vex => [.. Parts(root), .. Each(root, "notes", "6.1.27.5")],
            _ => [],
        };
    }

    private static IEnumerable<FieldFault> Texts(CsafNode document)
    {
        if (!document.Items("notes").Any(note => Telling.Contains(note.Required("category"), StringComparer.Ordinal)))
        {
            yield return new FieldFault(
                document.PathOf("notes"), "6.1.27.1: One note must be a description, details, general or a summary.");
        }
        if (!document.Items("references").Any(reference => (reference.Text("category") ?? "external") == "external"))
        {
            yield return new FieldFault(document.PathOf("references"), "6.1.27.2: One reference must be external.");
        }
    }

    private static IEnumerable<FieldFault> Forbidden(CsafNode root)
    {
        if (root.Field("vulnerabilities") is { } found)
        {
            yield return found.Fault("6.1.27.3: An informational advisory has no vulnerabilities.");
        }
    }

    private static IEnumerable<FieldFault> Parts(CsafNode root)
    {
        if (root.Field("product_tree") is null)
        {
            yield return new FieldFault("product_tree", "6.1.27.4: Required by the document's category.");
        }
        if (root.Field("vulnerabilities") is null)
        {
            yield return new FieldFault("vulnerabilities", "6.1.27.11: Required by the document's category.");
        }
    }

    private static IEnumerable<FieldFault> Each(CsafNode root, string name, string test) =>
        root.Items("vulnerabilities").Where(one => one.Field(name) is null)
            .Select(one => new FieldFault(one.PathOf(name), $"{test}: Required by the document's category."));
}
