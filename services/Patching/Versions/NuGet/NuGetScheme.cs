namespace Governance.Patching.Versions.NuGet;

/// <summary>NuGet's versions and version ranges.</summary>
/// <remarks>
/// Ranges: https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges. A bare version is a least
/// version. A floating version (<c>1.*</c>) chooses among what a feed offers; it allows whatever is not below its
/// lowest, as NuGet's own test of an installed version does.
/// </remarks>
internal sealed class NuGetScheme() : VersionScheme<NuGetVersion>("NuGet")
{
    protected override NuGetVersion? Read(string text) => NuGetVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text) =>
        ReadInterval(text.Trim()) is { } interval ? new VersionTest<NuGetVersion>(interval.Contains) : null;

    private static VersionInterval<NuGetVersion>? ReadInterval(string text)
    {
        if (text is not ['(' or '[', .., ')' or ']'])
        {
            return ReadLowest(text) is { } least ? new VersionInterval<NuGetVersion>(least, true, null, false) : null;
        }
        var parts = text[1..^1].Split(',');
        var (hasLow, hasHigh) = (text[0] == '[', text[^1] == ']');
        if (parts.Length > 2 || parts.All(part => part.Length == 0) || (parts.Length == 1 && !(hasLow && hasHigh)))
        {
            return null;
        }
        var low = string.IsNullOrWhiteSpace(parts[0]) ? null : ReadLowest(parts[0].Trim());
        var high = string.IsNullOrWhiteSpace(parts[^1]) ? null : NuGetVersion.Parse(parts[^1]);
        if ((low is null && !string.IsNullOrWhiteSpace(parts[0])) || (high is null && !string.IsNullOrWhiteSpace(parts[^1])))
        {
            return null;
        }
        if (low is not null && high is not null && low.CompareTo(high) is var order && (order > 0 || (order == 0 && hasLow != hasHigh)))
        {
            return null;
        }
        return new VersionInterval<NuGetVersion>(low, hasLow, high, hasHigh);
    }

    /// <summary>The version, or the lowest that a floating one stands for: zero where a number floats.</summary>
    private static NuGetVersion? ReadLowest(string text)
    {
        if (!text.EndsWith('*'))
        {
            return NuGetVersion.Parse(text);
        }
        if (text.Contains('+', StringComparison.Ordinal))
        {
            return null;
        }
        var hyphen = text.IndexOf('-', StringComparison.Ordinal);
        if (hyphen < 0)
        {
            return NuGetVersion.Parse(text[..^1] + "0");
        }
        var (core, label) = (text[..hyphen], text[(hyphen + 1)..^1]);
        return core.EndsWith('*')
            ? NuGetVersion.Parse($"{core[..^1]}0-{LowestLabel(label)}")
            : NuGetVersion.Parse($"{core}-{(label.Contains('-', StringComparison.Ordinal) ? label : LowestLabel(label))}");
    }

    /// <summary>The lowest label that starts as given: an empty one becomes 0, since a label may not be empty.</summary>
    private static string LowestLabel(string start) => start.Length == 0 || start.EndsWith('.') ? start + "0" : start;
}
