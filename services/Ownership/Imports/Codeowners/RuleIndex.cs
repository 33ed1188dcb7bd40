namespace Governance.Ownership.Imports.Codeowners;

/// <summary>
/// Finds the last rule that matches without trying them all: rules hang in trees of the literal segments that their patterns begin
/// with, one tree for patterns that begin at the root and one for those that begin anywhere; patterns such as `*.js` are found by the
/// extension.
/// </summary>
internal sealed class RuleIndex
{
    private readonly IReadOnlyList<CodeownersRule> _rules;
    private readonly Node _rooted = new();
    private readonly Node _anywhere = new();
    private readonly Dictionary<string, List<int>>.AlternateLookup<ReadOnlySpan<char>> _extensions =
        new Dictionary<string, List<int>>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    public RuleIndex(IReadOnlyList<CodeownersRule> rules)
    {
        _rules = rules;
        for (var i = rules.Count - 1; i >= 0; i--) PlaceOf(rules[i].Matcher).Add(i);
    }

    public CodeownersRule? Last(string[] path)
    {
        var best = Walk(_rooted, path, 0, -1);
        for (var start = 0; start < path.Length; start++)
        {
            best = Walk(_anywhere, path, start, best);
            var dot = path[start].LastIndexOf('.');
            if (dot >= 0 && _extensions.TryGetValue(path[start].AsSpan(dot), out var rules)) best = Best(rules, path, best);
        }

        return best < 0 ? null : _rules[best];
    }

    private List<int> PlaceOf(PathPattern pattern)
    {
        var head = pattern.LiteralHead;
        if (pattern.IsAnchored || head.Any()) return (pattern.IsAnchored ? _rooted : _anywhere).At(head);
        if (pattern.Extension is not { } extension) return _anywhere.Rules;
        if (!_extensions.TryGetValue(extension, out var rules)) _extensions[extension] = rules = [];
        return rules;
    }

    private int Walk(Node node, string[] path, int at, int best)
    {
        // The tree's root holds patterns without a literal beginning: they are tried once, not from every segment.
        if (at == 0) best = Best(node.Rules, path, best);
        while (at < path.Length && node.Next(path[at++]) is { } next)
        {
            node = next;
            best = Best(node.Rules, path, best);
        }

        return best;
    }

    private int Best(List<int> rules, string[] path, int best)
    {
        foreach (var rule in rules)
        {
            if (rule <= best) return best;
            if (_rules[rule].Matcher.IsMatch(path)) return rule;
        }

        return best;
    }

    /// <summary>Rules whose literal beginning ends here, the last first.</summary>
    private sealed class Node
    {
        private Dictionary<string, Node>? _next;

        public List<int> Rules { get; } = [];

        public Node? Next(string segment) => _next?.GetValueOrDefault(segment);

        public List<int> At(IEnumerable<string> segments)
        {
            var node = this;
            foreach (var segment in segments)
            {
                node._next ??= new Dictionary<string, Node>(StringComparer.Ordinal);
                if (!node._next.TryGetValue(segment, out var next)) node._next[segment] = next = new Node();
                node = next;
            }

            return node.Rules;
        }
    }
}
