using System.Globalization;
using Governance.BuildingBlocks.Names;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Fields;
using Governance.Patching.Inventory;
using Governance.Patching.Persistence;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <param name="Id">The CVE id where there is one.</param>
/// <param name="Body">All that is shown.</param>
/// <param name="Band">The worst of its standing sources.</param>
/// <param name="Modified">When a source last changed it.</param>
/// <param name="Records">The sources that stand: what is matched.</param>
internal sealed record MergedAdvisory(
    string Id, Proto.Advisory Body, SeverityBand Band, Instant Modified, IReadOnlyList<AdvisoryRecord> Records);

/// <summary>Tells one vulnerability from all documents about it. The order in which they came does not matter.</summary>
internal static class AdvisoryMerge
{
    private const int MostReferences = 200;
    private const int MostRemedies = 100;
    private const int LongestSummary = 200;

    public static MergedAdvisory Of(IReadOnlyCollection<AdvisorySourceRow> sources, IEnumerable<string> ids)
    {
        var records = sources.Where(source => SourceDocument.Telling.Contains(source.Format))
            .OrderBy(IsSupplement)
            .ThenByDescending(source => source.Modified)
            .ThenBy(source => source.Key, StringComparer.Ordinal)
            .Select(RecordOf)
            .ToList();
        var entries = sources.Where(source => source.Format == SourceDocument.Kev)
            .Select(source => (Source: source, Content: Columns.FromJsonBytes<KevContent>(source.Content)))
            .OrderBy(one => one.Content.Entry.DateAdded).ThenBy(one => one.Content.Entry.CveId, StringComparer.Ordinal).ToList();
        var listed = entries.Where(one => !one.Source.IsRetracted).Select(one => one.Content).ToList();
        var standing = records.Where(record => record.Withdrawn is null).ToList();
        var telling = standing.Count > 0 ? standing : records;
        var id = NameOf([.. ids], [.. sources.Select(source => source.DocumentId)]);
        var body = Describe(id, telling, entries.ConvertAll(one => one.Content.Entry));
        body.Aliases.AddRange(ids.Where(other => other != id).Order(StringComparer.Ordinal));
        body.Kev = listed.Count == 0 ? null : KevOf(listed);
        if (records.Count > 0 && standing.Count == 0 && listed.Count == 0)
        {
            body.Withdrawn = records.Max(record => record.Withdrawn)!.Value.ToTimestamp();
        }
        body.DecisionPoints = PointsOf(sources);
        body.Sources.AddRange(sources.OrderBy(source => source.Key, StringComparer.Ordinal).Select(ToProto));
        var band = telling.Select(record => record.Severity.Band).DefaultIfEmpty(SeverityBand.Unknown).Max();
        body.Severity = band.ToProto();
        var modified = records.Count > 0 ? records.Max(record => record.Modified) : DayOf(entries[^1].Content.Entry.DateAdded);
        body.Modified = modified.ToTimestamp();
        return new MergedAdvisory(id, body, band, Instant.FromDateTimeOffset(modified), standing);
    }

    public static AdvisoryRecord RecordOf(AdvisorySourceRow source) =>
        source.Record ?? Columns.FromJsonBytes<AdvisoryRecord>(source.Content);

    /// <summary>The packages that an advisory names, as their registries hold them.</summary>
    public static IEnumerable<(string Ecosystem, string Package)> Packages(IEnumerable<AdvisoryRecord> records) => records
        .SelectMany(record => record.Affected)
        .Where(affected => affected is { Ecosystem.Length: > 0, Name.Length: > 0 and <= 300 })
        .Select(affected => (Ecosystems.BaseOf(affected.Ecosystem!), Ecosystems.NormalizeName(affected.Ecosystem!, affected.Name!)))
        .Distinct();

    /// <summary>NVD adds scores, links and dates; what other sources say in words goes before it.</summary>
    private static bool IsSupplement(AdvisorySourceRow source) => source.Format == SourceDocument.Nvd;

