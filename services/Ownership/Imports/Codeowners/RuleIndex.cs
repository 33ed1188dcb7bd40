namespace Governance.Ownership.Imports.Codeowners;

/// <summary>
/// Finds the last rule that matches without trying them all: rules hang in trees of the literal segments that their patterns begin
/// with, one tree for patterns that begin at the root and one for those that begin anywhere.
/// </summary>
internal sealed class RuleIndex
{
    private readonly IReadOnlyList<CodeownersRule> _rules;
    private readonly Node _rooted = new();
    private readonly Node _anywhere = new();

    public RuleIndex(IReadOnlyList<CodeownersRule> rules)
    {
        _rules = rules;
        for (var i = rules.Count - 1; i >= 0; i--)
        {
            var matcher = rules[i].Matcher;
            (matcher.IsAnchored ? _rooted : _anywhere).At(matcher.LiteralHead).Add(i);
        }
    }

    public CodeownersRule? Last(string[] path)
    {
        var best = Walk(_rooted, path, 0, -1);
        for (var start = 0; start < path.Length; start++) best = Walk(_anywhere, path, start, best);
        return best < 0 ? null : _rules[best];
    }

    private int Walk(Node node, string[] path, int at, int best)
    {
        // The tree's root holds patterns without a literal beginning: they are tried once, not from every segment.
        if (at == 0) best = Best(node, path, best);
        while (at < path.Length && node.Next(path[at++]) is { } next)
        {
            node = next;
            best = Best(node, path, best);
        }

        return best;
    }

    private int Best(Node node, string[] path, int best)
    {
        foreach (var rule in node.Rules)
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
