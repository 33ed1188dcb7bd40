namespace Governance.Patching.Advisories;

/// <summary>What one source document says of one vulnerability, whatever its format.</summary>
/// <param name="Id">The document's own id.</param>
/// <param name="Aliases">Other ids of the same vulnerability, without repeats and without <paramref name="Id"/>.</param>
/// <param name="Modified">When the source last changed the document: an older one never replaces a newer.</param>
/// <param name="Published">When the source first published it, where it says so.</param>
/// <param name="Withdrawn">Since when the source takes it back; null while it stands.</param>
/// <param name="Summary">One line.</param>
/// <param name="Details">The description, Markdown as a rule.</param>
/// <param name="Severity">Band, score and where they come from.</param>
/// <param name="Affected">Packages and the versions of them that are affected.</param>
/// <param name="References">Links.</param>
/// <param name="Digest">SHA-256 of the document's canonical form, in lower-case hexadecimal.</param>
internal sealed record AdvisoryRecord(
    string Id,
    IReadOnlyList<string> Aliases,
    DateTimeOffset Modified,
    DateTimeOffset? Published,
    DateTimeOffset? Withdrawn,
    string? Summary,
    string? Details,
    SeverityAssessment Severity,
    IReadOnlyList<AffectedPackage> Affected,
    IReadOnlyList<AdvisoryReference> References,
    string Digest);

/// <param name="Type">The source's word for the kind of link, such as ADVISORY or FIX.</param>
/// <param name="Url">Where it leads.</param>
internal sealed record AdvisoryReference(string Type, string Url);
