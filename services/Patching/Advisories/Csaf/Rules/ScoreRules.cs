using Governance.Patching.Advisories.Csaf.Schema;
using Governance.Patching.Advisories.Cvss;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>
/// Published scores and metrics against the vector, which counts: tests 6.1.9 and 6.1.10. The form (6.1.8) is checked before.
/// </summary>
internal static class ScoreRules
{
    public static IEnumerable<FieldFault> Check(CsafNode document, CsafTree tree)
    {
        foreach (var score in document.Items("vulnerabilities").SelectMany(one => one.Items("scores")))
        {
            if (score.Field("cvss_v2") is { } two)
            {
                foreach (var fault in Two(two).Concat(Contradictions(two, CvssNames.Two))) yield return fault;
            }

            if (score.Field("cvss_v3") is { } three)
            {
                foreach (var fault in Three(three).Concat(Contradictions(three, CvssNames.Three))) yield return fault;
            }
        }
    }

    private static IEnumerable<FieldFault> Two(CsafNode cvss)
    {
        if (CvssV2.Read(cvss.Required("vectorString")) is not { } scores) return [Incomplete(cvss)];
        return [.. Score(
            cvss, "base", scores.Base), .. Score(cvss, "temporal", scores.Temporal), .. Score(cvss, "environmental", scores.Environmental)];
    }

    /// <summary>
    /// A metric that the vector leaves out is not defined: naming it as such does not change a score and makes all three computed.
    /// </summary>
    private static IEnumerable<FieldFault> Three(CsafNode cvss)
    {
        var vector = cvss.Required("vectorString");
        if (!CvssScores.TryOf(vector, out var scores)) return [Incomplete(cvss)];
        var temporal = scores.Temporal ?? scores.Base;
        var environmental =
            scores.Environmental ?? (CvssScores.TryOf($"{vector}/CR:X", out var whole) ? whole.Environmental : null) ?? temporal;
        return
        [
            .. Score(cvss, "base", scores.Base), .. Score(cvss, "temporal", temporal), .. Score(cvss, "environmental", environmental),
            .. Severity(
                cvss, "base", scores.Base), .. Severity(cvss, "temporal", temporal), .. Severity(cvss, "environmental", environmental),
        ];
    }

    private static FieldFault Incomplete(CsafNode cvss) =>
        cvss.Field("vectorString")!.Fault("6.1.9: No score follows from the vector: it lacks a base metric or has a metric twice.");

    private static IEnumerable<FieldFault> Score(CsafNode cvss, string group, decimal computed)
    {
        if (cvss.Field($"{group}Score") is { } published && published.Value.GetDecimal() != computed)
        {
            yield return published.Fault(FormattableString.Invariant(
                $"6.1.9: The vector's {group} score is {computed:0.0}, not {published.Value.GetDecimal():0.0##}."));
        }
    }

    private static IEnumerable<FieldFault> Severity(CsafNode cvss, string group, decimal computed)
    {
        var band = SeverityAssessment.BandOf(computed).ToString().ToUpperInvariant();
        if (cvss.Field($"{group}Severity") is { } published && published.Text() != band)
        {
            yield return published.Fault($"6.1.9: The vector's {group} severity is {band}, not {published.Text()}.");
        }
    }

    /// <summary>A metric that the vector leaves out contradicts nothing.</summary>
    private static IEnumerable<FieldFault> Contradictions(CsafNode cvss, IReadOnlyList<CvssNames.Metric> metrics)
    {
        var values = cvss.Required("vectorString").Split('/').Select(metric => metric.Split(':'))
            .ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal);
        foreach (var metric in metrics)
        {
            if (cvss.Text(metric.Property) is not { } name || values[metric.Letters].FirstOrDefault() is not { } vector) continue;
            if (metric.Values.First(value => value.Name == name).Letters != vector)
            {
                yield return cvss.Field(metric.Property)!.Fault($"6.1.10: {name} contradicts the vector's {metric.Letters}:{vector}.");
            }
        }
    }
}
