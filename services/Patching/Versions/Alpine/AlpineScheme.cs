namespace Governance.Patching.Versions.Alpine;

/// <summary>The versions and dependencies of apk's packages: <c>&gt;=1.2.3-r1</c>.</summary>
internal sealed class AlpineScheme() : VersionScheme<AlpineVersion>("Alpine")
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual), ("<", Comparator.Less), (">", Comparator.Greater),
        ("=", Comparator.Equal),
    ];

    protected override AlpineVersion? Read(string text) => AlpineVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) => string.IsNullOrWhiteSpace(text) ? null : All(text, ReadDependency);

    private static Func<AlpineVersion, bool>? ReadDependency(string text) =>
        Comparators.Take(ref text, Operators) is { } comparator && AlpineVersion.Parse(text) is { } bound
            ? version => comparator.Allows(version.CompareTo(bound))
            : null;
}
