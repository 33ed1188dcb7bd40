namespace Governance.Patching.Inventory;

/// <summary>A software bill of materials, read whole, whatever its format.</summary>
/// <param name="Format">CYCLONEDX or SPDX.</param>
/// <param name="SpecVersion">The version of its format.</param>
/// <param name="SerialNumber">What tells it from others: <c>urn:uuid:…</c> or its namespace; null where it has none.</param>
/// <param name="Timestamp">When it was made, where it says so.</param>
/// <param name="Subject">What it describes; not among the packages.</param>
/// <param name="Packages">Each package and version once, in the order of the document.</param>
/// <param name="Ignored">How many entries name no package: files, services, components without a package URL.</param>
internal sealed record SoftwareBill(
    string Format,
    string SpecVersion,
    string? SerialNumber,
    DateTimeOffset? Timestamp,
    InstalledPackage? Subject,
    IReadOnlyList<InstalledPackage> Packages,
    int Ignored)
{
    /// <summary>The largest document that is read. Ten thousand components take some ten megabytes.</summary>
    public const int LargestDocument = 256 * 1024 * 1024;
}

/// <summary>A package version that is installed.</summary>
/// <param name="Purl">The package, without version.</param>
/// <param name="Version">Its version; null where the document does not say.</param>
/// <param name="BomRefs">How the document refers to it; several where it stands there several times.</param>
/// <param name="AppliedPatches">Isolated patches on it: the ids of what they resolve, else where their difference is.</param>
internal sealed record InstalledPackage(
    PackageUrl Purl,
    string? Version,
    IReadOnlyList<string> BomRefs,
    IReadOnlyList<string> AppliedPatches);
