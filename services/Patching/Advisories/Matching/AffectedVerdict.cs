namespace Governance.Patching.Advisories.Matching;

/// <summary>Whether an advisory applies to an installed version.</summary>
internal enum Applicability
{
    NotAffected,
    Affected,

    /// <summary>The versions cannot be compared: a person has to decide.</summary>
    CannotDecide,
}

/// <param name="Applicability">The verdict.</param>
/// <param name="Reason">What it rests on, in a sentence.</param>
/// <param name="FixedVersions">
/// Versions above the installed one that fix it, lowest first; empty where none is known.
/// </param>
internal sealed record AffectedVerdict(Applicability Applicability, string Reason, IReadOnlyList<string> FixedVersions)
{
    public static AffectedVerdict NotAffected(string reason) => new(Applicability.NotAffected, reason, []);

    public static AffectedVerdict CannotDecide(string reason) => new(Applicability.CannotDecide, reason, []);
}
