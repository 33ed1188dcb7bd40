namespace Governance.Patching.Versions.Rpm;

/// <summary>The versions and dependencies of RPM's packages.</summary>
/// <remarks>A bound without release stands for all releases of its version, as in <c>Requires</c>.</remarks>
internal sealed class RpmScheme() : VersionScheme<RpmVersion>("RPM")
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual), ("<", Comparator.Less), (">", Comparator.Greater),
        ("==", Comparator.Equal), ("=", Comparator.Equal),
    ];

    protected override RpmVersion? Read(string text) => RpmVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) => string.IsNullOrWhiteSpace(text) ? null : All(text, ReadDependency);

    private static Func<RpmVersion, bool>? ReadDependency(string text) =>
        Comparators.Take(ref text, Operators) is { } comparator && RpmVersion.Parse(text) is { } bound
            ? version =>
                comparator.Allows(bound.HasRelease && version.HasRelease ? version.CompareTo(bound) : version.CompareIgnoringRelease(bound))
            : null;
}
