using System.Buffers;
using Governance.BuildingBlocks.Fields;

namespace Governance.Patching.Fields;

/// <summary>Names of products and cycles: <c>products/php/cycles/8.4</c>.</summary>
internal static class LifecycleNames
{
    public const int LongestId = 63;
    public const int Longest = 17 + (2 * LongestId);
    private const string Products = "products/";
    private const string Cycles = "/cycles/";
    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-+_");

    public static bool IsId(string text) => text.Length is > 0 and <= LongestId && !text.AsSpan().ContainsAnyExcept(Allowed);

    public static string Of(string product, string cycle) => $"{Products}{product}{Cycles}{cycle}";

    /// <summary>The parts of a cycle's name; null: it is no such name.</summary>
    public static (string Product, string Cycle)? Parse(string name)
    {
        var middle = name.IndexOf(Cycles, StringComparison.Ordinal);
        if (middle < Products.Length || !name.StartsWith(Products, StringComparison.Ordinal)) return null;
        var (product, cycle) = (name[Products.Length..middle], name[(middle + Cycles.Length)..]);
        return IsId(product) && IsId(cycle) ? (product, cycle) : null;
    }

    /// <summary>A product's id, however its name was typed.</summary>
    public static string ProductId(string typed) =>
        NameFields.InFull(typed, "products") is { Length: > 0 } name ? name[Products.Length..] : "";
}
