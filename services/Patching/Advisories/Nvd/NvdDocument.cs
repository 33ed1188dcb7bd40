using System.Globalization;
using System.Text.Json;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Nvd;

/// <summary>
/// Reads one <c>{"cve":{…}}</c>. What NVD repeats of CISA's catalogue (<c>cisaExploitAdd</c> and its neighbours) is passed over:
/// the catalogue itself is the authority, and it also takes entries back.
/// </summary>
internal static class NvdDocument
{
    private const string Rejected = "Rejected";

    private static readonly string[] Zoned = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>OSV's words for NVD's tags, the most telling first.</summary>
    private static readonly (string Tag, string Type)[] Types =
    [
        ("Patch", "FIX"), ("Exploit", "EVIDENCE"), ("Vendor Advisory", "ADVISORY"), ("Third Party Advisory", "ADVISORY"),
        ("US Government Resource", "ADVISORY"), ("VDB Entry", "ADVISORY"), ("Issue Tracking", "REPORT"), ("Product", "PACKAGE"),
    ];

    /// <summary>The advisory, or null with everything that is wrong.</summary>
    public static AdvisoryRecord? Read(JsonElement root, List<FieldFault> faults, out string id)
    {
        id = "";
        var item = JsonFields.Of(root, "", faults);
        if (item.OptionalObject("cve") is not { } cve)
        {
            item.Fault("cve", "Required.");
            return null;
        }

        id = cve.RequiredText("id").ToUpperInvariant();
        if (id.Length > 0 && !CveId.Is(id)) cve.Fault("id", $"'{id[..Math.Min(60, id.Length)]}' is no CVE id.");
        var (published, modified) = (Instant(cve, "published"), Instant(cve, "lastModified"));
        var advisory = new AdvisoryRecord(
            id,
            [],
            modified ?? default,
            published,
            cve.OptionalText("vulnStatus") == Rejected ? modified : null,
            null,
            Description(cve),
            SeverityAssessment.Assess(null, NvdMetrics.Read(cve)),
            [],
            References(cve),
            "")
        {
            Cpes = NvdConfigurations.Read(cve) is { Count: > 0 } cpes ? cpes : null,
        };
        return faults.Count == 0 ? advisory with { Digest = CanonicalJson.Digest(root) } : null;
    }

    /// <summary>NVD writes its times without a zone: they are UTC.</summary>
    private static DateTimeOffset? Instant(JsonFields cve, string name)
    {
        var text = cve.RequiredText(name);
        if (text.Length == 0) return null;
        if (DateTimeOffset.TryParseExact(
            text, Zoned, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }
        cve.Fault(name, $"'{text[..Math.Min(60, text.Length)]}' is no date and time such as 2026-01-02T03:04:05.678, in UTC.");
        return null;
    }

    private static string? Description(JsonFields cve)
    {
        var texts = new List<(string Language, string Text)>();
        foreach (var (item, path) in cve.Items("descriptions"))
        {
            var description = cve.Object(item, path);
            texts.Add((description.RequiredText("lang"), description.OptionalText("value") ?? ""));
        }

        return texts.Where(one => one.Language == "en" || one.Language.StartsWith("en-", StringComparison.Ordinal))
            .Select(one => one.Text)
            .FirstOrDefault();
    }

    private static List<AdvisoryReference> References(JsonFields cve)
    {
        var references = new List<AdvisoryReference>();
        foreach (var (item, path) in cve.Items("references"))
        {
            var reference = cve.Object(item, path);
            var tags = reference.Texts("tags");
            var type = Array.Find(Types, known => tags.Contains(known.Tag, StringComparer.OrdinalIgnoreCase)).Type ?? "WEB";
            references.Add(new AdvisoryReference(type, reference.RequiredText("url"), tags.Count == 0 ? null : tags));
        }

        return references;
    }
}
