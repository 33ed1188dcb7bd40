namespace Governance.Patching.Versions.Maven;

/// <summary>Maven's versions and version ranges.</summary>
/// <remarks>
/// Ranges: https://maven.apache.org/enforcer/enforcer-rules/versionRanges.html, several of them joined by commas. A bare
/// version, to Maven only a wish, is that version.
/// </remarks>
internal sealed class MavenScheme() : VersionScheme<MavenVersion>("Maven")
{
    protected override MavenVersion? Read(string text) => MavenVersion.Parse(text);

    protected override IVersionRange? ReadRange(string text)
    {
        text = text.Trim();
        if (text is not ['(' or '[', ..])
        {
            return MavenVersion.Parse(text) is { } only ? new VersionTest<MavenVersion>(version => version.CompareTo(only) == 0) : null;
        }
        return ReadIntervals(text) is { } intervals
            ? new VersionTest<MavenVersion>(version => intervals.Exists(one => one.Contains(version)))
            : null;
    }

    private static List<VersionInterval<MavenVersion>>? ReadIntervals(string text)
    {
        var intervals = new List<VersionInterval<MavenVersion>>();
        while (text.Length > 0)
        {
            var end = text.IndexOfAny([')', ']']);
            if (end < 0
                || ReadInterval(text[..(end + 1)]) is not { } interval
                || (intervals.Count > 0 && !IsAbove(interval, intervals[^1])))
            {
                return null;
            }
            intervals.Add(interval);
            text = text[(end + 1)..].TrimStart();
            if (text.StartsWith(','))
            {
                text = text[1..].TrimStart();
            }
        }

        return intervals;
    }

    private static VersionInterval<MavenVersion>? ReadInterval(string text)
    {
        if (text is not ['(' or '[', .., _])
        {
            return null;
        }
        var (hasLow, hasHigh) = (text[0] == '[', text[^1] == ']');
        var parts = text[1..^1].Split(',', StringSplitOptions.TrimEntries);
        if (parts.Length == 1)
        {
            return hasLow && hasHigh && MavenVersion.Parse(parts[0]) is { } only
                ? new VersionInterval<MavenVersion>(only, true, only, true)
                : null;
        }
        var low = MavenVersion.Parse(parts[0]);
        var high = MavenVersion.Parse(parts[1]);
        if (parts.Length > 2 || (low is null && parts[0].Length > 0) || (high is null && parts[1].Length > 0))
        {
            return null;
        }
        if (low is not null && high is not null && low.CompareTo(high) is var order && (order > 0 || (order == 0 && !(hasLow && hasHigh))))
        {
            return null;
        }
        return new VersionInterval<MavenVersion>(low, hasLow, high, hasHigh);
    }

    /// <summary>Maven wants ranges in their order, without overlap.</summary>
    private static bool IsAbove(VersionInterval<MavenVersion> upper, VersionInterval<MavenVersion> lower) =>
        upper.Low is not null && lower.High is not null && upper.Low.CompareTo(lower.High) >= 0;
}
