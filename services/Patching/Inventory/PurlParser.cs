namespace Governance.Patching.Inventory;

/// <summary>Takes a package URL apart from its right end, as the specification tells.</summary>
internal sealed class PurlParser(string text)
{
    private const string TypeCharacters = ".+-";

    public string Type { get; private set; } = "";

    public string? Namespace { get; private set; }

    public string Name { get; private set; } = "";

    public string? Version { get; private set; }

    public string Qualifiers { get; private set; } = "";

    public string? Subpath { get; private set; }

    /// <summary>What is wrong, or null after all parts were read.</summary>
    public string? Parse()
    {
        var rest = text.Trim();
        if (!rest.StartsWith("pkg:", StringComparison.OrdinalIgnoreCase))
        {
            return "A package URL starts with 'pkg:'.";
        }
        rest = rest[4..].TrimStart('/');
        return ReadSubpath(ref rest) ?? ReadQualifiers(ref rest) ?? ReadType(ref rest) ?? ReadVersion(ref rest) ?? ReadName(rest);
    }

    private string? ReadSubpath(ref string rest)
    {
        var hash = rest.LastIndexOf('#');
        if (hash < 0)
        {
            return null;
        }
        var segments = new List<string>();
        foreach (var segment in rest[(hash + 1)..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PurlEncoding.Decode(segment) is not { } decoded)
            {
                return "The subpath is not percent-encoded UTF-8.";
            }
            if (decoded is not ("." or "..") && !decoded.Contains('/', StringComparison.Ordinal))
            {
                segments.Add(decoded);
            }
        }

        Subpath = segments.Count == 0 ? null : string.Join('/', segments);
        rest = rest[..hash];
        return null;
    }

    private string? ReadQualifiers(ref string rest)
    {
        var mark = rest.LastIndexOf('?');
        if (mark < 0)
        {
            return null;
        }
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in rest[(mark + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var key, var value] || !IsKey(key))
            {
                return $"'{pair}' is no qualifier: key=value, the key of letters, digits, period, hyphen and underscore.";
            }
            if (PurlEncoding.Decode(value) is not { } decoded)
            {
                return $"The qualifier {key} is not percent-encoded UTF-8.";
            }
            if (decoded.Length > 0 && !pairs.TryAdd(key.ToLowerInvariant(), decoded))
            {
                return $"The qualifier {key} is given twice.";
            }
        }

        Qualifiers = string.Join('&', pairs.Select(pair => $"{pair.Key}={PurlEncoding.Encode(pair.Value)}"));
        rest = rest[..mark];
        return null;
    }

    private string? ReadType(ref string rest)
    {
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0)
        {
            return "A type and a name are required: pkg:type/name.";
        }
        Type = rest[..slash].ToLowerInvariant();
        rest = rest[(slash + 1)..].Trim('/');
        return char.IsAsciiLetter(Type[0])
            && Type.All(c => char.IsAsciiLetterOrDigit(c) || TypeCharacters.Contains(c, StringComparison.Ordinal))
            ? null
            : $"'{Type}' is no type: it starts with a letter and holds letters, digits, period, plus and hyphen.";
    }

    private string? ReadVersion(ref string rest)
    {
        var at = rest.LastIndexOf('@');
        if (at <= 0 || rest[at - 1] == '/')
        {
            return null;
        }
        if (PurlEncoding.Decode(rest[(at + 1)..]) is not { } version)
        {
            return "The version is not percent-encoded UTF-8.";
        }
        Version = version.Length == 0 ? null : version;
        rest = rest[..at].TrimEnd('/');
        return null;
    }

    private string? ReadName(string rest)
    {
        var segments = rest.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(PurlEncoding.Decode).ToList();
        if (segments.Contains(null))
        {
            return "The name is not percent-encoded UTF-8.";
        }
        if (segments.Count == 0 || string.IsNullOrWhiteSpace(segments[^1]))
        {
            return "A name is required.";
        }
        Name = segments[^1]!;
        Namespace = segments.Count == 1 ? null : string.Join('/', segments.Take(segments.Count - 1));
        return null;
    }

    private static bool IsKey(string key) =>
        key.Length > 0 && !char.IsAsciiDigit(key[0]) && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
