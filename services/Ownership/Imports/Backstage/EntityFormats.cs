using System.Text.RegularExpressions;

namespace Governance.Ownership.Imports.Backstage;

/// <summary>The formats of names, namespaces, keys and tags as Backstage's default field rules have them.</summary>
internal static partial class EntityFormats
{
    private const int LongestName = 63;
    private const int LongestPrefix = 253;

    public static bool IsApiVersion(string text) =>
        IsPrefixed(text, suffix => suffix.Length is > 0 and <= LongestName && suffix.All(char.IsAsciiLetterOrDigit));

    public static bool IsKind(string text) => text.Length <= LongestName && KindPattern().IsMatch(text);

    /// <summary>1 to 63 letters and digits, with `-`, `_` and `.` between them.</summary>
    public static bool IsName(string text) => text.Length <= LongestName && NamePattern().IsMatch(text);

    /// <summary>A DNS label: 1 to 63 lower-case letters and digits, with `-` between them.</summary>
    public static bool IsNamespace(string text) => text.Length <= LongestName && LabelPattern().IsMatch(text);

    /// <summary>A name, perhaps after a DNS name and a slash.</summary>
    public static bool IsKey(string text) => IsPrefixed(text, IsName);

    /// <summary>1 to 63 of a-z, 0-9, `+`, `#` and `:`, with `-` between them.</summary>
    public static bool IsTag(string text) => text.Length <= LongestName && TagPattern().IsMatch(text);

    private static bool IsPrefixed(string text, Func<string, bool> isSuffix) => text.Split('/') switch
    {
        [var suffix] => isSuffix(suffix),
        [{ Length: > 0 and <= LongestPrefix } prefix, var suffix] => prefix.Split('.').All(IsNamespace) && isSuffix(suffix),
        _ => false,
    };

    [GeneratedRegex(@"^[a-zA-Z][a-zA-Z0-9]*\z")]
    private static partial Regex KindPattern();

    [GeneratedRegex(@"^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[a-z0-9]+(?:-+[a-z0-9]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*\z", RegexOptions.NonBacktracking)]
    private static partial Regex TagPattern();
}
