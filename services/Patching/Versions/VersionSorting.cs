namespace Governance.Patching.Versions;

internal static class VersionSorting
{
    /// <summary>
    /// Sorts and keeps equals as they stand. Unlike the library's sorting it stands an order that contradicts itself,
    /// which Maven's does for some qualifiers after a period (<c>1.0.RC1</c>, <c>1.0</c>, <c>1.0-1</c>).
    /// </summary>
    public static List<T> Sorted<T>(IReadOnlyList<T> items, Func<T, T, int> compare)
    {
        if (items.Count < 2)
        {
            return [.. items];
        }
        var (left, right) = (Sorted([.. items.Take(items.Count / 2)], compare), Sorted([.. items.Skip(items.Count / 2)], compare));
        var merged = new List<T>(items.Count);
        var (i, j) = (0, 0);
        while (i < left.Count && j < right.Count)
        {
            merged.Add(compare(left[i], right[j]) <= 0 ? left[i++] : right[j++]);
        }
        merged.AddRange(left.Skip(i));
        merged.AddRange(right.Skip(j));
        return merged;
    }
}
