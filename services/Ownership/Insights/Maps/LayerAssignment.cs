namespace Governance.Ownership.Insights.Maps;

/// <summary>Breaks cycles and gives each box its layer.</summary>
internal static class LayerAssignment
{
    /// <summary>
    /// The edges, with those turned round that close a cycle on a walk into the depth, from the boxes without predecessors on.
    /// </summary>
    public static (int From, int To)[] Acyclic(int count, (int From, int To)[] edges)
    {
        var outgoing = edges.Select((edge, index) => (edge.From, edge.To, Index: index)).ToLookup(edge => edge.From);
        var into = edges.Select(edge => edge.To).ToHashSet();
        var (turned, state) = (((int From, int To)[])[.. edges], new byte[count]);
        foreach (var root in Enumerable.Range(0, count).OrderBy(into.Contains)) Walk(root, outgoing, turned, state);
        return turned;
    }

    /// <summary>
    /// Each box one layer below the lowest of those that point to it: the longest path to it. A layer that has as many boxes as fit side
    /// by side passes the rest on, so that a drawing is no endless row.
    /// </summary>
    public static int[] Layers(int count, (int From, int To)[] edges)
    {
        var (layer, placed, size) = (new int[count], new List<int>(), Math.Max(6, (int)Math.Ceiling(Math.Sqrt(1.4 * count))));
        var waiting = new int[count];
        foreach (var edge in edges) waiting[edge.To]++;
        var outgoing = edges.ToLookup(edge => edge.From, edge => edge.To);
        var ready = new SortedSet<(int Layer, int Box)>(Enumerable.Range(0, count).Where(box => waiting[box] == 0).Select(box => (0, box)));
        while (ready.Count > 0)
        {
            var (lowest, box) = ready.Min;
            ready.Remove((lowest, box));
            while (lowest < placed.Count && placed[lowest] >= size) lowest++;
            while (placed.Count <= lowest) placed.Add(0);
            placed[lowest]++;
            layer[box] = lowest;
            foreach (var next in outgoing[box])
            {
                layer[next] = Math.Max(layer[next], lowest + 1);
                if (--waiting[next] == 0) ready.Add((layer[next], next));
            }
        }

        Tighten(layer, placed, size, edges, outgoing);
        return layer;
    }

    /// <summary>Brings boxes down to what they need where that shortens more lines than it lengthens; the lowest first.</summary>
    private static void Tighten(int[] layer, List<int> placed, int size, (int From, int To)[] edges, ILookup<int, int> outgoing)
    {
        var into = edges.ToLookup(edge => edge.To);
        foreach (var box in Enumerable.Range(0, layer.Length).OrderByDescending(box => layer[box]).ThenBy(box => box).ToList())
        {
            var (needs, needed) = (outgoing[box].Count(), into[box].Count());
            if (needs == 0 || needed >= needs) continue;
            var lowest = outgoing[box].Min(next => layer[next]) - 1;
            while (lowest > layer[box] && placed[lowest] >= size) lowest--;
            if (lowest <= layer[box]) continue;
            placed[layer[box]]--;
            placed[lowest]++;
            layer[box] = lowest;
        }
    }

    /// <summary>Without recursion: a chain may be as long as the graph is large.</summary>
    private static void Walk(int root, ILookup<int, (int From, int To, int Index)> outgoing, (int From, int To)[] turned, byte[] state)
    {
        const byte open = 1, done = 2;
        if (state[root] != 0) return;
        var stack = new Stack<(int Box, IEnumerator<(int From, int To, int Index)> Edges)>();
        state[root] = open;
        stack.Push((root, outgoing[root].GetEnumerator()));
        while (stack.TryPeek(out var top))
        {
            if (!top.Edges.MoveNext())
            {
                state[top.Box] = done;
                stack.Pop().Edges.Dispose();
                continue;
            }

            var edge = top.Edges.Current;
            if (state[edge.To] == open)
            {
                turned[edge.Index] = (edge.To, edge.From);
            }
            else if (state[edge.To] == 0)
            {
                state[edge.To] = open;
                stack.Push((edge.To, outgoing[edge.To].GetEnumerator()));
            }
        }
    }
}