    /// <summary>The lowest CVE id, else the lowest of the documents' own.</summary>
    private static string NameOf(IReadOnlyList<string> ids, IReadOnlyList<string> documents) =>
        ids.Where(id => id.StartsWith("CVE-", StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault()
        ?? documents.Order(StringComparer.Ordinal).First();

    private static Proto.Advisory Describe(string id, List<AdvisoryRecord> telling, List<KevEntry> entries)
    {
        var body = new Proto.Advisory
        {
            Name = $"advisories/{id}",
            Summary = Said(telling.Select(record => record.Summary)) ?? Said(entries.Select(entry => entry.Name)) ?? FirstLine(telling),
            Details = Said(telling.Select(record => record.Details)) ?? Said(entries.Select(entry => entry.ShortDescription)) ?? "",
            Published = telling.Min(record => record.Published).ToTimestamp(),
        };
        body.Cvss.AddRange(CvssMapping.ToProto(telling.SelectMany(record => record.Severity.Vectors)));
        body.Affected.AddRange(telling.SelectMany(record => record.Affected)
            .Where(affected => affected.Name is not null)
            .Select(AdvisoryMapping.ToProto)
            .Distinct());
        body.Remedies.AddRange(telling.SelectMany(record => record.Remedies).Select(AdvisoryMapping.ToProto).Distinct().Take(MostRemedies));
        body.ExploitStatus.AddRange(telling.SelectMany(record => record.ExploitStatus).Distinct());
        body.References.AddRange(telling.SelectMany(record => record.References).DistinctBy(reference => reference.Url).Take(MostReferences)
            .Select(AdvisoryMapping.ToProto));
        body.CpeCriteria.AddRange(telling.SelectMany(record => record.Cpes ?? []).Distinct().Select(AdvisoryMapping.ToProto));
        return body;
    }

    private static Proto.KevEntry KevOf(List<KevContent> listed)
    {
        var (entry, version) = listed[0];
        return new Proto.KevEntry
        {
            DateAdded = entry.DateAdded.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DueDate = entry.DueDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            KnownRansomwareUse = listed.Any(content => content.Entry.KnownRansomwareUse),
            VendorProject = entry.VendorProject,
            Product = entry.Product,
            RequiredAction = entry.RequiredAction,
            CatalogVersion = version,
        };
    }

    /// <summary>The newest that a person set; null: nobody did, or they were taken back.</summary>
    private static Proto.DecisionPoints? PointsOf(IEnumerable<AdvisorySourceRow> sources)
    {
        var newest = sources.Where(source => source.Format == SourceDocument.Ssvc).MaxBy(source => source.Modified);
        var points = newest is null ? null : Proto.DecisionPoints.Parser.ParseFrom(newest.Content);
        return points is { HasAutomatable: true } or { TechnicalImpact: not Proto.DecisionPoints.Types.TechnicalImpact.Unspecified }
            ? points
            : null;
    }

    private static Proto.SourceDocument ToProto(AdvisorySourceRow source)
    {
        var issue = source.Format == SourceDocument.Csaf ? RecordOf(source).Publication : null;
        return new Proto.SourceDocument
        {
            Format = source.Format,
            Id = source.DocumentId,
            Digest = source.Digest,
            Modified = source.Modified.ToTimestamp(),
            ImportTime = source.ImportTime.ToTimestamp(),
            Publisher = issue?.Publisher ?? "",
            Version = issue?.Version ?? "",
            Status = issue?.Status ?? "",
        };
    }

    private static string FirstLine(List<AdvisoryRecord> telling)
    {
        var details = Said(telling.Select(record => record.Details))?.TrimStart().Split('\n')[0].TrimEnd() ?? "";
        return details.Length <= LongestSummary ? details : string.Concat(details.AsSpan(0, LongestSummary), "…");
    }

    private static string? Said(IEnumerable<string?> texts) => texts.FirstOrDefault(text => !string.IsNullOrWhiteSpace(text));

    private static DateTimeOffset DayOf(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
