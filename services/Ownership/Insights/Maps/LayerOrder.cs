namespace Governance.Ownership.Insights.Maps;

/// <summary>
/// Puts the nodes of each layer in an order with few crossings: each at the mean place of its neighbours, layer by layer, down and up.
/// </summary>
internal static class LayerOrder
{
    private const int Sweeps = 10;

    public static void Arrange(LayerGraph graph)
    {
        var place = new double[graph.Widths.Count];
        foreach (var layer in graph.Layers) Number(layer, place);
        var (best, least) = (Copy(graph), Crossings(graph, place));
        for (var sweep = 0; sweep < Sweeps && least > 0; sweep++)
        {
            if (sweep % 2 == 0)
            {
                for (var i = 1; i < graph.Layers.Length; i++) Sort(graph.Layers[i], graph.Above, place);
            }
            else
            {
                for (var i = graph.Layers.Length - 2; i >= 0; i--) Sort(graph.Layers[i], graph.Below, place);
            }
            var crossings = Crossings(graph, place);
            if (crossings < least) (best, least) = (Copy(graph), crossings);
        }

        for (var i = 0; i < best.Length; i++) graph.Layers[i] = best[i];
    }

    /// <summary>How many pairs of steps between neighbouring layers cross.</summary>
    public static long Crossings(LayerGraph graph, double[] place)
    {
        var crossings = 0L;
        for (var i = 0; i + 1 < graph.Layers.Length; i++)
        {
            var counts = new int[graph.Layers[i + 1].Length + 1];
            var seen = 0;
            foreach (var node in graph.Layers[i])
            {
                var targets = graph.Below[node].ConvertAll(next => (int)place[next]);
                foreach (var target in targets) crossings += seen - UpTo(counts, target);
                foreach (var target in targets)
                {
                    seen++;
                    for (var at = target + 1; at < counts.Length; at += at & -at) counts[at]++;
                }
            }
        }

        return crossings;
    }

    /// <summary>How many targets so far lie at a place or left of it (a Fenwick tree).</summary>
    private static int UpTo(int[] counts, int place)
    {
        var sum = 0;
        for (var at = place + 1; at > 0; at -= at & -at) sum += counts[at];
        return sum;
    }

    private static void Sort(int[] layer, List<int>[] neighbours, double[] place)
    {
        var keys = new (double Mean, double Place)[layer.Length];
        for (var i = 0; i < layer.Length; i++)
        {
            var (sum, others) = (0.0, neighbours[layer[i]]);
            foreach (var other in others) sum += place[other];
            keys[i] = (others.Count == 0 ? place[layer[i]] : sum / others.Count, place[layer[i]]);
        }

        Array.Sort(keys, layer);
        Number(layer, place);
    }

    private static void Number(int[] layer, double[] place)
    {
        for (var i = 0; i < layer.Length; i++) place[layer[i]] = i;
    }

    private static int[][] Copy(LayerGraph graph) => [.. graph.Layers.Select(layer => (int[])layer.Clone())];
}
