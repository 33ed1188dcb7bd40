using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Osv;

/// <summary>Reads the fields of one OSV document.</summary>
internal static class OsvDocument
{
    private const int LongestId = 128;

    private const string IdSigns = "-_.:";

    public static AdvisoryRecord? Read(JsonElement root, List<FieldFault> faults)
    {
        var document = JsonFields.Of(root, "", faults);
        var id = document.RequiredText("id");
        if (id.Length > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || IdSigns.Contains(c, StringComparison.Ordinal)))
        {
            document.Fault("id", $"Must be letters, digits, hyphen, underscore, period and colon, at most {LongestId}.");
        }
        CheckSchemaVersion(document);
        if (!document.Has("modified"))
        {
            document.Fault("modified", "Required.");
        }
        var modified = document.OptionalInstant("modified");
        var affected = document.Items("affected").Select(item => document.Object(item.Element, item.Path)).ToList();
        var packages = affected.Select(OsvAffected.Read).ToList();
        var advisory = new AdvisoryRecord(
            id,
            Aliases(document, id),
            modified ?? default,
            document.OptionalInstant("published"),
            document.OptionalInstant("withdrawn"),
            document.OptionalText("summary"),
            document.OptionalText("details"),
            Severity(document, affected),
            packages,
            References(document),
            "");
        return faults.Count == 0 ? advisory with { Digest = CanonicalJson.Digest(root) } : null;
    }

    private static void CheckSchemaVersion(JsonFields document)
    {
        var version = document.OptionalText("schema_version");
        if (version is not null && version != "1" && !version.StartsWith("1.", StringComparison.Ordinal))
        {
            document.Fault("schema_version", $"Version {version} is not known here; 1.x is.");
        }
    }

    private static List<string> Aliases(JsonFields document, string id) =>
        [.. document.Texts("aliases").Where(alias => !string.IsNullOrWhiteSpace(alias) && alias != id).Distinct(StringComparer.Ordinal)];

    private static SeverityAssessment Severity(JsonFields document, List<JsonFields> affected)
    {
        var vectors = Vectors(document).Concat(affected.SelectMany(Vectors)).Distinct().ToList();
        var published = Published(document) ?? affected.Select(Published).FirstOrDefault(band => band is not null);
        return SeverityAssessment.Assess(published, vectors);
    }

    /// <summary>OSV has no field for a band; GitHub's and other databases put it into <c>database_specific</c>.</summary>
    private static string? Published(JsonFields fields) => fields.OptionalObject("database_specific")?.LenientText("severity");

    private static IEnumerable<SeverityVector> Vectors(JsonFields fields)
    {
        var vectors = new List<SeverityVector>();
        foreach (var (item, path) in fields.Items("severity"))
        {
            var severity = fields.Object(item, path);
            vectors.Add(new SeverityVector(severity.RequiredText("type"), severity.RequiredText("score")));
        }

        return vectors;
    }

    private static List<AdvisoryReference> References(JsonFields document)
    {
        var references = new List<AdvisoryReference>();
        foreach (var (item, path) in document.Items("references"))
        {
            var reference = document.Object(item, path);
            references.Add(new AdvisoryReference(reference.OptionalText("type") ?? "WEB", reference.RequiredText("url")));
        }

        return references;
    }
}
