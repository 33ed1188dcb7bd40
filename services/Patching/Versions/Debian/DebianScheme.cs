namespace Governance.Patching.Versions.Debian;

/// <summary>The versions and relations of dpkg's packages.</summary>
/// <remarks>
/// A range is a list of relations as in <c>Depends</c>, without the package's name: <c>&gt;= 1:2.3-1, &lt;&lt; 2</c>. As in
/// dpkg, the obsolete <c>&lt;</c> and <c>&gt;</c> include their bound.
/// </remarks>
internal sealed class DebianScheme() : VersionScheme<DebianVersion>("Debian")
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<<", Comparator.Less), ("<=", Comparator.LessOrEqual), (">>", Comparator.Greater), (">=", Comparator.GreaterOrEqual),
        ("=", Comparator.Equal), ("<", Comparator.LessOrEqual), (">", Comparator.GreaterOrEqual),
    ];

    protected override DebianVersion? Read(string text) => DebianVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) => string.IsNullOrWhiteSpace(text) ? null : All(text, ReadRelation);

    private static Func<DebianVersion, bool>? ReadRelation(string text)
    {
        if (text is ['(', .., ')'])
        {
            text = text[1..^1].Trim();
        }
        return Comparators.Take(ref text, Operators) is { } comparator && DebianVersion.Parse(text) is { } bound
            ? version => comparator.Allows(version.CompareTo(bound))
            : null;
    }
}
