using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>The document's languages: tests 6.1.12, 6.1.15 and 6.1.28.</summary>
internal static class LanguageRules
{
    public static IEnumerable<FieldFault> Check(CsafNode root, CsafTree tree)
    {
        var document = root.Field("document")!;
        var (own, source) = (document.Field("lang"), document.Field("source_lang"));
        foreach (var tag in new[] { own, source }.OfType<CsafNode>())
        {
            if (LanguageTags.Fault(tag.Text()) is { } fault) yield return tag.Fault($"6.1.12: {fault}");
        }

        if (source is null && document.Field("publisher")!.Required("category") == "translator")
        {
            yield return new FieldFault(document.PathOf("source_lang"), "6.1.15: Required of a translator.");
        }
        if (source is not null && own is not null && string.Equals(own.Text(), source.Text(), StringComparison.OrdinalIgnoreCase))
        {
            yield return source.Fault("6.1.28: A translation has another language than its source.");
        }
    }
}
