using System.Globalization;
using System.Text;
using Governance.Ownership.V1;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;

namespace Governance.Ownership.Insights.Maps;

/// <summary>What stands in a box, and how wide it is.</summary>
internal static class NodeText
{
    public const int LongestLine = 34;

    /// <summary>Tier and owner, or why there are none.</summary>
    public static string Second(OwnershipGraph.Types.MapNode node)
    {
        if (node.Place == Place.Dangling)
        {
            return node.Name.StartsWith("apis/", StringComparison.Ordinal) ? "interface nobody offers" : "not in the catalogue";
        }
        var tier = node.Tier == 0 ? "no tier" : string.Create(CultureInfo.InvariantCulture, $"tier {node.Tier}");
        return $"{tier} · {(node.Owner.Length == 0 ? "no owner" : node.Owner["parties/".Length..])}";
    }

    /// <summary>How many neighbours a map leaves out, and how to see more; empty when it has all.</summary>
    public static string LeftOut(OwnershipGraph graph)
    {
        if (graph.NeighboursLeftOut == 0) return "";
        var shown = graph.Nodes.Count(node => node.Place != Place.Inside);
        return string.Create(CultureInfo.InvariantCulture, $"{shown} of {shown + graph.NeighboursLeftOut} neighbours are shown, by tier "
            + $"and relations. max_neighbours shows up to {MapQuery.MostNeighbours}.");
    }

    /// <summary>Of a box, how many of its neighbours a map leaves out; empty when it has all.</summary>
    public static string LeftOut(OwnershipGraph.Types.MapNode node) =>
        node.NeighboursLeftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"+{node.NeighboursLeftOut} more");

    /// <summary>At most so many characters that a box stays readable; the whole text is in its title.</summary>
    public static string Short(string text)
    {
        var elements = new StringInfo(text.ReplaceLineEndings(" "));
        return elements.LengthInTextElements <= LongestLine ? elements.String : $"{elements.SubstringByTextElements(0, LongestLine - 1)}…";
    }

    /// <summary>In pixels, for a sans serif font: estimated by the kind of each letter, on the wide side.</summary>
    public static double Width(string text, double size) => text.EnumerateRunes().Sum(Share) * size;

    private static double Share(Rune rune) => rune.Value switch
    {
        'i'
            or 'j'
            or 'l'
            or 't'
            or 'f'
            or 'r'
            or 'I'
            or '.'
            or ','
            or ':'
            or ';'
            or '\''
            or '|'
            or ' '
            or '/'
            or '-'
            or '('
            or ')'
            or '·' =>
            0.38,
        'm' or 'w' or 'M' or 'W' or '@' or '%' or '…' => 0.95,
        >= 'A' and <= 'Z' => 0.72,
        < 0x0300 => 0.6,
        >= 0x1100 => 1.05,
        _ => 0.7,
    };
}
