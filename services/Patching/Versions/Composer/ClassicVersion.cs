namespace Governance.Patching.Versions.Composer;

/// <summary>Normalises the spelling that nearly all versions have: one to four numbers, stability, <c>-dev</c>.</summary>
internal static class ClassicVersion
{
    private const string Separators = "._-";

    /// <summary>In the order in which Composer tries them, each with its normal name.</summary>
    private static readonly (string Spelling, string Normal)[] Stabilities =
    [
        ("stable", ""), ("beta", "beta"), ("b", "beta"), ("rc", "RC"), ("alpha", "alpha"), ("a", "alpha"),
        ("patch", "patch"), ("pl", "patch"), ("p", "patch"),
    ];

    public static string? Normalize(ReadOnlySpan<char> text)
    {
        if (text is ['v' or 'V', ..])
        {
            text = text[1..];
        }
        var length = DigitsAt(text, 0);
        if (length is 0 or > 5)
        {
            return null;
        }
        var numbers = 1;
        while (numbers < 4 && length < text.Length && text[length] == '.' && DigitsAt(text, length + 1) is > 0 and var more)
        {
            length += 1 + more;
            numbers++;
        }

        var padding = ".0.0.0".AsSpan(0, 2 * (4 - numbers));
        return Modifier(text[length..]) is { } modifier ? string.Concat(text[..length], padding, modifier) : null;
    }

    /// <summary>The normal form of what follows the numbers, or null when it is not a modifier to its end.</summary>
    public static string? Modifier(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }
        var rest = Separators.Contains(text[0], StringComparison.Ordinal) ? text[1..] : text;
        foreach (var (spelling, normal) in Stabilities)
        {
            if (rest.StartsWith(spelling, StringComparison.OrdinalIgnoreCase))
            {
                return AfterStability(rest[spelling.Length..], normal);
            }
        }

        return IsDevSuffix(text) || IsDevSuffix(rest) ? "-dev" : rest.IsEmpty ? "" : null;
    }

    private static string? AfterStability(ReadOnlySpan<char> rest, string stability)
    {
        var length = NumbersLength(rest);
        var numbers = rest[..length];
        rest = rest[length..];
        if (!rest.IsEmpty && !IsDevSuffix(rest))
        {
            return null;
        }
        return stability.Length == 0
            ? ""
            : string.Concat("-", stability, numbers.TrimStart(".-"), rest.IsEmpty ? "" : "-dev");
    }

    private static int NumbersLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length)
        {
            var separator = text[length] is '.' or '-' ? 1 : 0;
            var digits = DigitsAt(text, length + separator);
            if (digits == 0)
            {
                break;
            }
            length += separator + digits;
        }

        return length;
    }

    private static bool IsDevSuffix(ReadOnlySpan<char> text) =>
        (text is ['.' or '-', ..] ? text[1..] : text).Equals("dev", StringComparison.OrdinalIgnoreCase);

    private static int DigitsAt(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        return end - start;
    }
}
