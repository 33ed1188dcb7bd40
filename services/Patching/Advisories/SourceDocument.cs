using Google.Protobuf;
using Governance.BuildingBlocks.Names;
using Governance.BuildingBlocks.Security;
using Governance.Patching.Advisories.Kev;
using Governance.Patching.Persistence;
using NodaTime;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories;

/// <summary>One document of a feed, ready to be kept, whatever its format.</summary>
/// <param name="Format">OSV, KEV, NVD, CSAF, MANUAL or SSVC.</param>
/// <param name="DocumentId">Its own id.</param>
/// <param name="Ids">That id and its aliases: whatever shares one of them is the same vulnerability.</param>
/// <param name="Digest">SHA-256 of its canonical form.</param>
/// <param name="Modified">When its source last changed it.</param>
/// <param name="Content">What was read of it, as JSON.</param>
internal sealed record SourceDocument(
    string Format, string DocumentId, IReadOnlyList<string> Ids, string Digest, Instant Modified, byte[] Content)
{
    public const string Osv = "OSV";
    public const string Kev = "KEV";
    public const string Nvd = "NVD";
    public const string Csaf = "CSAF";
    public const string Manual = "MANUAL";
    public const string Ssvc = "SSVC";

    /// <summary>The formats whose documents describe a vulnerability by themselves.</summary>
    public static readonly string[] Telling = [Osv, Nvd, Csaf, Manual];

    private const int LongestDetails = 64 * 1024;
    private const int LongestId = 200;

    public string Key => KeyOf(Format, Part ?? DocumentId);

    /// <summary>Tells apart what is kept of one document that speaks of more than one vulnerability; null for other formats.</summary>
    public string? Part { get; init; }

    /// <summary>A name that finds the advisory unless it means another already: unlike an id, it joins none.</summary>
    public string? OtherName { get; init; }

    /// <summary>What <see cref="Content"/> says, where it was read as a record; null for what is kept otherwise.</summary>
    public AdvisoryRecord? Record { get; init; }

    /// <summary>Its source took it back.</summary>
    public bool IsRetracted { get; init; }

    public static string KeyOf(string format, string id) => $"{format}:{id}";

    public static SourceDocument Of(AdvisoryRecord record, string format = Osv)
    {
        var kept = record.Details is { Length: > LongestDetails } ? record with { Details = record.Details[..LongestDetails] } : record;
        return new SourceDocument(
            format, record.Id, [record.Id, .. record.Aliases.Where(IsId)], record.Digest, Instant.FromDateTimeOffset(record.Modified),
            Columns.ToJsonBytes(kept))
        {
            Record = kept,
        };
    }

    public static SourceDocument Of(KevEntry entry, KevCatalog catalog) => new(
        Kev, entry.CveId, [entry.CveId], entry.Digest, Instant.FromDateTimeOffset(catalog.Released),
        Columns.ToJsonBytes(new KevContent(entry, catalog.Version)));

    /// <summary>What a person set, kept as a document beside the others, so that no import replaces it.</summary>
    public static SourceDocument Of(string advisoryId, Proto.DecisionPoints points) => new(
        Ssvc, advisoryId, [advisoryId], Digests.Of(points), points.SetTime.ToInstant(), points.ToByteArray());

    /// <summary>Whether an id can stand in a resource name.</summary>
    public static bool IsId(string id) => id.Length is > 0 and <= LongestId && !id.AsSpan().ContainsAny(" /\t\r\n");
}

/// <summary>A catalogue's entry and the catalogue's version that it is from.</summary>
internal sealed record KevContent(KevEntry Entry, string CatalogVersion);
