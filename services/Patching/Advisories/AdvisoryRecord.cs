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
    string Digest)
{
    /// <summary>What the vendor says can be done.</summary>
    public IReadOnlyList<VendorRemedy> Remedies { get; init; } = [];

    /// <summary>What the source says of exploits, in its own words.</summary>
    public IReadOnlyList<string> ExploitStatus { get; init; } = [];

    /// <summary>The document's issue; null where its format has none.</summary>
    public Publication? Publication { get; init; }

    /// <summary>Products by CPE, shown and not matched; null where the source names none.</summary>
    public IReadOnlyList<CpeCriteria>? Cpes { get; init; }
}

/// <summary>A product and the versions of it that a source means; what is unset does not limit them.</summary>
/// <param name="Criteria">A CPE 2.3 name; its own version counts where it is no asterisk.</param>
/// <param name="StartIncluding">From this version, inclusive.</param>
/// <param name="StartExcluding">From this version, exclusive.</param>
/// <param name="EndIncluding">Until this version, inclusive.</param>
/// <param name="EndExcluding">Until this version, exclusive.</param>
internal sealed record CpeCriteria(
    string Criteria, string? StartIncluding, string? StartExcluding, string? EndIncluding, string? EndExcluding);

/// <param name="Type">The source's word for the kind of link, such as ADVISORY or FIX.</param>
/// <param name="Url">Where it leads.</param>
/// <param name="Tags">The source's own words for it, where it has more.</param>
internal sealed record AdvisoryReference(string Type, string Url, IReadOnlyList<string>? Tags = null);
