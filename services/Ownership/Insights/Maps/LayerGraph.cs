namespace Governance.Ownership.Insights.Maps;

/// <summary>
/// A graph whose boxes lie in layers. An edge that passes layers has a bend in each, so that every step goes from one layer to the next.
/// Boxes come first, bends after them.
/// </summary>
internal sealed class LayerGraph
{
    private const double BendWidth = 10;
    private readonly List<int> _layer = [];

    public LayerGraph(double[] widths, (int From, int To)[] edges)
    {
        (BoxCount, Widths) = (widths.Length, [.. widths]);
        var down = LayerAssignment.Acyclic(widths.Length, edges);
        _layer.AddRange(LayerAssignment.Layers(widths.Length, down));
        DropEmptyLayers();
        Paths = [.. down.Select(Path)];
        Reversed = [.. down.Zip(edges, (one, given) => one.From != given.From)];
        Above = [.. _layer.Select(_ => new List<int>())];
        Below = [.. _layer.Select(_ => new List<int>())];
        foreach (var (from, to) in Paths.SelectMany(path => path.Zip(path.Skip(1))).Distinct())
        {
            Below[from].Add(to);
            Above[to].Add(from);
        }

        Layers = [.. Enumerable.Range(0, _layer.Count)
            .GroupBy(node => _layer[node])
            .OrderBy(layer => layer.Key)
            .Select(layer => layer.ToArray())];
    }

    public int BoxCount { get; }

    public List<double> Widths { get; }

    /// <summary>Of each edge the nodes that it passes, downwards.</summary>
    public int[][] Paths { get; }

    /// <summary>Whether an edge points up: it was turned round to break a cycle.</summary>
    public bool[] Reversed { get; }

    /// <summary>Of each node those that it hangs on, one layer up.</summary>
    public List<int>[] Above { get; }

    /// <summary>Of each node those that hang on it, one layer down.</summary>
    public List<int>[] Below { get; }

    /// <summary>Nodes from left to right.</summary>
    public int[][] Layers { get; }

    public int LayerOf(int node) => _layer[node];

    public bool IsBend(int node) => node >= BoxCount;

    /// <summary>Boxes that moved down may have left a layer without any.</summary>
    private void DropEmptyLayers()
    {
        var rank = _layer.Distinct().Order().Select((layer, index) => (layer, index)).ToDictionary(one => one.layer, one => one.index);
        for (var box = 0; box < _layer.Count; box++) _layer[box] = rank[_layer[box]];
    }

    private int[] Path((int From, int To) edge)
    {
        var path = new List<int> { edge.From };
        for (var layer = _layer[edge.From] + 1; layer < _layer[edge.To]; layer++)
        {
            path.Add(_layer.Count);
            _layer.Add(layer);
            Widths.Add(BendWidth);
        }

        path.Add(edge.To);
        return [.. path];
    }
}
