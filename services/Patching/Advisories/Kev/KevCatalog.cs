using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Kev;

/// <summary>CISA's catalogue of known exploited vulnerabilities.</summary>
/// <param name="Version">Its version, as <c>2025.08.25</c>.</param>
/// <param name="Released">When it was released: an older catalogue never replaces a newer.</param>
/// <param name="Count">How many entries it says that it has.</param>
/// <param name="Entries">Those that could be read, in its order.</param>
/// <param name="Rejected">Those that could not.</param>
internal sealed record KevCatalog(
    string Version,
    DateTimeOffset Released,
    int Count,
    IReadOnlyList<KevEntry> Entries,
    IReadOnlyList<RejectedRecord> Rejected)
{
    /// <summary>
    /// Whether every entry that the catalogue counts was read. Only then does an entry's absence mean that CISA took it back.
    /// </summary>
    public bool IsComplete => Rejected.Count == 0 && Entries.Count == Count;
}

/// <summary>One vulnerability of the catalogue.</summary>
/// <param name="CveId">Its CVE id, in upper case.</param>
/// <param name="VendorProject">The vendor or project, as the catalogue names it.</param>
/// <param name="Product">The product, as the catalogue names it.</param>
/// <param name="Name">The catalogue's title for it.</param>
/// <param name="DateAdded">The day on which it was listed.</param>
/// <param name="DueDate">The day by which United States agencies must act.</param>
/// <param name="KnownRansomwareUse">Whether ransomware campaigns are known to use it; unknown counts as false.</param>
/// <param name="ShortDescription">What it is.</param>
/// <param name="RequiredAction">What to do.</param>
/// <param name="Notes">Links, as a rule.</param>
/// <param name="Cwes">Weakness ids, as <c>CWE-79</c>.</param>
/// <param name="Digest">SHA-256 of the entry's canonical form, in lower-case hexadecimal.</param>
internal sealed record KevEntry(
    string CveId,
    string VendorProject,
    string Product,
    string Name,
    DateOnly DateAdded,
    DateOnly DueDate,
    bool KnownRansomwareUse,
    string ShortDescription,
    string RequiredAction,
    string Notes,
    IReadOnlyList<string> Cwes,
    string Digest)
{
    /// <summary>CISA lists some entries with a day that had passed already; they are taken as they are, and shown.</summary>
    public bool IsDueBeforeAdded => DueDate < DateAdded;
}
