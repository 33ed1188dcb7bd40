using System.Text.RegularExpressions;

namespace Governance.Patching.Advisories.Csaf;

/// <summary>Ranges of versions as branches write them.</summary>
internal static partial class CsafRange
{
    /// <summary>
    /// One comparison, or one from below and one from above, as events: <c>&lt;4.2</c>, <c>&gt;=4.0|&lt;4.2</c>. Any other is
    /// kept as it is, a <c>vers:</c> range to be read where versions are compared.
    /// </summary>
    public static VersionRange Of(string text)
    {
        var parts = Comparisons().Match(text).Groups["part"].Captures.Select(part => Split(part.Value.Trim())).ToList();
        var from = parts.FindAll(part => part.Sign == ">=");
        var until = parts.FindAll(part => part.Sign[0] == '<');
        if (parts.Count == 0 || from.Count > 1 || until.Count > 1 || from.Count + until.Count < parts.Count)
        {
            return new VersionRange(RangeType.Unknown, [], text);
        }
        var events = new List<RangeEvent> { new(RangeEventKind.Introduced, from.Count == 0 ? "0" : from[0].Version) };
        if (until.Count > 0)
        {
            events.Add(new RangeEvent(until[0].Sign == "<" ? RangeEventKind.Fixed : RangeEventKind.LastAffected, until[0].Version));
        }
        return new VersionRange(RangeType.Ecosystem, events, null);
    }

    private static (string Sign, string Version) Split(string comparison)
    {
        var length = comparison[1] == '=' ? 2 : 1;
        return (comparison[..length], comparison[length..].Trim());
    }

    [GeneratedRegex(
        @"^(?<part>\s*(<=|>=|<|>)\s*[0-9A-Za-z][^\s|,<>=&]*\s*)([|,&]*(?<part>\s*(<=|>=|<|>)\s*[0-9A-Za-z][^\s|,<>=&]*\s*))?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Comparisons();
}
