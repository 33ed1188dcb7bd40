namespace Governance.Patching.Versions.RubyGems;

/// <summary>The versions and requirements of gems: <c>~&gt; 1.2, != 1.2.5</c>.</summary>
/// <remarks>Source: https://docs.ruby-lang.org/en/master/Gem/Requirement.html. A bare version is that version.</remarks>
internal sealed class GemScheme() : VersionScheme<GemVersion>("RubyGems")
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual), ("!=", Comparator.NotEqual),
        ("<", Comparator.Less), (">", Comparator.Greater), ("=", Comparator.Equal),
    ];

    protected override GemVersion? Read(string text) => GemVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) => string.IsNullOrWhiteSpace(text) ? null : All(text, ReadRequirement);

    private static Func<GemVersion, bool>? ReadRequirement(string text)
    {
        if (text.StartsWith("~>", StringComparison.Ordinal))
        {
            return GemVersion.Parse(text[2..]) is { } least ? Pessimistic(least) : null;
        }
        var comparator = Comparators.Take(ref text, Operators) ?? Comparator.Equal;
        return GemVersion.Parse(text) is { } bound ? version => comparator.Allows(version.CompareTo(bound)) : null;
    }

    private static Func<GemVersion, bool> Pessimistic(GemVersion least)
    {
        var end = least.Bump;
        return version => version.CompareTo(least) >= 0 && version.Release.CompareTo(end) < 0;
    }
}
