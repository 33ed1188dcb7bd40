using System.Globalization;
using Governance.Ownership.V1;

namespace Governance.Ownership.Insights.Maps;

/// <summary>A light colour for each owner, on which dark text is readable: those that own most get the ones that differ most.</summary>
internal sealed class OwnerColours
{
    /// <summary>Boxes of what nobody owns.</summary>
    public const string Nobody = "#ffffff";

    private static readonly string[] Fixed =
        [
            "#cfe3fa", "#d5efcf", "#fde3c1", "#e6d9f5", "#fbd5d8", "#cdeeea", "#f6eeb4", "#ead9cb", "#dfe3e8", "#f8d3ea", "#dbe8b8",
            "#c9d5f2",
        ];

    private readonly Dictionary<string, string> _colours = [];

    public OwnerColours(OwnershipGraph graph)
    {
        var owners = graph.Nodes.Where(node => node.Owner.Length > 0).GroupBy(node => node.Owner)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key);
        foreach (var owner in owners) _colours.Add(owner, At(_colours.Count));
        Owners = [.. _colours.Keys];
    }

    /// <summary>Those that own most first.</summary>
    public IReadOnlyList<string> Owners { get; }

    public string Of(string owner) => _colours.GetValueOrDefault(owner, Nobody);

    /// <summary>Beyond the fixed ones, hues a golden angle apart: neighbours in the list never look alike.</summary>
    private static string At(int index)
    {
        if (index < Fixed.Length) return Fixed[index];
        var hue = (index * 137.508) % 360;
        int Channel(double turn)
        {
            var place = (turn + (hue / 30)) % 12;
            return (int)Math.Round(255 * (0.86 - (0.09 * Math.Max(-1, Math.Min(Math.Min(place - 3, 9 - place), 1)))));
        }

        return string.Create(CultureInfo.InvariantCulture, $"#{Channel(0):x2}{Channel(8):x2}{Channel(4):x2}");
    }
}
