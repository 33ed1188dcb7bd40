namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>Forms that stand in more than one place of a document.</summary>
internal static class CommonShapes
{
    public static readonly Shape Version = TextShape.Matching(CsafFormats.Version, "is neither a whole number nor a semantic version");

    public static readonly Shape Acknowledgments = Shape.List(new ObjectShape(
        ("names", Shape.List(TextShape.Any)),
        ("organization", TextShape.Any),
        ("summary", TextShape.Any),
        ("urls", Shape.List(TextShape.Uri)))
    { Least = 1 });

    public static readonly Shape Notes = Shape.List(new ObjectShape(
        ("audience", TextShape.Any),
        ("category!", TextShape.OneOf("description", "details", "faq", "general", "legal_disclaimer", "other", "summary")),
        ("text!", TextShape.Any), ("title", TextShape.Any)));

    public static readonly Shape References = Shape.List(new ObjectShape(
        ("category", TextShape.OneOf("external", "self")), ("summary!", TextShape.Any), ("url!", TextShape.Uri)));
}
