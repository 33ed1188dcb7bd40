using System.Text;
using System.Text.Json;
using Governance.Patching.Documents;
using Proto = Governance.Patching.V1;

namespace Governance.Patching.Advisories.Kev;

/// <summary>
/// The platform products that a catalogue's entry may mean, as components name theirs. The catalogue has vendors and products in
/// words, so this finds candidates for a person to decide, and only where no source names packages.
/// </summary>
internal static class KevPlatforms
{
    /// <summary>What stands for the ecosystem where a platform is kept among what advisories name.</summary>
    public const string Ecosystem = "platform";

    private static readonly Dictionary<string, string[]> Aliases = Load();

    /// <summary>None where the advisory is not listed, or a source names packages.</summary>
    public static IReadOnlyList<string> Of(Proto.Advisory advisory)
    {
        if (advisory.Kev is not { } entry || advisory.Affected.Count > 0) return [];
        var (vendor, product) = (Slug(entry.VendorProject), Slug(entry.Product));
        var whole = product == vendor || product.StartsWith(vendor + "-", StringComparison.Ordinal) ? product : $"{vendor}-{product}";
        return [.. new[] { product, whole }.Concat(Aliases.GetValueOrDefault(whole, [])).Where(Fields.LifecycleNames.IsId).Distinct()];
    }

    /// <summary>
    /// Lower-case words joined by hyphens: <c>Node.js</c> is <c>nodejs</c>, <c>Commerce and Magento</c> <c>commerce-and-magento</c>.
    /// </summary>
    private static string Slug(string words)
    {
        var slug = new StringBuilder();
        foreach (var letter in words.ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(letter);
            else if (letter is not ('.' or '\'' or '!') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }

    private static Dictionary<string, string[]> Load()
    {
        using var file = ShippedFile.Open(typeof(KevPlatforms), "KevPlatforms.json");
        return JsonSerializer.Deserialize<Dictionary<string, string[]>>(file)!;
    }
}
