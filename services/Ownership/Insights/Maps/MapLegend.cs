using System.Globalization;
using System.Text;
using Governance.Ownership.V1;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;
using Relation = Governance.Ownership.V1.OwnershipGraph.Types.Relation;

namespace Governance.Ownership.Insights.Maps;

/// <summary>Says what the colours and lines of a drawing mean; only of what it shows.</summary>
internal sealed class MapLegend
{
    private const double TextSize = 11;
    private const double Swatch = 22;
    private readonly List<(string Text, string Class, string Fill, double X, int Row)> _entries = [];
    private readonly double _most;
    private double _x;

    public MapLegend(OwnershipGraph graph, OwnerColours colours, double most)
    {
        _most = most;
        foreach (var owner in colours.Owners) Add(owner["parties/".Length..], "b", colours.Of(owner));
        if (graph.Nodes.Any(node => node.Place == Place.Inside && node.Owner.Length == 0)) Add("no owner", "u", OwnerColours.Nobody);
        if (graph.Nodes.Any(node => node.Tier == 1)) Add("tier 1", "b t1", OwnerColours.Nobody);
        if (graph.Nodes.Any(node => node.Place == Place.Outside)) Add("outside of the scope", "b o", OwnerColours.Nobody);
        if (graph.Nodes.Any(node => node.Place == Place.Dangling)) Add("entered by nobody", "d", OwnerColours.Nobody);
        if (graph.Edges.Any(edge => edge.Relation == Relation.DependsOn)) Add("depends on", "e", "");
        if (graph.Edges.Any(edge => edge.Relation == Relation.ConsumesApi)) Add("uses an interface of", "e a", "");
        if (graph.Edges.Any(edge => edge.Relation == Relation.SubcomponentOf)) Add("is part of", "e p", "");
        Width = _entries.Select(entry => entry.X + WidthOf(entry.Text)).DefaultIfEmpty(0).Max();
    }

    public double Width { get; }

    public int Rows => _entries.Count == 0 ? 0 : _entries[^1].Row + 1;

    public void Write(StringBuilder svg, double left, double top, double rowHeight)
    {
        foreach (var (text, style, fill, x, row) in _entries)
        {
            var (at, y) = (left + x, top + (row * rowHeight));
            if (fill.Length > 0)
            {
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect class=\"{style}\" x=\"{SvgMap.N(at)}\" y=\"{SvgMap.N(y)}\" width=\"{SvgMap.N(Swatch)}\" height=\"14\" rx=\"3\" fill=\"{fill}\"/>");
            }
            else
            {
                svg.Append(
                CultureInfo.InvariantCulture,
                $"<path class=\"{style}\" marker-end=\"url(#arrow)\" d=\"M{SvgMap.N(at)} {SvgMap.N(y + 7)}h{SvgMap.N(Swatch)}\"/>");
            }

            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"s\" x=\"{SvgMap.N(at + Swatch + 6)}\" y=\"{SvgMap.N(y + 11)}\">{SvgMap.Escape(NodeText.Short(text))}</text>\n");
        }
    }

    private static double WidthOf(string text) => Swatch + 6 + NodeText.Width(NodeText.Short(text), TextSize) + 18;

    private void Add(string text, string style, string fill)
    {
        var (width, row) = (WidthOf(text), _entries.Count == 0 ? 0 : _entries[^1].Row);
        if (_x > 0 && _x + width > _most) (_x, row) = (0, row + 1);
        _entries.Add((text, style, fill, _x, row));
        _x += width;
    }
}
