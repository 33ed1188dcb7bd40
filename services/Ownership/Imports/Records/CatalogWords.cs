using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;

namespace Governance.Ownership.Imports.Records;

/// <summary>Reads the facts that catalogues give as words, with their defaults.</summary>
internal static partial class CatalogWords
{
    private static readonly string[] DefaultEnvironments = ["staging", "production"];

    /// <summary>An unset tier is 1: what nobody has classified is treated as what stops orders.</summary>
    public static int Tier(string? text, string place, CatalogFaults faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return 1;
        if (int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var tier) && tier is >= 1 and <= 4) return tier;
        faults.Add(place, $"tier '{Short(text)}' is not 1, 2, 3 or 4");
        return 1;
    }

    /// <summary>Lines of code; 0 when unset.</summary>
    public static long Size(string? text, string place, CatalogFaults faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return 0;
        if (long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines <= 1_000_000_000)
        {
            return lines;
        }
        faults.Add(place, $"size '{Short(text)}' is no count of lines up to 1,000,000,000");
        return 0;
    }

    /// <summary>Lower-case; staging and production when unset.</summary>
    public static IReadOnlyList<string> Environments(IEnumerable<string> words)
    {
        string[] named = [.. words.Select(word => word.Trim().ToLowerInvariant()).Where(word => word.Length > 0).Distinct()];
        return named.Length == 0 ? DefaultEnvironments : named;
    }

    /// <summary>A value of an enumeration, in any case and with or without `-` and `_`.</summary>
    public static TEnum Word<TEnum>(string? text, TEnum whenUnset, string field, string place, CatalogFaults faults)
        where TEnum : struct, Enum
    {
        if (string.IsNullOrWhiteSpace(text)) return whenUnset;
        var word = text.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        if (word.All(char.IsAsciiLetter) && Enum.TryParse<TEnum>(word, ignoreCase: true, out var value)) return value;
        var allowed = Enum.GetNames<TEnum>().Where(name => name != "Unspecified").Select(name => name.ToLowerInvariant());
        faults.Add(place, $"{field} '{Short(text)}' is none of {string.Join(", ", allowed)}");
        return whenUnset;
    }

    /// <summary>`4h`, `1d 12h`, `90 minutes`, `PT4H`, `P1D`; null when unset.</summary>
    public static Duration? Time(string? text, string place, CatalogFaults faults)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var duration = text.Trim().StartsWith('P') ? IsoTime(text.Trim()) : PlainTime(text.Trim());
        if (duration is { } read && read >= Duration.Zero && read <= Duration.FromDays(3650)) return read;
        faults.Add(place, $"'{Short(text)}' is no duration such as 4h, 30m, 1d or PT4H");
        return null;
    }

    /// <summary>What stands between `;`, `|` or `,`.</summary>
    public static IEnumerable<string> Split(string text) =>
        text.Split([';', '|', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>For messages: a stranger's text, not longer than a line.</summary>
    public static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}…";

    private static Duration? IsoTime(string text)
    {
        var read = PeriodPattern.NormalizingIso.Parse(text);
        return read.Success && read.Value is { Months: 0, Years: 0 } period ? period.ToDuration() : null;
    }

    private static Duration? PlainTime(string text)
    {
        var match = Plain().Match(text);
        if (!match.Success) return null;
        var total = Duration.Zero;
        for (var i = 0; i < match.Groups["count"].Captures.Count; i++)
        {
            var count = int.Parse(match.Groups["count"].Captures[i].ValueSpan, CultureInfo.InvariantCulture);
            total += count * UnitOf(match.Groups["unit"].Captures[i].Value);
        }

        return total;
    }

    private static Duration UnitOf(string unit) => char.ToLowerInvariant(unit[0]) switch
    {
        'd' => Duration.FromDays(1),
        'h' => Duration.FromHours(1),
        'm' => Duration.FromMinutes(1),
        _ => Duration.FromSeconds(1),
    };

    [GeneratedRegex(@"^(?:(?<count>\d{1,7})\s*(?<unit>d|days?|h|hours?|m|min|minutes?|s|sec|seconds?)\s*)+\z", RegexOptions.IgnoreCase)]
    private static partial Regex Plain();
}
