namespace Governance.Patching.Advisories;

/// <summary>What a source says of a version other than that it is affected.</summary>
internal enum VersionStatus
{
    Fixed,
    NotAffected,
    UnderInvestigation,
}

/// <param name="Status">What is said.</param>
/// <param name="Version">Of which version; null: of the package without naming one.</param>
/// <param name="Reason">Why it is not affected, in the source's words or by its justification; null where none is given.</param>
internal sealed record VersionStatement(VersionStatus Status, string? Version, string? Reason = null);
