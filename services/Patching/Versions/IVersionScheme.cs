using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions;

/// <summary>How one ecosystem writes, orders and selects versions.</summary>
/// <remarks>Versions of different schemes do not compare. Implementations hold no state and are safe to share.</remarks>
internal interface IVersionScheme
{
    /// <summary>The scheme's name in reasons and in reports.</summary>
    string Name { get; }

    /// <summary>Reads a version; false for what the scheme has no place for in its order.</summary>
    bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version);

    /// <summary>Reads a range in the ecosystem's own notation; false for what the ecosystem's own tool refuses.</summary>
    bool TryParseRange(string? text, [NotNullWhen(true)] out IVersionRange? range);

    /// <summary>Negative, zero or positive as the left comes before, with or after the right.</summary>
    int Compare(PackageVersion left, PackageVersion right);

    /// <summary>Whether the ecosystem's own tool would select the version for the range.</summary>
    Decision Satisfies(string? version, string? range) =>
        TryParse(version, out var read) && TryParseRange(range, out var selected) ? selected.Contains(read) : Decision.CannotDecide;
}

/// <summary>A version that a scheme has read.</summary>
/// <param name="text">The version as written.</param>
internal abstract class PackageVersion(string text)
{
    /// <summary>The version as written.</summary>
    public string Text { get; } = text;

    /// <summary>
    /// Whether its place in the order tells what is in it. False for branches and the like, which the ecosystem sorts
    /// somewhere although they stand for anything.
    /// </summary>
    public virtual bool IsComparable => true;

    public override string ToString() => Text;
}

/// <summary>An answer that may be missing: what cannot be decided is said, never taken for no.</summary>
internal enum Decision
{
    No,
    Yes,
    CannotDecide,
}
