using Governance.Patching.Advisories.Csaf.Rules;
using Governance.Patching.Advisories.Csaf.Schema;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>Tells a document as records, one for each vulnerability.</summary>
internal sealed class CsafParts(CsafNode root, CsafTree tree, DateTimeOffset modified, string digest)
{
    private const int MostRemedies = 50;
    private const int MostProducts = 20;
    private const int LongestText = 4000;

    private static readonly string[] Describing = ["summary", "description", "details", "general"];

    private readonly CsafNode _document = root.Field("document")!;
    private readonly CsafIds _ids = new(root);

    public IReadOnlyList<CsafPart> Read() => root.Field("vulnerabilities") is null
        ? [new CsafPart(_ids.Document, Whole(), null)]
        : [.. root.Items("vulnerabilities").Select((one, index) => Part(one, index + 1))];

    private CsafPart Part(CsafNode one, int number)
    {
        var ids = _ids.Of(one, number);
        var other = _ids.IsOnly && !ids.Contains(_ids.Document, StringComparer.Ordinal) ? _ids.Document : null;
        return new CsafPart(ids[0], Record(one, ids), other);
    }

    private AdvisoryRecord Record(CsafNode one, IReadOnlyList<string> ids)
    {
        var notes = one.Items("notes").ToList();
        return Whole() with
        {
            Id = ids[0],
            Aliases = [.. ids.Skip(1)],
            Published = TimeOf(one.Text("release_date")) ?? Released,
            Summary = one.Text("title") ?? FirstLine(notes) ?? _document.Required("title"),
            Details = Texts(notes) ?? Texts(_document.Items("notes")),
            Severity = Severity(one),
            Affected = new CsafAffected(one, tree).Read(),
            References = [.. References(one), .. Fixes(one), .. References(_document)],
            Remedies = [.. one.Items("remediations").Take(MostRemedies).Select(Remedy)],
            ExploitStatus = [.. one.Items("threats")
                .Where(threat => threat.Required("category") == "exploit_status")
                .Select(threat => Cut(threat.Required("details")))
                .Distinct()
                .Take(MostProducts)],
        };
    }

    /// <summary>What holds for the document: all there is to say where it has no vulnerability.</summary>
    private AdvisoryRecord Whole() => new(
        _ids.Document, [], modified, Released, null, _document.Required("title"), Texts(_document.Items("notes")),
        SeverityAssessment.Assess(_document.Field("aggregate_severity")?.Text("text"), []), [], [.. References(_document)], digest)
    {
        Publication = new Publication(
            _document.Field("publisher")!.Required("name"), Tracking.Required("version"), Tracking.Required("status").ToUpperInvariant()),
    };

    private CsafNode Tracking => _document.Field("tracking")!;

    private DateTimeOffset? Released => TimeOf(Tracking.Required("initial_release_date"));

    /// <summary>Scores that are only about products that are not affected say nothing of the vulnerability here.</summary>
    private SeverityAssessment Severity(CsafNode one)
    {
        var safe = one.Field("product_status")?.Texts("known_not_affected").ToHashSet(StringComparer.Ordinal) ?? [];
        var vectors = one.Items("scores").Where(score => !score.Texts("products").All(safe.Contains))
            .SelectMany(score => new[] { ("CVSS_V3", score.Field("cvss_v3")), ("CVSS_V2", score.Field("cvss_v2")) })
            .Where(score => score.Item2 is not null)
            .Select(score => new SeverityVector(
                score.Item1, score.Item2!.Required("vectorString"), score.Item2.Value.GetProperty("baseScore").GetDecimal()));
        return SeverityAssessment.Assess(_document.Field("aggregate_severity")?.Text("text"), [.. vectors.Distinct()]);
    }

    private VendorRemedy Remedy(CsafNode remediation) => new(
        remediation.Required("category").ToUpperInvariant(), Cut(remediation.Required("details")), remediation.Text("url"),
        [.. tree.ProductsOf(remediation).Take(MostProducts).Select(id => Cut(tree.Find(id)!.Name))]);

    private static IEnumerable<AdvisoryReference> Fixes(CsafNode one) => one.Items("remediations")
        .Where(remediation => remediation.Required("category") == "vendor_fix").Select(remediation => remediation.Text("url"))
        .OfType<string>().Distinct().Select(url => new AdvisoryReference("FIX", url));

    private static IEnumerable<AdvisoryReference> References(CsafNode node) => node.Items("references")
        .Select(reference => new AdvisoryReference(reference.Text("category") == "self" ? "ADVISORY" : "WEB", reference.Required("url")));

    private static string? FirstLine(List<CsafNode> notes) =>
        notes.Find(note => note.Required("category") == "summary")?.Required("text").Split('\n')[0] is { Length: > 0 } line
            ? Cut(line)
            : null;

    private static string? Texts(IEnumerable<CsafNode> notes)
    {
        var texts = notes.Where(note => Describing.Contains(note.Required("category"), StringComparer.Ordinal))
            .OrderBy(note => Array.IndexOf(Describing, note.Required("category")))
            .Select(note => note.Required("text"))
            .Distinct()
            .ToList();
        return texts.Count == 0 ? null : string.Join("\n\n", texts);
    }

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..LongestText];

    private static DateTimeOffset? TimeOf(string? text) => text is not null && CsafFormats.TryTime(text, out var time) ? time : null;
}
