namespace Governance.Ownership.Imports.Records;

/// <summary>Texts for people, cut to what is kept of them.</summary>
internal static class CatalogText
{
    private const int LongestTitle = 200;
    private const int LongestDescription = 2000;

    public static string Title(string? text) => Cut(text, LongestTitle);

    public static string Description(string? text) => Cut(text, LongestDescription);

    private static string Cut(string? text, int longest)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length <= longest) return trimmed;
        var end = longest - 1;
        if (char.IsHighSurrogate(trimmed[end - 1])) end--;
        return $"{trimmed[..end]}…";
    }
}
