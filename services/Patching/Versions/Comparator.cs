namespace Governance.Patching.Versions;

/// <summary>How a version is to stand to another.</summary>
internal enum Comparator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class Comparators
{
    /// <summary>Whether an order (negative, zero, positive) is what the comparator asks for.</summary>
    public static bool Allows(this Comparator comparator, int order) => comparator switch
    {
        Comparator.Equal => order == 0,
        Comparator.NotEqual => order != 0,
        Comparator.Less => order < 0,
        Comparator.LessOrEqual => order <= 0,
        Comparator.Greater => order > 0,
        _ => order >= 0,
    };

    /// <summary>Takes the operator from the start of a comparison; null where it has none of those given.</summary>
    /// <param name="text">The comparison; what follows the operator is left, trimmed.</param>
    /// <param name="known">Spellings, a longer one before those that it starts with.</param>
    public static Comparator? Take(ref string text, ReadOnlySpan<(string Spelling, Comparator Meaning)> known)
    {
        foreach (var (spelling, meaning) in known)
        {
            if (!text.StartsWith(spelling, StringComparison.Ordinal))
            {
                continue;
            }
            text = text[spelling.Length..].Trim();
            return meaning;
        }

        return null;
    }
}
