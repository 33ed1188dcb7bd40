using System.Globalization;
using System.Text;
using Governance.Ownership.V1;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;
using Relation = Governance.Ownership.V1.OwnershipGraph.Types.Relation;

namespace Governance.Ownership.Insights.Maps;

/// <summary>Writes a map as a Mermaid flow chart.</summary>
internal static class MermaidMap
{
    public static string Write(OwnershipGraph graph)
    {
        var text = new StringBuilder("flowchart TD\n");
        text.Append(CultureInfo.InvariantCulture, $"    accTitle: {Line(graph.Title)}\n");
        var leftOut = NodeText.LeftOut(graph);
        if (leftOut.Length > 0) text.Append(CultureInfo.InvariantCulture, $"    accDescr: {Line(leftOut)}\n");
        var (ids, colours) = (new Dictionary<string, string>(), new OwnerColours(graph));
        foreach (var node in graph.Nodes)
        {
            ids.Add(node.Name, string.Create(CultureInfo.InvariantCulture, $"n{ids.Count}"));
            text.Append(CultureInfo.InvariantCulture, $"    {ids[node.Name]}[\"{Label(node)}\"]:::{ClassOf(node, colours)}\n");
        }

        if (leftOut.Length > 0) text.Append(CultureInfo.InvariantCulture, $"    cut[\"{Escape(leftOut)}\"]:::outside\n");
        foreach (var edge in graph.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"    {ids[edge.From]} {Arrow(edge)} {ids[edge.To]}\n");
        }
        for (var i = 0; i < colours.Owners.Count; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"    classDef o{i} fill:{colours.Of(colours.Owners[i])},stroke:#55606b,color:#1b2127\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"    classDef o{i}x fill:{colours.Of(colours.Owners[i])},stroke:#55606b,color:#1b2127,stroke-dasharray:6 4\n");
        }

        text.Append("    classDef nobody fill:#ffffff,stroke:#b3261e,stroke-width:2px,color:#1b2127\n");
        text.Append("    classDef outside fill:#ffffff,stroke:#55606b,color:#1b2127,stroke-dasharray:6 4\n");
        text.Append("    classDef dangling fill:#ffffff,stroke:#b3261e,color:#8c1d18,stroke-dasharray:2 3\n");
        return text.ToString();
    }

    private static string ClassOf(OwnershipGraph.Types.MapNode node, OwnerColours colours)
    {
        if (node.Place == Place.Dangling) return "dangling";
        if (node.Owner.Length == 0) return node.Place == Place.Outside ? "outside" : "nobody";
        var index = colours.Owners.TakeWhile(owner => owner != node.Owner).Count();
        return string.Create(CultureInfo.InvariantCulture, $"o{index}{(node.Place == Place.Outside ? "x" : "")}");
    }

    private static string Arrow(OwnershipGraph.Types.MapEdge edge) => edge.Relation switch
    {
        Relation.ConsumesApi => $"-. \"{Escape(edge.Api["apis/".Length..])}\" .->",
        Relation.SubcomponentOf => "--o",
        _ => "-->",
    };

    private static string Label(OwnershipGraph.Types.MapNode node) =>
        string.Join(
            "<br/>",
            new[] { node.DisplayName, NodeText.Second(node), NodeText.LeftOut(node) }.Where(line => line.Length > 0).Select(Escape));

    private static string Line(string text) => Escape(text.ReplaceLineEndings(" "));

    /// <summary>Mermaid reads `#…;` as characters; everything that it could read as syntax is written so.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                escaped.Append(' ');
            }
            else if (rune.Value is '"' or '#' or '<' or '>' or '&' or ';' or '`' or '[' or ']' or '{' or '}' or '|' or '\\' or '%')
            {
                escaped.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
            else
            {
                escaped.Append(rune);
            }
        }

        return escaped.ToString();
    }
}
