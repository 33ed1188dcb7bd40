using System.Globalization;
using System.Text.RegularExpressions;

namespace Governance.Suite.LocalPubSub.Resources;

/// <summary>Durations as Dapr writes them, in Go's notation: <c>500ms</c>, <c>1m30s</c>.</summary>
internal static partial class GoDuration
{
    public static TimeSpan? Parse(string text)
    {
        var match = Whole().Match(text);
        if (!match.Success) return null;
        var total = 0.0;
        for (var part = 0; part < match.Groups["number"].Captures.Count; part++)
        {
            total += double.Parse(match.Groups["number"].Captures[part].Value, CultureInfo.InvariantCulture)
                * Milliseconds(match.Groups["unit"].Captures[part].Value);
        }
        return total <= TimeSpan.FromDays(365).TotalMilliseconds ? TimeSpan.FromMilliseconds(total) : null;
    }

    private static double Milliseconds(string unit) => unit switch
    {
        "h" => 3_600_000,
        "m" => 60_000,
        "s" => 1_000,
        "ms" => 1,
        "us" or "µs" => 0.001,
        _ => 0.000001,
    };

    [GeneratedRegex(@"^(?:(?<number>\d+(?:\.\d+)?)(?<unit>h|ms|m|s|us|µs|ns))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Whole();
}
