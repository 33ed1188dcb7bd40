using System.Text.Json;
using Governance.BuildingBlocks.Documents;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Kev;

/// <summary>Reads the catalogue. It is one document of some megabytes, so it is read whole; entries fail one by one.</summary>
internal static class KevReader
{
    /// <summary>Well over ten times today's catalogue.</summary>
    public const int LargestCatalog = 64 * 1024 * 1024;

    /// <summary>The catalogue, or null with what is wrong with the document itself.</summary>
    public static async Task<(KevCatalog? Catalog, IReadOnlyList<FieldFault> Faults)> ReadAsync(
        Stream feed, CancellationToken cancel = default)
    {
        var (bytes, tooLong) = await WholeDocument.ReadAsync(feed, LargestCatalog, cancel);
        if (tooLong)
        {
            return (null, [new FieldFault("", $"The catalogue is longer than {LargestCatalog} bytes.")]);
        }
        var unreadable = RecordStream.Unreadable(bytes, out var json);
        using (json)
        {
            var faults = new List<FieldFault>();
            if (unreadable is not null)
            {
                return (null, [new FieldFault("", unreadable)]);
            }
            var catalog = Read(json!.RootElement, faults);
            return faults.Count == 0 ? (catalog, []) : (null, faults);
        }
    }

    private static KevCatalog Read(JsonElement root, List<FieldFault> faults)
    {
        var document = JsonFields.Of(root, "", faults);
        var version = document.RequiredText("catalogVersion");
        if (!document.Has("dateReleased"))
        {
            document.Fault("dateReleased", "Required.");
        }
        var released = document.OptionalInstant("dateReleased");
        var count = document.RequiredCount("count");
        if (!document.Has("vulnerabilities"))
        {
            document.Fault("vulnerabilities", "Required.");
        }
        var (entries, rejected) = ReadEntries(document);
        return new KevCatalog(version, released ?? default, count, entries, rejected);
    }

    private static (List<KevEntry> Entries, List<RejectedRecord> Rejected) ReadEntries(JsonFields document)
    {
        var entries = new List<KevEntry>();
        var rejected = new List<RejectedRecord>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, path) in document.Items("vulnerabilities"))
        {
            var own = new List<FieldFault>();
            var entry = ReadEntry(item, own);
            if (own.Count == 0 && !seen.Add(entry.CveId))
            {
                own.Add(new FieldFault("cveID", $"{entry.CveId} is listed twice."));
            }
            if (own.Count == 0)
            {
                entries.Add(entry);
            }
            else
            {
                rejected.Add(new RejectedRecord(path, entry.CveId.Length == 0 ? null : entry.CveId, own));
            }
        }

        return (entries, rejected);
    }

    private static KevEntry ReadEntry(JsonElement item, List<FieldFault> faults)
    {
        var entry = JsonFields.Of(item, "", faults);
        var id = entry.RequiredText("cveID").ToUpperInvariant();
        if (id.Length > 0 && !CveId.Is(id))
        {
            entry.Fault("cveID", $"'{id}' is no CVE id.");
        }
        return new KevEntry(
            id,
            entry.RequiredText("vendorProject"),
            entry.RequiredText("product"),
            entry.RequiredText("vulnerabilityName"),
            entry.RequiredDay("dateAdded") ?? default,
            entry.RequiredDay("dueDate") ?? default,
            ReadRansomware(entry),
            entry.RequiredText("shortDescription"),
            entry.RequiredText("requiredAction"),
            entry.OptionalText("notes") ?? "",
            entry.Texts("cwes"),
            faults.Count == 0 ? CanonicalJson.Digest(item) : "");
    }

    private static bool ReadRansomware(JsonFields entry)
    {
        var use = entry.OptionalText("knownRansomwareCampaignUse");
        if (use is not (null or "Known" or "Unknown"))
        {
            entry.Fault("knownRansomwareCampaignUse", $"Expected Known or Unknown, found '{use}'.");
        }
        return use == "Known";
    }
}
