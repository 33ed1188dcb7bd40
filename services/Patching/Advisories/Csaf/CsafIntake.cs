using Governance.BuildingBlocks.Writing;
using Governance.Patching.Persistence;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>Tells documents as sources, one for each vulnerability, and takes back those that a newer issue no longer has.</summary>
internal sealed class CsafIntake(WriteUnit<PatchingDb> unit)
{
    private const int LongestId = 200;

    private readonly Dictionary<string, SourceDocument> _taken = new(StringComparer.Ordinal);

    /// <summary>An issue that is older than the one known changes nothing, not even what that one does not speak of.</summary>
    public async Task<IReadOnlyList<SourceDocument>> TakeAsync(
        IReadOnlyList<CsafDocument> documents, ImportTally tally, CancellationToken ct)
    {
        var keys = documents.Select(document => document.Key).Distinct().ToArray();
        var rows = await unit.Db.CsafDocuments.AsTracking().Where(row => keys.Contains(row.Key)).ToDictionaryAsync(row => row.Key, ct);
        var sources = new List<SourceDocument>();
        foreach (var document in documents)
        {
            var row = rows.GetValueOrDefault(document.Key);
            if (row is not null && document.IsOlderThan(row.Modified.ToDateTimeOffset(), row.Version))
            {
                foreach (var _ in document.Parts) tally.Unchanged();
                continue;
            }

            var parts = document.Parts.Select(part => SourceOf(document, part)).ToList();
            var gone = row is null ? [] : await GoneAsync(document, row.Sources.Except(parts.Select(part => part.Key)), ct);
            foreach (var one in parts.Concat(gone)) _taken[one.Key] = one;
            sources.AddRange([.. parts, .. gone]);
            rows[document.Key] = Remember(row, document, parts);
        }

        return sources;
    }

    private CsafDocumentRow Remember(CsafDocumentRow? row, CsafDocument document, List<SourceDocument> parts)
    {
        if (row is null)
        {
            row = new CsafDocumentRow { Key = document.Key, Version = "", Sources = [] };
            unit.Db.CsafDocuments.Add(row);
        }

        (row.Version, row.Modified) = (document.Version.Text, Instant.FromDateTimeOffset(document.Modified));
        var sources = parts.ConvertAll(part => part.Key);
        if (!row.Sources.SequenceEqual(sources)) row.Sources = sources;
        return row;
    }

    /// <summary>What was said, with the day since when it is said no more.</summary>
    private async Task<List<SourceDocument>> GoneAsync(CsafDocument document, IEnumerable<string> keys, CancellationToken ct)
    {
        var missing = keys.ToArray();
        var known = missing.Length == 0
            ? []
            : await unit.Db.AdvisorySources.AsNoTracking().Where(row => missing.Contains(row.Key)).ToDictionaryAsync(row => row.Key, ct);
        var gone = new List<SourceDocument>();
        foreach (var key in missing)
        {
            var content = _taken.GetValueOrDefault(key)?.Content ?? known.GetValueOrDefault(key)?.Content;
            if (content is null) continue;
            var record = Columns.FromJsonBytes<AdvisoryRecord>(
                content) with
            { Modified = document.Modified, Withdrawn = document.Modified, Digest = document.Digest };
            gone.Add(SourceDocument.Of(
                record, SourceDocument.Csaf) with
            { Part = key[(SourceDocument.Csaf.Length + 1)..], IsRetracted = true });
        }

        return gone;
    }

    /// <summary>Shown by the document's own id; a vulnerability that has no CVE id by the id that names its advisory.</summary>
    private static SourceDocument SourceOf(CsafDocument document, CsafPart part) => SourceDocument.Of(part.Record, SourceDocument.Csaf) with
    {
        DocumentId = part.Id.StartsWith("CVE-", StringComparison.Ordinal)
            ? document.TrackingId[..Math.Min(LongestId, document.TrackingId.Length)]
            : part.Id,
        Part = $"{document.Key[..40]}:{part.Id}",
        OtherName = part.OtherName,
    };
}
