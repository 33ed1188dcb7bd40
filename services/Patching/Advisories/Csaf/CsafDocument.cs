using System.Security.Cryptography;
using System.Text;
using Governance.Patching.Advisories.Csaf.Rules;
using Governance.Patching.Advisories.Csaf.Schema;
using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>A document that is valid, as far as it is kept.</summary>
/// <param name="Key">Of its publisher's namespace and its tracking id: other issues of it have the same.</param>
/// <param name="TrackingId">Its id among its publisher's.</param>
/// <param name="Version">Its version.</param>
/// <param name="Modified">Its current release date.</param>
/// <param name="Digest">SHA-256 of its canonical form.</param>
/// <param name="Parts">One for each vulnerability, or one for the document where it has none.</param>
internal sealed record CsafDocument(
    string Key, string TrackingId, DocumentVersion Version, DateTimeOffset Modified, string Digest, IReadOnlyList<CsafPart> Parts)
{
    public static CsafDocument Of(CsafNode root, CsafTree tree)
    {
        var document = root.Field("document")!;
        var tracking = document.Field("tracking")!;
        var id = tracking.Required("id");
        CsafFormats.TryTime(tracking.Required("current_release_date"), out var modified);
        var origin = $"{document.Field("publisher")!.Required("namespace")}\n{id}";
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
        var digest = CanonicalJson.Digest(root.Value);
        return new CsafDocument(
            key, id, DocumentVersion.Of(
                tracking.Required("version")), modified, digest, new CsafParts(root, tree, modified, digest).Read());
    }

    /// <summary>Whether this issue is older than one that is known: by its date, and at the same date by its version.</summary>
    public bool IsOlderThan(DateTimeOffset modified, string version) =>
        Modified != modified ? Modified < modified : Version.CompareTo(DocumentVersion.Of(version)) < 0;
}

/// <summary>What a document says of one vulnerability.</summary>
/// <param name="Id">Tells it from the document's others: its CVE id where it has one.</param>
/// <param name="Record">What it says.</param>
/// <param name="OtherName">The document's id where this is its only vulnerability: finds the advisory, and joins it to no other.</param>
internal sealed record CsafPart(string Id, AdvisoryRecord Record, string? OtherName);
