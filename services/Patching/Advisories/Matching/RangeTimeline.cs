using System.Runtime.CompilerServices;
using Governance.Patching.Versions;

namespace Governance.Patching.Advisories.Matching;

/// <summary>A range's events in version order, as OSV's evaluation walks them; read once and asked often.</summary>
internal sealed class RangeTimeline
{
    private static readonly ConditionalWeakTable<VersionRange, RangeTimeline> Known = [];

    private readonly IVersionScheme _scheme;
    private readonly List<Point> _points;
    private readonly List<Point> _limits;

    private RangeTimeline(IVersionScheme scheme, List<Point> points, string? unreadable)
    {
        (_scheme, Unreadable) = (scheme, unreadable);
        _points = VersionSorting.Sorted(points, Compare);
        _limits = points.FindAll(point => point.Kind == RangeEventKind.Limit);
    }

    /// <summary>An event's version that has no place in the order; null where all have.</summary>
    public string? Unreadable { get; }

    public static RangeTimeline Of(IVersionScheme scheme, VersionRange range) =>
        Known.TryGetValue(range, out var known) && known._scheme == scheme ? known : Add(scheme, range);

    /// <summary>Whether the version is affected, as far as the events can be read.</summary>
    public bool Contains(PackageVersion version) => IsBeforeLimits(version) && IsAffected(version);

    private static RangeTimeline Add(IVersionScheme scheme, VersionRange range)
    {
        var points = new List<Point>(range.Events.Count);
        string? unreadable = null;
        foreach (var change in range.Events)
        {
            if (Read(scheme, change) is { } point)
            {
                points.Add(point);
            }
            else
            {
                unreadable ??= change.Version;
            }
        }

        var timeline = new RangeTimeline(scheme, points, unreadable);
        Known.AddOrUpdate(range, timeline);
        return timeline;
    }

    private bool IsAffected(PackageVersion version)
    {
        var affected = false;
        foreach (var point in _points)
        {
            var order = point.Version is null ? point.IsAfterAll ? -1 : 1 : _scheme.Compare(version, point.Version);
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

    private bool IsBeforeLimits(PackageVersion version) =>
        _limits.Count == 0
            || _limits.Exists(limit => limit.Version is null ? limit.IsAfterAll : _scheme.Compare(version, limit.Version) < 0);

    private static Point? Read(IVersionScheme scheme, RangeEvent change)
    {
        if (change is { Kind: RangeEventKind.Introduced, Version: "0" })
        {
            return new Point(change.Kind, null, false);
        }
        if (change is { Kind: RangeEventKind.Limit, Version: "*" })
        {
            return new Point(change.Kind, null, true);
        }
        return scheme.TryParse(change.Version, out var version) && version.IsComparable ? new Point(change.Kind, version, false) : null;
    }

    /// <summary>
    /// At one version the last affected comes after what is introduced there; else the document's order stands, so that
    /// a range that is introduced and fixed at one version is empty, and one fixed and introduced again goes on.
    /// </summary>
    private int Compare(Point left, Point right)
    {
        if (left.Version is null || right.Version is null)
        {
            return Side(left).CompareTo(Side(right));
        }
        var order = _scheme.Compare(left.Version, right.Version);
        return order != 0 ? order : (left.Kind == RangeEventKind.LastAffected).CompareTo(right.Kind == RangeEventKind.LastAffected);
    }

    private static int Side(Point point) => point.Version is not null ? 0 : point.IsAfterAll ? 1 : -1;

    private readonly record struct Point(RangeEventKind Kind, PackageVersion? Version, bool IsAfterAll);
}
