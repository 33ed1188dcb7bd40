using Governance.Ownership.Imports.Records;
namespace Governance.Ownership.Imports.Backstage;

/// <summary>
/// Facts that Backstage does not know, from wherever they were put: `spec`, then labels, then annotations, by the last part of the key
/// (`governance/tier`, `sizeLines` or `acme.example/size-lines`).
/// </summary>
internal sealed class EntityFacts
{
    public const string Tier = "tier";
    public const string Exposure = "exposure";
    public const string Environments = "environments";
    public const string PlatformProduct = "platformproduct";
    public const string PlatformVersion = "platformversion";
    public const string SizeLines = "sizelines";
    public const string SizeInLines = "sizeinlines";
    public const string MaximumTolerableDowntime = "maximumtolerabledowntime";
    public const string RecoveryTime = "rto";
    public const string RecoveryPoint = "rpo";
    public const string Repositories = "repositories";
    public const string Codeowners = "codeowners";

    private static readonly HashSet<string> Words =
    [
        Tier, Exposure, Environments, PlatformProduct, PlatformVersion, SizeLines, SizeInLines, MaximumTolerableDowntime, RecoveryTime,
        RecoveryPoint, Repositories, Codeowners,
    ];

    private readonly Dictionary<string, (YamlMap Map, string Key, string Place)> _facts = new(StringComparer.Ordinal);
    private readonly List<(string Duty, string Area, string Party, string Place)> _duties = [];

    public EntityFacts(YamlMap metadata, YamlMap? spec)
    {
        Take(spec, "spec");
        Take(metadata.Map("labels"), "metadata.labels");
        Take(metadata.Map("annotations"), "metadata.annotations");
    }

    /// <summary>Duties by keys such as `governance/accountable.security-patching`.</summary>
    public IReadOnlyList<(string Duty, string Area, string Party, string Place)> Duties => _duties;

    /// <summary>Whether a key of a label or annotation is a fact of ours, whose value may be a bare number.</summary>
    public static bool IsFact(string key) => Words.Contains(WordOf(key));

    /// <summary>The fact's text and place; null when nobody gave it.</summary>
    public string? Text(string word) => Texts(word) is [var first, ..] ? first : null;

    /// <summary>The fact's texts; empty when nobody gave it.</summary>
    public IReadOnlyList<string> Texts(string word) => _facts.TryGetValue(word, out var fact) ? fact.Map.Texts(fact.Key) : [];

    /// <summary>Where the fact stands; the word itself when nobody gave it.</summary>
    public string Place(string word) => _facts.TryGetValue(word, out var fact) ? fact.Place : word;

    private void Take(YamlMap? map, string place)
    {
        foreach (var (key, _) in map?.Pairs ?? [])
        {
            var at = $"{place}.{CatalogWords.Short(key)}";
            if (WordOf(key) is var word && Words.Contains(word))
            {
                _facts.TryAdd(word, (map!, key, at));
            }
            else if (LastPart(key).Split('.', 2) is [var duty, { Length: > 0 } area] && DutyWords.IsDuty(duty))
            {
                _duties.AddRange(map!.Texts(key).Select(party => (duty, area, party, at)));
            }
        }
    }

    private static string LastPart(string key) => key[(key.LastIndexOf('/') + 1)..];

    private static string WordOf(string key) =>
        LastPart(key).Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
