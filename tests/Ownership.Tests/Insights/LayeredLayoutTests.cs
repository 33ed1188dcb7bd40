using Governance.Ownership.Insights.Maps;
using Shouldly;
using Xunit;

namespace Governance.Ownership.Tests.Insights;

/// <summary>Boxes never overlap, lines join the boxes that they belong to, and crossings that can be avoided are.</summary>
public sealed class LayeredLayoutTests
{
    private const double Height = 44;

    [Fact]
    public void Of_AnyGraph_KeepsBoxesApartAndLinesAtTheirBoxes()
    {
        var random = new Random(11);
        for (var run = 0; run < 60; run++)
        {
            var count = random.Next(1, 60);
            var widths = Enumerable.Range(0, count).Select(_ => 96.0 + random.Next(150)).ToArray();
            var edges = Enumerable.Range(0, random.Next(3 * count))
                .Select(_ => (From: random.Next(count), To: random.Next(count)))
                .Where(edge => edge.From != edge.To)
                .Distinct()
                .ToList();

            var layout = LayeredLayout.Of(widths, Height, edges);

            Overlaps(layout, widths).ShouldBe(0);
            for (var i = 0; i < edges.Count; i++)
            {
                Touches(layout.Lines[i][0], layout.Boxes[edges[i].From], widths[edges[i].From]).ShouldBeTrue();
                Touches(layout.Lines[i][^1], layout.Boxes[edges[i].To], widths[edges[i].To]).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void Of_TheSameGraph_IsTheSameLayout()
    {
        (int, int)[] edges = [(0, 1), (1, 2), (2, 0), (3, 2), (0, 4)];
        double[] widths = [100, 120, 140, 100, 100, 100];

        LayeredLayout.Of(widths, Height, edges).Boxes.ShouldBe(LayeredLayout.Of(widths, Height, edges).Boxes);
    }

    [Fact]
    public void Of_AChain_RunsStraightDown()
    {
        var layout = LayeredLayout.Of([100, 160, 120], Height, [(2, 0), (0, 1)]);

        layout.Boxes[2].Y.ShouldBeLessThan(layout.Boxes[0].Y);
        layout.Boxes[0].Y.ShouldBeLessThan(layout.Boxes[1].Y);
        (layout.Boxes[2].X + 60).ShouldBe(layout.Boxes[0].X + 50, 0.5);
    }

    [Fact]
    public void Arrange_TwoStepsThatCross_AreUncrossed()
    {
        var graph = new LayerGraph([100, 100, 100, 100], [(0, 3), (1, 2), (0, 2), (1, 3), (0, 3)]);
        var simple = new LayerGraph([100, 100, 100, 100], [(0, 3), (1, 2)]);

        LayerOrder.Arrange(simple);
        LayerOrder.Arrange(graph);

        LayerOrder.Crossings(simple, Places(simple)).ShouldBe(0);
        LayerOrder.Crossings(graph, Places(graph)).ShouldBe(1, "each of two with each of two crosses once, whatever the order");
    }

    [Fact]
    public void Of_TwoHundredBoxes_IsLaidOutInTime()
    {
        var random = new Random(3);
        var edges = Enumerable.Range(0, 600)
            .Select(_ => (From: random.Next(200), To: random.Next(200)))
            .Where(edge => edge.From < edge.To)
            .Distinct()
            .ToList();
        var widths = Enumerable.Repeat(150.0, 200).ToArray();
        LayeredLayout.Of(widths, Height, edges);
        var best = Enumerable.Range(0, 5).Min(_ =>
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            LayeredLayout.Of(widths, Height, edges);
            return watch.Elapsed;
        });

        best.ShouldBeLessThan(TimeSpan.FromMilliseconds(400), "it takes a tenth of that on an idle machine");
    }

    private static double[] Places(LayerGraph graph)
    {
        var places = new double[graph.Widths.Count];
        foreach (var layer in graph.Layers)
        {
            for (var i = 0; i < layer.Length; i++) places[layer[i]] = i;
        }

        return places;
    }

    private static int Overlaps(Layout layout, double[] widths)
    {
        var overlaps = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            for (var j = i + 1; j < widths.Length; j++)
            {
                var (one, other) = (layout.Boxes[i], layout.Boxes[j]);
                if (one.X < other.X + widths[j] && other.X < one.X + widths[i] && one.Y < other.Y + Height && other.Y < one.Y + Height)
                {
                    overlaps++;
                }
            }
        }

        return overlaps;
    }

    private static bool Touches(Point point, Point box, double width) =>
        point.X >= box.X - 0.01
            && point.X <= box.X + width + 0.01
            && (Math.Abs(point.Y - box.Y) < 0.01 || Math.Abs(point.Y - box.Y - Height) < 0.01);
}
