namespace Governance.Ownership.Insights.Maps;

/// <summary>Chooses where in its layer each node lies, in the order that it has there, so that edges run as straight as they can.</summary>
internal static class LayerPlaces
{
    private const double Space = 22;
    private const double BendSpace = 3;
    private const double LeastRow = 46;
    private const int Sweeps = 10;

    public static Layout Of(LayerGraph graph, double height)
    {
        var centre = Centres(graph);
        var left = Enumerable.Range(0, centre.Length).Min(node => centre[node] - (graph.Widths[node] / 2));
        for (var i = 0; i < centre.Length; i++) centre[i] -= left;
        var tops = Tops(graph, centre, height);
        var boxes = Enumerable.Range(0, graph.BoxCount)
            .Select(box => new Point(centre[box] - (graph.Widths[box] / 2), tops[graph.LayerOf(box)]))
            .ToArray();
        var lines = new Point[graph.Paths.Length][];
        var ports = Ports(graph, centre);
        for (var i = 0; i < lines.Length; i++) lines[i] = Line(graph, i, centre, tops, height, ports);
        var width = Enumerable.Range(0, centre.Length).Max(node => centre[node] + (graph.Widths[node] / 2));
        return new Layout(boxes, lines, width, tops[^1] + height);
    }

    private static double[] Centres(LayerGraph graph)
    {
        var centre = new double[graph.Widths.Count];
        foreach (var layer in graph.Layers) Place(layer, graph, centre, _ => 0);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var down = sweep % 2 == 0;
            for (var i = 0; i < graph.Layers.Length; i++)
            {
                var layer = graph.Layers[down ? i : graph.Layers.Length - 1 - i];
                Place(layer, graph, centre, node => Wanted(graph, node, centre, down, last: sweep >= Sweeps - 2));
            }
        }

        return centre;
    }

    /// <summary>The mean place of the neighbours towards which the sweep goes; in the last sweeps of all.</summary>
    private static double Wanted(LayerGraph graph, int node, double[] centre, bool down, bool last)
    {
        var (above, below) = (graph.Above[node], graph.Below[node]);
        var (sum, count) = (0.0, 0);
        if (down || last || below.Count == 0) (sum, count) = (above.Sum(other => centre[other]), above.Count);
        if (!down || last || above.Count == 0) (sum, count) = (sum + below.Sum(other => centre[other]), count + below.Count);
        return count == 0 ? centre[node] : sum / count;
    }

    /// <summary>
    /// Nearest to what is wanted, by least squares, with the order kept and room between neighbours: pool adjacent violators. Bends weigh
    /// more than boxes, so that long edges run straight.
    /// </summary>
    private static void Place(int[] layer, LayerGraph graph, double[] centre, Func<int, double> wanted)
    {
        var offsets = new double[layer.Length];
        for (var i = 1; i < layer.Length; i++)
        {
            offsets[i] = offsets[i - 1]
            + ((graph.Widths[layer[i - 1]] + graph.Widths[layer[i]]) / 2)
            + (graph.IsBend(layer[i - 1]) && graph.IsBend(layer[i]) ? BendSpace : Space);
        }

        var blocks = new Stack<(double Mean, double Weight, int Count)>();
        for (var i = 0; i < layer.Length; i++)
        {
            var block = (Mean: wanted(layer[i]) - offsets[i], Weight: graph.IsBend(layer[i]) ? 4.0 : 1.0, Count: 1);
            while (blocks.TryPeek(out var before) && before.Mean >= block.Mean)
            {
                blocks.Pop();
                var weight = before.Weight + block.Weight;
                block = (((before.Mean * before.Weight) + (block.Mean * block.Weight)) / weight, weight, before.Count + block.Count);
            }

            blocks.Push(block);
        }

        var at = 0;
        foreach (var block in blocks.Reverse())
        {
            for (var end = at + block.Count; at < end; at++) centre[layer[at]] = block.Mean + offsets[at];
        }
    }

    /// <summary>The rows' upper edges: the further edges run sideways between two, the more room they get.</summary>
    private static double[] Tops(LayerGraph graph, double[] centre, double height)
    {
        var tops = new double[graph.Layers.Length];
        for (var i = 1; i < tops.Length; i++)
        {
            var sideways = graph.Layers[i - 1].SelectMany(node => graph.Below[node].Select(next => Math.Abs(centre[node] - centre[next])))
                .DefaultIfEmpty(0)
                .Max();
            tops[i] = tops[i - 1] + height + LeastRow + Math.Min(70, sideways / 8);
        }

        return tops;
    }

    /// <summary>Where on a box's edge each line begins or ends: side by side, in the order in which they go on.</summary>
    private static Dictionary<(int Edge, bool End), double> Ports(LayerGraph graph, double[] centre)
    {
        var ports = new Dictionary<(int Edge, bool End), double>();
        var ends = graph.Paths.SelectMany((path, edge) =>
            new[] { (Box: path[0], Next: path[1], Edge: edge, End: false), (Box: path[^1], Next: path[^2], Edge: edge, End: true) });
        foreach (var side in ends.GroupBy(end => (end.Box, end.End)))
        {
            var order = side.OrderBy(end => centre[end.Next]).ThenBy(end => end.Edge).ToList();
            var step = order.Count == 1 ? 0 : Math.Min(14, (graph.Widths[side.Key.Box] - 28) / (order.Count - 1));
            for (var i = 0; i < order.Count; i++)
            {
                ports[(order[i].Edge, side.Key.End)] = centre[side.Key.Box] + ((i - ((order.Count - 1) / 2.0)) * step);
            }
        }

        return ports;
    }

    private static Point[] Line(
        LayerGraph graph, int edge, double[] centre, double[] tops, double height, Dictionary<(int Edge, bool End), double> ports)
    {
        var path = graph.Paths[edge];
        var points = new List<Point> { new(ports[(edge, false)], tops[graph.LayerOf(path[0])] + height) };
        foreach (var bend in path[1..^1])
        {
            points.Add(new Point(centre[bend], tops[graph.LayerOf(bend)]));
            points.Add(new Point(centre[bend], tops[graph.LayerOf(bend)] + height));
        }

        points.Add(new Point(ports[(edge, true)], tops[graph.LayerOf(path[^1])]));
        if (graph.Reversed[edge]) points.Reverse();
        return [.. points];
    }
}
