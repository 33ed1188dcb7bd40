namespace Governance.Patching.Versions.Vers;

/// <summary>What the order of versions makes of a range's constraints.</summary>
internal static class VersOrder
{
    /// <summary>Reads the versions and sorts by them. What is wrong, or null.</summary>
    public static string? Sort(IVersionScheme scheme, ref IReadOnlyList<VersConstraint> constraints)
    {
        var read = new List<VersConstraint>(constraints.Count);
        foreach (var one in constraints)
        {
            if (!scheme.TryParse(one.Text, out var version) || !version.IsComparable)
            {
                return $"'{one.Text}' is no {scheme.Name} version.";
            }
            read.Add(one with { Version = version });
        }

        var sorted = VersionSorting.Sorted(read, (a, b) => scheme.Compare(a.Version!, b.Version!));
        constraints = sorted;
        for (var i = 1; i < sorted.Count; i++)
        {
            if (scheme.Compare(sorted[i - 1].Version!, sorted[i].Version!) == 0)
            {
                return $"The version {sorted[i].Text} stands twice.";
            }
        }

        return null;
    }

    /// <summary>Says which version stands twice, letter by letter; null where none does.</summary>
    public static string? Repeated(IEnumerable<VersConstraint> constraints) =>
        constraints.GroupBy(one => one.Text, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { } repeated
            ? $"The version {repeated.Key} stands twice."
            : null;

    /// <summary>
    /// Bounds that take turns: of lower bounds in a row the first counts, of upper bounds the last.
    /// </summary>
    public static IReadOnlyList<VersConstraint> Simplify(IEnumerable<VersConstraint> sorted)
    {
        var bounds = new List<VersConstraint>();
        foreach (var bound in sorted.Where(one => !one.IsExact))
        {
            if (bounds.Count > 0 && bounds[^1].IsLower == bound.IsLower)
            {
                if (bound.IsLower)
                {
                    continue;
                }
                bounds.RemoveAt(bounds.Count - 1);
            }

            bounds.Add(bound);
        }

        return bounds;
    }

    /// <summary>Whether the version is between a lower bound and the upper bound after it, or beyond a bound at an end.</summary>
    public static bool Contains(IVersionScheme scheme, IReadOnlyList<VersConstraint> bounds, PackageVersion version)
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            var isInside = bounds[i].Comparator.Allows(scheme.Compare(version, bounds[i].Version!));
            if (!bounds[i].IsLower)
            {
                if (isInside)
                {
                    return i == 0 || bounds[i - 1].Comparator.Allows(scheme.Compare(version, bounds[i - 1].Version!));
                }
            }
            else if (!isInside)
            {
                return false;
            }
        }

        return bounds[^1].IsLower;
    }
}
