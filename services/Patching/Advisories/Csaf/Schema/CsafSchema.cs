using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>The form of a CSAF 2.0 document, as its JSON schema of August 2021 lays it down.</summary>
/// <remarks>Source: https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json.</remarks>
internal static class CsafSchema
{
    private static readonly Shape Language = TextShape.Matching(CsafFormats.Language, "is no language tag");

    private static readonly Shape Tracking = new ObjectShape(
        ("aliases", Shape.List(TextShape.Any, distinct: true)),
        ("current_release_date!", TextShape.Time),
        ("generator", new ObjectShape(
            ("date", TextShape.Time), ("engine!", new ObjectShape(("name!", TextShape.Any), ("version", TextShape.Any))))),
        ("id!", TextShape.Matching(CsafFormats.TrackingId, "must be one line that neither begins nor ends with a blank")),
        ("initial_release_date!", TextShape.Time),
        ("revision_history!", Shape.List(new ObjectShape(
            ("date!", TextShape.Time), ("legacy_version", TextShape.Any), ("number!", CommonShapes.Version), ("summary!", TextShape.Any)))),
        ("status!", TextShape.OneOf("draft", "final", "interim")),
        ("version!", CommonShapes.Version));

    private static readonly Shape Publisher = new ObjectShape(
        ("category!", TextShape.OneOf("coordinator", "discoverer", "other", "translator", "user", "vendor")),
        ("contact_details", TextShape.Any), ("issuing_authority", TextShape.Any), ("name!", TextShape.Any), ("namespace!", TextShape.Uri));

    private static readonly Shape Distribution = new ObjectShape(
        ("text", TextShape.Any),
        ("tlp", new ObjectShape(("label!", TextShape.OneOf("AMBER", "GREEN", "RED", "WHITE")), ("url", TextShape.Uri))))
    { Least = 1 };

    private static readonly Shape Document = new ObjectShape(
        ("acknowledgments", CommonShapes.Acknowledgments),
        ("aggregate_severity", new ObjectShape(("namespace", TextShape.Uri), ("text!", TextShape.Any))),
        ("category!", TextShape.Matching(
            CsafFormats.Category, "must be one line that neither begins nor ends with a blank, hyphen, underscore or period")),
        ("csaf_version!", TextShape.OneOf("2.0")),
        ("distribution", Distribution), ("lang", Language), ("notes", CommonShapes.Notes), ("publisher!", Publisher),
        ("references", CommonShapes.References), ("source_lang", Language), ("title!", TextShape.Any), ("tracking!", Tracking));

    private static readonly Shape Root = new ObjectShape(
        ("document!", Document), ("product_tree", ProductShapes.Tree), ("vulnerabilities", Shape.List(VulnerabilityShapes.Vulnerability)));

    /// <summary>All that the document's form breaks.</summary>
    public static List<FieldFault> Check(CsafNode document)
    {
        var faults = new List<FieldFault>();
        Root.Check(document, faults);
        return faults;
    }
}
