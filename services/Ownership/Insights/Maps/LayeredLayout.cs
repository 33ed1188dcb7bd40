namespace Governance.Ownership.Insights.Maps;

/// <summary>A point of a drawing, in pixels from its upper left corner.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>Where boxes and lines come to lie.</summary>
/// <param name="Boxes">The upper left corner of each box.</param>
/// <param name="Lines">Of each edge the points that it passes, from its first end to its second.</param>
/// <param name="Width">Of the whole.</param>
/// <param name="Height">Of the whole.</param>
internal sealed record Layout(Point[] Boxes, Point[][] Lines, double Width, double Height);

/// <summary>
/// Lays a graph out in layers, after Sugiyama, Tagawa and Toda (1981): cycles are broken, boxes go to layers so that edges point down,
/// layers are put in an order with few crossings, and places are chosen so that edges run straight. Parts that hang together are laid out
/// each for
/// itself and packed side by side. The same graph always gives the same layout.
/// </summary>
internal static class LayeredLayout
{
    private const double Gap = 36;

    /// <param name="widths">Of the boxes.</param>
    /// <param name="height">Of every box.</param>
    /// <param name="edges">By the boxes' indexes; none from a box to itself.</param>
    public static Layout Of(double[] widths, double height, IReadOnlyList<(int From, int To)> edges)
    {
        var (boxes, lines) = (new Point[widths.Length], new Point[edges.Count][]);
        var parts = Parts(widths.Length, edges).Select(members => Part(members, widths, height, edges)).ToList();
        var most = Math.Max(
            parts.Max(part => (double?)part.Layout.Width) ?? 0,
            1.6 * Math.Sqrt(parts.Sum(part => (part.Layout.Width + Gap) * (part.Layout.Height + Gap))));
        var (x, y, shelf, width) = (0.0, 0.0, 0.0, 0.0);
        foreach (var (members, own, layout) in parts.OrderByDescending(part => part.Members.Length > 1)
            .ThenByDescending(part => part.Layout.Height)
            .ThenBy(part => part.Members[0]))
        {
            if (x > 0 && x + layout.Width > most) (x, y, shelf) = (0, y + shelf + Gap, 0);
            for (var i = 0; i < members.Length; i++) boxes[members[i]] = new Point(layout.Boxes[i].X + x, layout.Boxes[i].Y + y);
            for (var i = 0; i < own.Length; i++) lines[own[i]] = [.. layout.Lines[i].Select(point => new Point(point.X + x, point.Y + y))];
            (x, shelf, width) = (x + layout.Width + Gap, Math.Max(shelf, layout.Height), Math.Max(width, x + layout.Width));
        }

        return new Layout(boxes, lines, width, y + shelf);
    }

    private static (int[] Members, int[] Edges, Layout Layout) Part(
        int[] members, double[] widths, double height, IReadOnlyList<(int From, int To)> edges)
    {
        var place = members.Select((member, index) => (member, index)).ToDictionary(one => one.member, one => one.index);
        var own = Enumerable.Range(0, edges.Count).Where(edge => place.ContainsKey(edges[edge].From)).ToArray();
        var graph = new LayerGraph(
            [.. members.Select(member => widths[member])], [.. own.Select(edge => (place[edges[edge].From], place[edges[edge].To]))]);
        LayerOrder.Arrange(graph);
        return (members, own, LayerPlaces.Of(graph, height));
    }

    private static IEnumerable<int[]> Parts(int count, IReadOnlyList<(int From, int To)> edges)
    {
        var leader = Enumerable.Range(0, count).ToArray();
        int Find(int box)
        {
            while (leader[box] != box) box = leader[box] = leader[leader[box]];
            return box;
        }

        foreach (var (from, to) in edges) leader[Math.Max(Find(from), Find(to))] = Math.Min(Find(from), Find(to));
        return Enumerable.Range(0, count).GroupBy(Find).Select(part => part.ToArray());
    }
}
