namespace Governance.Patching.Versions.PyPI;

/// <summary>PyPI's versions and version specifiers: <c>&gt;=1.2,!=1.5.*,&lt;2</c>.</summary>
/// <remarks>
/// Source: https://packaging.python.org/en/latest/specifications/version-specifiers/. Prereleases count, as they do for a
/// version that is installed already.
/// </remarks>
internal sealed class PythonScheme() : VersionScheme<PythonVersion>("PEP 440")
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("==", Comparator.Equal), ("!=", Comparator.NotEqual), ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual),
        ("<", Comparator.Less), (">", Comparator.Greater),
    ];

    protected override PythonVersion? Read(string text) => PythonVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) => All(text, ReadSpecifier);

    private static Func<PythonVersion, bool>? ReadSpecifier(string text)
    {
        if (text.StartsWith("===", StringComparison.Ordinal))
        {
            return Identical(text[3..].Trim());
        }
        if (text.StartsWith("~=", StringComparison.Ordinal))
        {
            return Compatible(text[2..].Trim());
        }
        if (Comparators.Take(ref text, Operators) is not { } comparator)
        {
            return null;
        }
        var isEquality = comparator is Comparator.Equal or Comparator.NotEqual;
        if (isEquality && text.EndsWith(".*", StringComparison.Ordinal))
        {
            return Prefixed(text[..^2], comparator == Comparator.Equal);
        }
        return ReadBound(text) is { } bound && (isEquality || bound.Local.Count == 0)
            ? version => Allows(comparator, version.Release!, bound)
            : null;
    }

    private static Func<PythonVersion, bool>? Identical(string text) =>
        text.Length == 0 || text.AsSpan().IndexOfAny(" \t;)") >= 0
            ? null
            : version => version.Release!.ToString().Equals(text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Not below the version, and the same up to its last number but one.</summary>
    private static Func<PythonVersion, bool>? Compatible(string text) =>
        ReadBound(text) is { Numbers.Count: > 1, Local.Count: 0 } least
            ? version =>
                Allows(Comparator.GreaterOrEqual, version.Release!, least) && version.Release!.StartsWith(least, least.Numbers.Count - 1)
            : null;

    private static Func<PythonVersion, bool>? Prefixed(string text, bool isInside) =>
        ReadBound(text) is { Pre: null, Post: null, Dev: null, Local.Count: 0 } prefix
            ? version => version.Release!.StartsWith(prefix, prefix.Numbers.Count) == isInside
            : null;

    private static PythonRelease? ReadBound(string text) => PythonVersionReader.Read(text);

    /// <summary>
    /// Local parts count only against a bound that has one. Less than a release leaves its own prereleases out, greater
    /// than a version its own post-releases.
    /// </summary>
    private static bool Allows(Comparator comparator, PythonRelease version, PythonRelease bound)
    {
        if (comparator == Comparator.Greater)
        {
            return version.CompareTo(bound) > 0 && version.Public.CompareTo(bound) != 0 &&
                (bound.IsPostRelease || !version.IsPostRelease || version.CompareBase(bound) != 0);
        }

        if (comparator == Comparator.Less && !bound.IsPrerelease && version.IsPrerelease && version.CompareBase(bound) == 0)
        {
            return false;
        }
        return comparator.Allows((bound.Local.Count == 0 ? version.Public : version).CompareTo(bound));
    }
}
