namespace Governance.Gateway.Transcoding;

/// <summary>
/// Finds the route of a request among path templates. A trie: at every segment a literal wins over <c>*</c>, and
/// <c>*</c> over <c>**</c>; a route for another HTTP method does not stop the search. A colon in the last segment
/// begins a verb only when some template has that verb, so that names may hold colons.
/// </summary>
internal sealed class PathMatcher<TRoute> where TRoute : class
{
    private readonly Node _root = new();
    private readonly Dictionary<string, int> _verbs = new(StringComparer.Ordinal) { [""] = 0 };

    /// <summary>Adds a route. Two routes of the same shape and method are a fault of the contract.</summary>
    public void Add(string method, PathTemplate template, TRoute route)
    {
        var node = _root;
        foreach (var segment in template.Segments)
        {
            node = node.Child(segment);
        }
        if (!_verbs.TryGetValue(template.Verb, out var verb))
        {
            _verbs[template.Verb] = verb = _verbs.Count;
        }
        if (!node.Leaves.TryAdd((verb, method), new Leaf(template, route)))
        {
            throw new InvalidOperationException(
                $"Two routes share {method} /{string.Join('/', template.Segments)}{(template.Verb == "" ? "" : ":" + template.Verb)}.");
        }
    }

    /// <summary>The route for a still percent-encoded path, without its query; null when there is none.</summary>
    public PathMatch<TRoute>? Find(string method, string path)
    {
        if (!TrySplit(path, out var request))
        {
            return null;
        }
        var leaf = Search(_root, request, method, 0);
        return leaf is null ? null : new PathMatch<TRoute>(leaf.Route, leaf.Template, request.Path, request.Ends);
    }

    /// <summary>The methods that this path may be called with; empty when no template matches it.</summary>
    public IReadOnlyCollection<string> MethodsOf(string path)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        if (TrySplit(path, out var request))
        {
            Collect(_root, request, 0, methods);
        }
        return methods;
    }

    private bool TrySplit(string path, out Request request)
    {
        request = default;
        if (path.Length == 0 || path[0] != '/')
        {
            return false;
        }
        var verb = 0;
        var colon = path.LastIndexOf(':');
        if (colon > path.LastIndexOf('/')
            && _verbs.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(path.AsSpan(colon + 1), out var known) && known != 0)
        {
            verb = known;
            path = path[..colon];
        }
        path = path.TrimEnd('/');
        var ends = new int[path.AsSpan().Count('/')];
        var count = 0;
        for (var i = 1; i <= path.Length; i++)
        {
            if (i == path.Length || path[i] == '/')
            {
                ends[count++] = i;
            }
        }
        request = new Request(path, ends, verb);
        return true;
    }

    private static Leaf? Search(Node node, in Request request, string method, int depth)
    {
        if (depth == request.Ends.Length)
        {
            return node.Leaf(request.Verb, method) ?? node.Deep?.Leaf(request.Verb, method);
        }
        var segment = request.Segment(depth);
        if (node.TryLiteral(segment, out var literal) && Search(literal, request, method, depth + 1) is { } exact)
        {
            return exact;
        }
        if (segment.Length > 0 && node.Single is { } single && Search(single, request, method, depth + 1) is { } one)
        {
            return one;
        }
        if (node.Deep is { } deep)
        {
            for (var next = depth; next <= request.Ends.Length; next++)
            {
                if (Search(deep, request, method, next) is { } any)
                {
                    return any;
                }
            }
        }
        return null;
    }

    private static void Collect(Node node, in Request request, int depth, SortedSet<string> methods)
    {
        if (depth == request.Ends.Length)
        {
            foreach (var (verb, method) in node.Leaves.Keys)
            {
                if (verb == request.Verb)
                {
                    methods.Add(method);
                }
            }
        }
        else
        {
            var segment = request.Segment(depth);
            if (node.TryLiteral(segment, out var literal))
            {
                Collect(literal, request, depth + 1, methods);
            }
            if (segment.Length > 0 && node.Single is { } single)
            {
                Collect(single, request, depth + 1, methods);
            }
        }
        for (var next = depth; node.Deep is { } deep && next <= request.Ends.Length; next++)
        {
            Collect(deep, request, next, methods);
        }
    }

    private sealed record Leaf(PathTemplate Template, TRoute Route);

    private readonly record struct Request(string Path, int[] Ends, int Verb)
    {
        public ReadOnlySpan<char> Segment(int index)
        {
            var start = index == 0 ? 1 : Ends[index - 1] + 1;
            return Path.AsSpan(start, Ends[index] - start);
        }
    }

    private sealed class Node
    {
        private readonly Dictionary<string, Node> _literals = new(StringComparer.Ordinal);

        public Dictionary<(int Verb, string Method), Leaf> Leaves { get; } = [];
        public Node? Single { get; private set; }
        public Node? Deep { get; private set; }

        public Leaf? Leaf(int verb, string method) => Leaves.GetValueOrDefault((verb, method));

        public bool TryLiteral(ReadOnlySpan<char> segment, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Node? child) =>
            _literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out child);

        public Node Child(string segment) => segment switch
        {
            PathTemplate.One => Single ??= new Node(),
            PathTemplate.Any => Deep ??= new Node(),
            _ => _literals.TryGetValue(segment, out var known) ? known : _literals[segment] = new Node(),
        };
    }
}
