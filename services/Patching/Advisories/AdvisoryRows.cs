using NodaTime;

namespace Governance.Patching.Advisories;

/// <summary>Which advisory an id means: its own, its sources' and their aliases.</summary>
internal sealed class AdvisoryIdRow
{
    public required string Id { get; set; }

    public required string AdvisoryId { get; set; }
}

/// <summary>One document that an advisory was read from.</summary>
internal sealed class AdvisorySourceRow
{
    /// <summary><c>OSV:GHSA-…</c></summary>
    public required string Key { get; set; }

    public required string AdvisoryId { get; set; }

    public required string Format { get; set; }

    public required string DocumentId { get; set; }

    /// <summary>SHA-256 of its canonical form.</summary>
    public required string Digest { get; set; }

    /// <summary>When its source last changed it: an older document never replaces a newer.</summary>
    public Instant Modified { get; set; }

    public Instant ImportTime { get; set; }

    /// <summary>The catalogue no longer has it.</summary>
    public bool IsRetracted { get; set; }

    /// <summary>What was read of it, as JSON.</summary>
    public required byte[] Content { get; set; }

    /// <summary>The same as it was read just now; null when it was loaded. Not stored.</summary>
    public AdvisoryRecord? Record { get; set; }
}

/// <summary>A package that an advisory names: matching touches only those that are installed.</summary>
internal sealed class AdvisoryPackageRow
{
    /// <summary>OSV's ecosystem, without what follows a colon; <c>platform</c> for what a component itself runs on.</summary>
    public required string Ecosystem { get; set; }

    /// <summary>Normalised as the ecosystem's registry does.</summary>
    public required string Package { get; set; }

    public required string AdvisoryId { get; set; }
}

/// <summary>The newest issue of a catalogue that was imported.</summary>
internal sealed class CatalogRow
{
    public const string Kev = "KEV";

    public required string Id { get; set; }

    public required string Version { get; set; }

    public Instant Released { get; set; }
}
