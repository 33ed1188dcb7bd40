namespace Governance.Patching.Advisories;

/// <summary>One package of an advisory and which of its versions are affected.</summary>
/// <param name="Ecosystem">OSV's name, such as npm, Packagist or Debian:12; null where only a repository is named.</param>
/// <param name="Name">The package's name as its ecosystem writes it; null where only a repository is named.</param>
/// <param name="Purl">The source's own package URL, where it gives one.</param>
/// <param name="Ranges">Version ranges; a version in any of them is affected.</param>
/// <param name="Versions">Versions listed one by one; each is affected.</param>
internal sealed record AffectedPackage(
    string? Ecosystem,
    string? Name,
    string? Purl,
    IReadOnlyList<VersionRange> Ranges,
    IReadOnlyList<string> Versions)
{
    /// <summary>What the source says of versions other than that they are affected.</summary>
    public IReadOnlyList<VersionStatement> Statements { get; init; } = [];
}

/// <summary>A range of versions, told by the events along it.</summary>
/// <param name="Type">What orders the versions.</param>
/// <param name="Events">In the source's order.</param>
/// <param name="Constraint">
/// The ecosystem's own constraint that the source derived the events from, where it gives one. It tells what they
/// mean for prereleases, which events cannot: <c>8.7.*</c> has 8.7.0-beta1 in it and 8.8.0-beta1 not.
/// </param>
internal sealed record VersionRange(RangeType Type, IReadOnlyList<RangeEvent> Events, string? Constraint);

/// <param name="Kind">What happens at the version.</param>
/// <param name="Version">The version; for an introduction <c>0</c> is before every version, for a limit <c>*</c> after.</param>
internal sealed record RangeEvent(RangeEventKind Kind, string Version);

internal enum RangeType
{
    /// <summary>A kind that we do not know: nothing can be decided by it.</summary>
    Unknown,
    SemVer,
    Ecosystem,
    Git,
}

internal enum RangeEventKind
{
    /// <summary>First version that is affected.</summary>
    Introduced,

    /// <summary>First version that is affected no longer.</summary>
    Fixed,

    /// <summary>Last version that is affected.</summary>
    LastAffected,

    /// <summary>The range says nothing from this version on.</summary>
    Limit,
}
