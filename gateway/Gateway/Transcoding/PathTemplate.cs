using System.Diagnostics.CodeAnalysis;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// A path template of <c>google.api.http</c>: <c>/v1/{name=windows/*}:check</c>. It follows the C++ transcoder's
/// rules: an empty verb is refused, and nothing that matches freely may follow a <c>**</c>.
/// </summary>
internal sealed record PathTemplate(IReadOnlyList<string> Segments, string Verb, IReadOnlyList<PathVariable> Variables)
{
    public const string One = "*";
    public const string Any = "**";

    public static PathTemplate Parse(string text) => TryParse(text, out var template)
        ? template
        : throw new FormatException($"'{text}' is not a path template.");

    public static bool TryParse(string text, [NotNullWhen(true)] out PathTemplate? template)
    {
        template = new PathTemplateParser(text).Parse();
        return template is not null;
    }
}

/// <summary>
/// A field that takes its value from the path: the segments from <see cref="Start"/> up to, not including,
/// <see cref="End"/>. Positions at or beyond a <c>**</c> count from the path's end: -1 is the end itself.
/// </summary>
internal sealed record PathVariable(IReadOnlyList<string> FieldPath, int Start, int End, bool DeepWildcard)
{
    /// <summary>A variable of one segment is percent-decoded in full; a longer one keeps reserved characters.</summary>
    public bool IsSingleSegment => !DeepWildcard && End - Start == 1;
}
