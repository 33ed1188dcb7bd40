using Governance.Patching.Inventory;

namespace Governance.Patching.Versions.Vers;

/// <summary>Takes a <c>vers:</c> URI apart.</summary>
internal static class VersParser
{
    private static readonly (string, Comparator)[] Operators =
    [
        ("<=", Comparator.LessOrEqual), (">=", Comparator.GreaterOrEqual), ("!=", Comparator.NotEqual),
        ("<", Comparator.Less), (">", Comparator.Greater), ("=", Comparator.Equal),
    ];

    /// <summary>What is wrong, or null. No constraints: the range is all versions, or none for the type <c>none</c>.</summary>
    public static string? Parse(string text, out string type, out IReadOnlyList<VersConstraint> constraints)
    {
        (type, constraints) = ("", []);
        text = string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
        if (!text.StartsWith("vers:", StringComparison.Ordinal))
        {
            return "A version range starts with 'vers:'.";
        }
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return "A type and constraints are required: vers:type/constraints.";
        }
        type = text[5..slash];
        if (!IsType(type))
        {
            return $"'{type}' is no type: it holds lower-case letters, digits, period, plus and hyphen and starts with a letter.";
        }
        return ParseConstraints(text[(slash + 1)..], type, out constraints);
    }

    private static string? ParseConstraints(string text, string type, out IReadOnlyList<VersConstraint> constraints)
    {
        constraints = [];
        var parts = text.Split('|', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return "At least one constraint is required.";
        }
        if (parts is ["*"])
        {
            return null;
        }
        if (type is "all" or "none")
        {
            return $"The type {type} takes '*' alone.";
        }
        var read = new List<VersConstraint>(parts.Length);
        foreach (var part in parts)
        {
            var version = part;
            var comparator = Comparators.Take(ref version, Operators) ?? Comparator.Equal;
            if (version == "*")
            {
                return "'*' stands alone.";
            }
            if (version.Length == 0 || version.AsSpan().ContainsAny("<>=!") || PurlEncoding.Decode(version) is not { } decoded)
            {
                return $"'{part}' is no constraint: a comparator (none, =, !=, <, <=, > or >=) and a percent-encoded version.";
            }
            read.Add(new VersConstraint(comparator, decoded, null));
        }

        constraints = read;
        return null;
    }

    private static bool IsType(string type) =>
        type is [>= 'a' and <= 'z', ..] && type.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '+' or '-');
}
