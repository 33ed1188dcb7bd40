using System.Text.RegularExpressions;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Schema;

/// <summary>The form of CVSS objects: version, vector, scores, and the metrics told once more by their long names.</summary>
/// <remarks>Sources: https://www.first.org/cvss/cvss-v2.0.json, cvss-v3.0.json and cvss-v3.1.json.</remarks>
internal static class CvssShapes
{
    private const string Metrics2 =
        "AV:[NAL]|AC:[LMH]|Au:[MSN]|[CIA]:[NPC]|E:(U|POC|F|H|ND)|RL:(OF|TF|W|U|ND)|RC:(UC|UR|C|ND)|CDP:(N|L|LM|MH|H|ND)|TD:(N|L|M|H|ND)|[CIA]R:(L|M|H|ND)";

    private const string Metrics3 =
        "AV:[NALP]|AC:[LH]|PR:[NLH]|UI:[NR]|S:[UC]|[CIA]:[NLH]|E:[XUPFH]|RL:[XOTWU]|RC:[XURC]|[CIA]R:[XLMH]|MAV:[XNALP]|MAC:[XLH]|MPR:[XNLH]|MUI:[XNR]|MS:[XUC]|M[CIA]:[XNLH]";

    private static readonly Shape Score = new ScoreShape();

    private static readonly Shape Severity = TextShape.OneOf("NONE", "LOW", "MEDIUM", "HIGH", "CRITICAL");

    public static Shape Two { get; } = new ObjectShape(
    [
        ("version!", TextShape.OneOf("2.0")), ("vectorString!", Vector("", Metrics2)),
        ("baseScore!", Score), ("temporalScore", Score), ("environmentalScore", Score),
        .. Named(CvssNames.Two),
    ]);

    public static Shape Three { get; } = new VersionShape();

    private static Shape Vector(string prefix, string metrics) => TextShape.Matching(
        new Regex($@"^{prefix}({metrics})(/({metrics}))*\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
        "is no vector of its version");

    private static IEnumerable<(string, Shape)> Named(IEnumerable<CvssNames.Metric> metrics) =>
        metrics.Select(metric => (metric.Property, TextShape.OneOf([.. metric.Values.Select(value => value.Name)])));

    private static ObjectShape OfVersion(string version) => new(
    [
        ("version!", TextShape.OneOf(version)), ("vectorString!", Vector(
            $"CVSS:{version.Replace(".", "[.]", StringComparison.Ordinal)}/", Metrics3)),
        ("baseScore!", Score), ("baseSeverity!", Severity), ("temporalScore", Score), ("temporalSeverity", Severity),
        ("environmentalScore", Score), ("environmentalSeverity", Severity),
        .. Named(CvssNames.Three),
    ]);

    /// <summary>Version 3.0 where the object says so, else 3.1.</summary>
    private sealed class VersionShape : Shape
    {
        private readonly Shape _first = OfVersion("3.0");
        private readonly Shape _second = OfVersion("3.1");

        public override void Check(CsafNode node, List<FieldFault> faults) =>
            (node.Field("version")?.Value is { ValueKind: System.Text.Json.JsonValueKind.String } version && version.ValueEquals("3.0")
                ? _first
                : _second).Check(node, faults);
    }
}
