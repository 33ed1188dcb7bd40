namespace Governance.Ownership.Imports.Codeowners;

/// <summary>
/// A pattern as GitHub reads it in CODEOWNERS: like `.gitignore`, but `foo/*` does not go deeper than one level. It is compiled to
/// matchers of segments, so that no pattern takes more time than its length times the path's.
/// </summary>
internal sealed class PathPattern
{
    /// <summary>One per segment; null stands for any number of segments, none included.</summary>
    private readonly SegmentGlob?[] _segments;

    private PathPattern(List<SegmentGlob?> segments) => _segments = [.. segments];

    /// <summary>Stands for one segment of any content, an empty one included (a path that ends with a slash).</summary>
    private static SegmentGlob Anything { get; } = SegmentGlob.Parse("");

    /// <summary>Whether it begins at the root of the repository.</summary>
    public bool IsAnchored => _segments is [not null, ..];

    /// <summary>The literal segments that it begins with, after the any-number that an unanchored pattern begins with.</summary>
    public IEnumerable<string> LiteralHead =>
        _segments.Skip(IsAnchored ? 0 : 1).TakeWhile(segment => segment?.Literal is { Length: > 0 }).Select(segment => segment!.Literal!);

    /// <summary>What some segment of every path that matches ends with, from its last dot on; null where that is not known.</summary>
    public string? Extension =>
        IsAnchored ? null : _segments.OfType<SegmentGlob>().FirstOrDefault(segment => !ReferenceEquals(segment, Anything))?.Extension;

    /// <summary>Compiles a pattern that <see cref="Fault"/> finds nothing wrong with.</summary>
    public static PathPattern Parse(string text)
    {
        if (text == "/") return new PathPattern([SegmentGlob.Parse("/")]);
        var parts = text.Split('/');
        var isRooted = parts[0].Length == 0;
        var isDirectory = parts.Length > 1 && parts[^1].Length == 0;
        var names = parts[(isRooted ? 1 : 0)..(isDirectory ? ^1 : ^0)];
        var segments = names.Select(name => name == "**" ? null : SegmentGlob.Parse(name)).ToList();
        if (!isRooted && names.Length == 1 && names[0] != "**") segments.Insert(0, null);
        Finish(segments, isDirectory);
        return new PathPattern(segments);
    }

    /// <summary>Whether the path, split at its slashes, matches.</summary>
    public bool IsMatch(string[] path)
    {
        var (segment, at, anySegment, anyAt) = (0, 0, -1, 0);
        while (at < path.Length)
        {
            if (segment < _segments.Length && _segments[segment] is null)
            {
                (anySegment, anyAt) = (segment++, at);
            }
            else if (segment < _segments.Length && Takes(_segments[segment]!, path[at]))
            {
                segment++;
                at++;
            }
            else if (anySegment >= 0)
            {
                segment = anySegment + 1;
                at = ++anyAt;
            }
            else
            {
                return false;
            }
        }

        while (segment < _segments.Length && _segments[segment] is null) segment++;
        return segment == _segments.Length;
    }

    /// <summary>What GitHub does not take in a pattern; null when there is nothing.</summary>
    public static string? Fault(string text)
    {
        if (text.StartsWith('!')) return "A pattern cannot be negated by '!' in CODEOWNERS.";
        if (text.Contains(@"\#", StringComparison.Ordinal)) return "'#' cannot be escaped in CODEOWNERS: it always begins a comment.";
        if (HasBareBracket(text)) return "Character ranges, '[ ]', do not work in CODEOWNERS.";
        return text.Contains("***", StringComparison.Ordinal)
            ? "'***' is no wildcard: '*' stays within a directory, '**' goes through all."
            : null;
    }

    private static bool Takes(SegmentGlob segment, string name) => ReferenceEquals(segment, Anything) || segment.IsMatch(name);

    /// <summary>
    /// What the last segment means: a trailing slash or `**` is everything below; `*` is one level; anything else is the file itself
    /// or everything below the directory of that name.
    /// </summary>
    private static void Finish(List<SegmentGlob?> segments, bool isDirectory)
    {
        if (isDirectory && segments is [null]) segments.Add(Anything);
        if (isDirectory || segments[^1] is null) segments.AddRange([Anything, null]);
        else if (!segments[^1]!.IsLoneStar) segments.Add(null);
    }

    private static bool HasBareBracket(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\') i++;
            else if (text[i] is '[' or ']') return true;
        }

        return false;
    }
}
