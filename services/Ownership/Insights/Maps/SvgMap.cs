using System.Globalization;
using System.Text;
using Governance.Ownership.V1;
using Place = Governance.Ownership.V1.OwnershipGraph.Types.Place;
using Relation = Governance.Ownership.V1.OwnershipGraph.Types.Relation;

namespace Governance.Ownership.Insights.Maps;

/// <summary>Draws a map: a box for each component, coloured by owner, with what it needs below it.</summary>
internal static class SvgMap
{
    private const double Margin = 28;
    private const double BoxHeight = 44;
    private const double NameSize = 13;
    private const double SecondSize = 11;

    /// <summary>How much wider bold letters are.</summary>
    private const double Bold = 1.1;
    private const double LegendRow = 24;
    private const double NoteRow = 20;

    private const string Style = """
        text{font-family:"Segoe UI","Helvetica Neue",Arial,"DejaVu Sans",sans-serif;fill:#1b2127}
        .t{font-size:18px;font-weight:600}.n{font-size:13px;font-weight:600}.s{font-size:11px;fill:#3a444e}
        .b{stroke:#55606b;stroke-width:1}.t1{stroke:#1b2127;stroke-width:2.2}.o{stroke-dasharray:6 4}
        .u{stroke:#b3261e;stroke-width:2}.d{stroke:#b3261e;stroke-dasharray:2 3}.d+text{fill:#8c1d18;font-style:italic}
        .e{fill:none;stroke:#5b6670;stroke-width:1.2}.a{stroke-dasharray:7 4}.p{stroke-dasharray:1.5 3}.m{stroke:#b3261e}
        """;

