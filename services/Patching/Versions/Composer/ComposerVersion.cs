using System.Diagnostics.CodeAnalysis;

namespace Governance.Patching.Versions.Composer;

/// <summary>A Packagist version: Composer's normal form where it has one, else ordered as PHP would.</summary>
internal sealed class ComposerVersion : PackageVersion, IComparable<ComposerVersion>
{
    private readonly PhpVersion _order;

    private ComposerVersion(string text, string? normalized, PhpVersion order)
        : base(text) => (Normalized, _order) = (normalized, order);

    /// <summary>Composer's normal form; null where Composer refuses the version.</summary>
    public string? Normalized { get; }

    /// <summary>A branch that has no number: it stands for whatever was there when it was installed.</summary>
    public bool IsBranch => Normalized is not null && Normalized.StartsWith("dev-", StringComparison.Ordinal);

    public override bool IsComparable => !IsBranch;

    public ComposerStability Stability => Normalized is null ? ComposerStability.Stable : ComposerStabilities.Of(Normalized);

    public static bool TryParse(string? text, [NotNullWhen(true)] out ComposerVersion? version)
    {
        version = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            return false;
        }
        if (ComposerNormalizer.Normalize(text) is { } normalized)
        {
            version = new ComposerVersion(text, normalized, PhpVersion.Parse(normalized));
        }
        else if (text.AsSpan().Trim().TrimStart("vV") is [>= '0' and <= '9', ..])
        {
            version = new ComposerVersion(
                text, null, PhpVersion.Parse(text.Trim().TrimStart('v', 'V'), leastNumbers: text.Contains('#') ? 0 : 4));
        }
        return version is not null;
    }

    public static ComposerVersion FromNormalized(string normalized) => new(normalized, normalized, PhpVersion.Parse(normalized));

    public int CompareTo(ComposerVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        return IsBranch && other.IsBranch ? string.CompareOrdinal(Normalized, other.Normalized) : _order.CompareTo(other._order);
    }
}
