using System.Globalization;
using System.Numerics;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>A document's version: a whole number, or a semantic version.</summary>
/// <param name="Text">As written.</param>
/// <param name="Numbers">One number, or major, minor and patch.</param>
/// <param name="Prerelease">What follows the hyphen; empty where there is none.</param>
internal sealed record DocumentVersion(string Text, IReadOnlyList<BigInteger> Numbers, string Prerelease) : IComparable<DocumentVersion>
{
    public bool IsSemantic => Numbers.Count > 1;

    public BigInteger Major => Numbers[0];

    /// <summary>Without build metadata.</summary>
    public string Precedence => Prerelease.Length == 0 ? Release : $"{Release}-{Prerelease}";

    /// <summary>Without build metadata and without what marks a prerelease.</summary>
    public string Release => string.Join('.', Numbers);

    /// <summary>Reads what has the right form.</summary>
    public static DocumentVersion Of(string text)
    {
        var bare = text.Split('+')[0];
        var hyphen = bare.IndexOf('-', StringComparison.Ordinal);
        var (numbers, prerelease) = hyphen < 0 ? (bare, "") : (bare[..hyphen], bare[(hyphen + 1)..]);
        return new DocumentVersion(
            text, [.. numbers.Split('.').Select(number => BigInteger.Parse(number, CultureInfo.InvariantCulture))], prerelease);
    }

    /// <summary>SemVer's precedence; a whole number is as that major version.</summary>
    public int CompareTo(DocumentVersion? other)
    {
        if (other is null) return 1;
        for (var i = 0; i < 3; i++)
        {
            if (Number(i).CompareTo(other.Number(i)) is var order and not 0) return order;
        }

        if (Prerelease.Length == 0 || other.Prerelease.Length == 0) return other.Prerelease.Length - Prerelease.Length;
        var (own, theirs) = (Prerelease.Split('.'), other.Prerelease.Split('.'));
        for (var i = 0; i < Math.Min(own.Length, theirs.Length); i++)
        {
            if (Compare(own[i], theirs[i]) is var order and not 0) return order;
        }

        return own.Length - theirs.Length;
    }

    private static int Compare(string left, string right)
    {
        var isLeft = BigInteger.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var leftNumber);
        var isRight = BigInteger.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var rightNumber);
        if (isLeft && isRight) return leftNumber.CompareTo(rightNumber);
        return isLeft ? -1 : isRight ? 1 : string.CompareOrdinal(left, right);
    }

    private BigInteger Number(int index) => index < Numbers.Count ? Numbers[index] : BigInteger.Zero;
}