    public static string Write(OwnershipGraph graph)
    {
        var index = graph.Nodes.Select((node, at) => (node.Name, at)).ToDictionary(one => one.Name, one => one.at);
        var edges = graph.Edges.Select(edge => (From: index[edge.From], To: index[edge.To])).ToList();
        var layout = LayeredLayout.Of([.. graph.Nodes.Select(WidthOf)], BoxHeight, edges);
        var (colours, svg) = (new OwnerColours(graph), new StringBuilder());
        var legend = new MapLegend(graph, colours, Math.Max(layout.Width, 640));
        var note = NodeText.LeftOut(graph);
        var under = Margin + 34 + (note.Length > 0 ? NoteRow : 0);
        var inner = Math.Max(Math.Max(layout.Width, legend.Width), NodeText.Width(note, SecondSize));
        var (width, top) = (inner + (2 * Margin), under + (legend.Rows * LegendRow) + 14);
        Open(svg, graph, width, top + layout.Height + Margin);
        if (note.Length > 0)
        {
            svg.Append(
            CultureInfo.InvariantCulture, $"<text class=\"s\" x=\"{N(Margin)}\" y=\"{N(Margin + 12 + NoteRow)}\">{Escape(note)}</text>\n");
        }

        legend.Write(svg, Margin, under, LegendRow);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g transform=\"translate({N(Margin + Math.Max(0, (width - (2 * Margin) - layout.Width) / 2))} {N(top)})\">\n");
        for (var i = 0; i < edges.Count; i++) Edge(svg, graph.Edges[i], layout.Lines[i], graph.Nodes[edges[i].To].Place == Place.Dangling);
        for (var i = 0; i < graph.Nodes.Count; i++) Node(svg, graph.Nodes[i], layout.Boxes[i], colours);
        return svg.Append("</g>\n</svg>\n").ToString();
    }

    /// <summary>Text as XML takes it, attributes included; what XML has no way to write is left out.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '&') escaped.Append("&amp;");
            else if (rune.Value is '<') escaped.Append("&lt;");
            else if (rune.Value is '>') escaped.Append("&gt;");
            else if (rune.Value is '"') escaped.Append("&quot;");
            else if (rune.Value is '\'') escaped.Append("&#39;");
            else if (rune.Value is not (< 0x20 and not (0x09 or 0x0A or 0x0D)) and not (0xFFFE or 0xFFFF)) escaped.Append(rune);
        }

        return escaped.ToString();
    }

    internal static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    internal static string BoxClass(OwnershipGraph.Types.MapNode node) => node.Place switch
    {
        Place.Dangling => "d",
        Place.Outside => "b o",
        _ when node.Owner.Length == 0 => "u",
        _ => node.Tier == 1 ? "b t1" : "b",
    };

    private static void Open(StringBuilder svg, OwnershipGraph graph, double width, double height)
    {
        var inside = graph.Nodes.Count(node => node.Place == Place.Inside);
        var unowned = graph.Nodes.Count(node => node.Place == Place.Inside && node.Owner.Length == 0);
        var dangling = graph.Nodes.Count(node => node.Place == Place.Dangling);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{N(width)}\" height=\"{N(height)}\" viewBox=\"0 0 {N(width)} {N(height)}\" role=\"img\" aria-labelledby=\"map-title map-desc\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title id=\"map-title\">Ownership of {Escape(graph.Title)}</title>\n");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<desc id=\"map-desc\">{inside} components, {unowned} of them without owner, {graph.Edges.Count} relations, {dangling} names that nobody has entered. {Escape(NodeText.LeftOut(graph))}{(graph.NeighboursLeftOut > 0 ? " " : "")}Arrows point to what is needed.</desc>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<style>{Style}</style>\n");
        foreach (var (id, colour) in new[] { ("arrow", "#5b6670"), ("arrow-missing", "#b3261e") })
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<marker id=\"{id}\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0.8L10 5L0 9.2z\" fill=\"{colour}\"/></marker>\n");
        }
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<text class=\"t\" x=\"{N(Margin)}\" y=\"{N(Margin + 12)}\">{Escape(graph.Title)}</text>\n");
    }

    private static double WidthOf(OwnershipGraph.Types.MapNode node)
    {
        var text = Math.Max(
            NodeText.Width(NodeText.Short(node.DisplayName), NameSize * Bold),
            NodeText.Width(NodeText.Short(NodeText.Second(node)), SecondSize));
        return Math.Max(96, Math.Ceiling(text) + 24);
    }

    private static void Node(StringBuilder svg, OwnershipGraph.Types.MapNode node, Point at, OwnerColours colours)
    {
        var (width, fill) = (WidthOf(node), node.Place == Place.Dangling ? OwnerColours.Nobody : colours.Of(node.Owner));
        var more = NodeText.LeftOut(node);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<g><title>{Escape($"{node.DisplayName} ({node.Name}), {NodeText.Second(node)}{(more.Length > 0 ? ", " : "")}{more}")}</title>");
        if (more.Length > 0)
        {
            svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"s\" text-anchor=\"end\" x=\"{N(at.X + width)}\" y=\"{N(at.Y - 4)}\">{more}</text>");
        }

        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect class=\"{BoxClass(node)}\" x=\"{N(at.X)}\" y=\"{N(at.Y)}\" width=\"{N(width)}\" height=\"{N(BoxHeight)}\" rx=\"6\" fill=\"{fill}\"/>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"n\" text-anchor=\"middle\" x=\"{N(at.X + (width / 2))}\" y=\"{N(at.Y + 19)}\">{Escape(NodeText.Short(node.DisplayName))}</text>");
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text class=\"s\" text-anchor=\"middle\" x=\"{N(at.X + (width / 2))}\" y=\"{N(at.Y + 35)}\">{Escape(NodeText.Short(NodeText.Second(node)))}</text></g>\n");
    }

    /// <summary>From row to row in curves that leave and arrive upright.</summary>
    private static void Edge(StringBuilder svg, OwnershipGraph.Types.MapEdge edge, Point[] points, bool missing)
    {
        var kind = edge.Relation switch { Relation.ConsumesApi => " a", Relation.SubcomponentOf => " p", _ => "" };
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<path class=\"e{kind}{(missing ? " m" : "")}\" marker-end=\"url(#arrow{(missing ? "-missing" : "")})\" d=\"M{N(points[0].X)} {N(points[0].Y)}");
        for (var i = 1; i < points.Length; i++)
        {
            var (from, to) = (points[i - 1], points[i]);
            var middle = (from.Y + to.Y) / 2;
            if (Math.Abs(from.X - to.X) < 0.05) svg.Append(CultureInfo.InvariantCulture, $"V{N(to.Y)}");
            else svg.Append(CultureInfo.InvariantCulture, $"C{N(from.X)} {N(middle)} {N(to.X)} {N(middle)} {N(to.X)} {N(to.Y)}");
        }

        svg.Append(CultureInfo.InvariantCulture, $"\"><title>{Escape(Words(edge))}</title></path>\n");
    }

    private static string Words(OwnershipGraph.Types.MapEdge edge) => edge.Relation switch
    {
        Relation.ConsumesApi => $"{edge.From} uses {edge.Api} of {edge.To}",
        Relation.SubcomponentOf => $"{edge.From} is part of {edge.To}",
        _ => $"{edge.From} depends on {edge.To}",
    };
}
