using Governance.Patching.Documents;

namespace Governance.Patching.Advisories.Csaf.Rules;

/// <summary>Language tags of BCP 47 (RFC 5646), by the registry of subtags.</summary>
internal static class LanguageTags
{
    private static readonly Lazy<Dictionary<string, HashSet<string>>> Subtags = new(Read);

    /// <summary>Why a tag of the right form is no language, or null.</summary>
    public static string? Fault(string tag)
    {
        var lower = tag.ToLowerInvariant();
        if (Is("grandfathered", lower) || lower.StartsWith("x-", StringComparison.Ordinal)) return null;
        var parts = lower.Split('-');
        if (!Is("language", parts[0]) && !IsBetween(parts[0], "qaa", "qtz")) return $"'{parts[0]}' is no language.";
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.Skip(1))
        {
            if (part.Length == 1) return Singletons(parts);
            if (Unknown(part) is { } fault) return fault;
            if (part.Length >= 4 && !seen.Add(part)) return $"'{part}' stands twice.";
        }

        return null;
    }

    private static string? Unknown(string part) => part.Length switch
    {
        2 => Is("region", part) || IsBetween(part, "qm", "qz") || IsBetween(part, "xa", "xz") ? null : $"'{part}' is no region.",
        3 when char.IsAsciiDigit(part[0]) => Is("region", part) ? null : $"'{part}' is no region.",
        3 => Is("extlang", part) ? null : $"'{part}' extends no language.",
        4 when !char.IsAsciiDigit(part[0]) => Is("script", part) || IsBetween(part, "qaaa", "qabx") ? null : $"'{part}' is no script.",
        _ => Is("variant", part) ? null : $"'{part}' is no variant.",
    };

    /// <summary>What follows a singleton is an extension's own business; no singleton may begin two.</summary>
    private static string? Singletons(string[] parts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var repeated = parts.Skip(1).TakeWhile(part => part != "x").FirstOrDefault(part => part.Length == 1 && !seen.Add(part));
        return repeated is null ? null : $"The extension '{repeated}' begins twice.";
    }

    private static bool Is(string kind, string subtag) => Subtags.Value[kind].Contains(subtag);

    private static bool IsBetween(string subtag, string first, string last) =>
        subtag.Length == first.Length && string.CompareOrdinal(subtag, first) >= 0 && string.CompareOrdinal(subtag, last) <= 0;

    private static Dictionary<string, HashSet<string>> Read()
    {
        using var reader = new StreamReader(ShippedFile.Open(typeof(LanguageTags), "LanguageSubtags.txt"));
        var kinds = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var words = line.Split(' ');
            kinds.Add(words[0], words[1..].ToHashSet(StringComparer.Ordinal));
        }

        return kinds;
    }
}
