using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.SemVer;

/// <summary>A Semantic Versioning 2.0.0 version, or a looser spelling that has a clear place in its order.</summary>
/// <remarks>
/// Looser spellings, found in feeds: a leading <c>v</c> or <c>=</c>, fewer than three numbers (<c>1</c> is
/// <c>1.0.0</c>), more than three (the rest counts as build metadata), no hyphen before the prerelease.
/// </remarks>
internal sealed class SemanticVersion : PackageVersion, IComparable<SemanticVersion>
{
    private SemanticVersion(string text, Numbers numbers, string prerelease, bool isStrict)
        : base(text) => (Core, Prerelease, IsStrict) = (numbers, prerelease, isStrict);

    /// <summary>Major, minor and patch.</summary>
    public Numbers Core { get; }

    /// <summary>Dot-separated identifiers; empty for a release.</summary>
    public string Prerelease { get; }

    /// <summary>Whether npm itself would accept the spelling.</summary>
    public bool IsStrict { get; }

    public static SemanticVersion Of(Numbers core, string prerelease) => new(
        prerelease.Length == 0 ? $"{core.Major}.{core.Minor}.{core.Patch}" : $"{core.Major}.{core.Minor}.{core.Patch}-{prerelease}",
        core, prerelease, true);

    public static bool TryParse(string? text, [NotNullWhen(true)] out SemanticVersion? version)
    {
        version = null;
        var reader = new SemVerReader(text.AsSpan().Trim());
        if (text is null || !reader.TryRead(out var core, out var prerelease, out var strict))
        {
            return false;
        }
        version = new SemanticVersion(text, core, prerelease, strict);
        return true;
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = Core.CompareTo(other.Core);
        return order != 0 ? order : PrereleaseOrder.Compare(Prerelease, other.Prerelease);
    }

    /// <summary>Unsigned, since feeds carry numbers beyond 64 bits.</summary>
    internal readonly record struct Numbers(UInt128 Major, UInt128 Minor, UInt128 Patch) : IComparable<Numbers>
    {
        public int CompareTo(Numbers other)
        {
            var order = Major.CompareTo(other.Major);
            if (order == 0)
            {
                order = Minor.CompareTo(other.Minor);
            }
            return order != 0 ? order : Patch.CompareTo(other.Patch);
        }
    }
}
