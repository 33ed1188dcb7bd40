using Governance.Patching.Versions;

namespace Governance.Patching.Advisories.Matching;

/// <summary>Walks a range's events in version order, as OSV's evaluation does.</summary>
internal static class RangeTimeline
{
    /// <summary>Whether the version is affected; null where an event's version has no place in the order.</summary>
    public static bool? Contains(IVersionScheme scheme, IReadOnlyList<RangeEvent> events, PackageVersion version)
    {
        var points = new List<Point>(events.Count);
        foreach (var change in events)
        {
            if (Read(scheme, change) is not { } point)
                return null;
            points.Add(point);
        }

        points = [.. points.Order(Comparer<Point>.Create((a, b) => Compare(scheme, a, b)))];
        return IsBeforeLimits(scheme, points, version) && IsAffected(scheme, points, version);
    }

    private static bool IsAffected(IVersionScheme scheme, List<Point> points, PackageVersion version)
    {
        var affected = false;
        foreach (var point in points)
        {
            var order = point.Version is null ? point.IsAfterAll ? -1 : 1 : scheme.Compare(version, point.Version);
            affected = point.Kind switch
            {
                RangeEventKind.Introduced when order >= 0 => true,
                RangeEventKind.Fixed when order >= 0 => false,
                RangeEventKind.LastAffected when order > 0 => false,
                _ => affected,
            };
        }

        return affected;
    }

    private static bool IsBeforeLimits(IVersionScheme scheme, List<Point> points, PackageVersion version)
    {
        var limits = points.FindAll(point => point.Kind == RangeEventKind.Limit);
        return limits.Count == 0 || limits.Exists(limit => limit.Version is null ? limit.IsAfterAll : scheme.Compare(version, limit.Version) < 0);
    }

    private static Point? Read(IVersionScheme scheme, RangeEvent change)
    {
        if (change is { Kind: RangeEventKind.Introduced, Version: "0" })
            return new Point(change.Kind, null, false);
        if (change is { Kind: RangeEventKind.Limit, Version: "*" })
            return new Point(change.Kind, null, true);
        return scheme.TryParse(change.Version, out var version) ? new Point(change.Kind, version, false) : null;
    }

    /// <summary>
    /// At one version the last affected comes after what is introduced there; else the document's order stands, so that
    /// a range that is introduced and fixed at one version is empty, and one fixed and introduced again goes on.
    /// </summary>
    private static int Compare(IVersionScheme scheme, Point left, Point right)
    {
        if (left.Version is null || right.Version is null)
            return Side(left).CompareTo(Side(right));
        var order = scheme.Compare(left.Version, right.Version);
        return order != 0 ? order : (left.Kind == RangeEventKind.LastAffected).CompareTo(right.Kind == RangeEventKind.LastAffected);
    }

    private static int Side(Point point) => point.Version is not null ? 0 : point.IsAfterAll ? 1 : -1;

    private readonly record struct Point(RangeEventKind Kind, PackageVersion? Version, bool IsAfterAll);
}
