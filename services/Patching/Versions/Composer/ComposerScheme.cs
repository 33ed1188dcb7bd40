using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.Composer;

/// <summary>Packagist's versions, ordered and selected as Composer does.</summary>
/// <remarks>
/// Composer compares normal forms, so <c>1.0</c> and <c>1.0.0</c> are one version although PHP's bare
/// <c>version_compare</c> puts one before the other.
/// </remarks>
internal sealed class ComposerScheme : IVersionScheme
{
    public string Name => "Composer";

    public bool TryParse(string? text, [NotNullWhen(true)] out PackageVersion? version)
    {
        var read = ComposerVersion.TryParse(text, out var composer);
        version = composer;
        return read;
    }

    public int Compare(PackageVersion left, PackageVersion right) => ((ComposerVersion)left).CompareTo((ComposerVersion)right);

    public bool TryParseRange(string? text, [NotNullWhen(true)] out IVersionRange? range)
    {
        var read = ComposerConstraint.TryParse(text, out var constraint);
        range = constraint;
        return read;
    }
}
