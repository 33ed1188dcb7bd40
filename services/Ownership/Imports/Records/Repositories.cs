namespace Governance.Ownership.Imports.Records;

/// <summary>Repositories out of what catalogues say about where the source is.</summary>
internal static class Repositories
{
    /// <summary>
    /// The repository's URL: `url:https://host/org/repo/tree/main/dir/` of `backstage.io/source-location` gives `https://host/org/repo`,
    /// and a slug such as `org/repo` gives it at the host.
    /// </summary>
    /// <returns>Null for what names no repository.</returns>
    public static string? Of(string text, string host = "https://github.com")
    {
        var bare = text.Trim();
        if (bare.StartsWith("url:", StringComparison.OrdinalIgnoreCase)) bare = bare["url:".Length..];
        if (Uri.TryCreate(bare, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "ssh" or "git") return Root(uri);
        return bare.Split('/') is [{ Length: > 0 }, { Length: > 0 }, ..] parts
            && !bare.Any(char.IsWhiteSpace)
            && !bare.Contains(':', StringComparison.Ordinal)
            ? $"{host}/{string.Join('/', parts).TrimEnd('/')}"
            : null;
    }

    private static string? Root(Uri uri)
    {
        var path = uri.AbsolutePath.Trim('/');
        foreach (var mark in (string[])["/-/tree/", "/-/blob/", "/tree/", "/blob/", "/src/"])
        {
            if (path.IndexOf(mark, StringComparison.Ordinal) is >= 0 and var at) path = path[..at];
        }

        if (path.EndsWith(".git", StringComparison.Ordinal)) path = path[..^4];
        return path.Length == 0 ? null : $"{uri.Scheme}://{uri.Authority}/{path}";
    }
}
