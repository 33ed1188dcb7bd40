namespace Governance.Patching.Versions.Dotted;

/// <summary>CRAN's <c>package_version</c> and Hackage's package versioning policy: numbers, and comparisons that must all hold.</summary>
/// <param name="name">The scheme's name.</param>
/// <param name="separators">What may stand between two numbers.</param>
/// <param name="and">What joins comparisons.</param>
internal sealed class DottedScheme(string name, string separators, string and) : VersionScheme<DottedVersion>(name)
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual), ("==", Comparator.Equal), ("!=", Comparator.NotEqual),
        ("<", Comparator.Less), (">", Comparator.Greater),
    ];

    protected override DottedVersion? Read(string text) => DottedVersion.Parse(text, separators);

    protected override IVersionRange? ReadRange(string text) =>
        string.IsNullOrWhiteSpace(text) ? null : All(text.Replace(and, ",", StringComparison.Ordinal), ReadComparison);

    private Func<DottedVersion, bool>? ReadComparison(string text) =>
        Comparators.Take(ref text, Operators) is { } comparator && Read(text) is { } bound
            ? version => comparator.Allows(version.CompareTo(bound))
            : null;
}
