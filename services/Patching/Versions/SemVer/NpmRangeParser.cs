using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Governance.Patching.Versions.SemVer;

/// <summary>Reads one set of an npm range (what stands between <c>||</c>) into comparisons with whole versions.</summary>
internal static partial class NpmRangeParser
{
    private const string Version =
        @"(?<prefix>(?:=\s*)?v?)(?<major>[0-9]+|[xX*])(?:\.(?<minor>[0-9]+|[xX*])(?:\.(?<patch>[0-9]+|[xX*])" +
        @"(?:-(?<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?)?";

    public static bool TryParse(string text, [NotNullWhen(true)] out IReadOnlyList<Partial.Simple>? comparators)
    {
        text = text.Trim();
        comparators = text.Length == 0 ? [] : ParseHyphen(text) ?? ParseComparators(text);
        return comparators is not null;
    }

    private static List<Partial.Simple>? ParseHyphen(string text)
    {
        var match = Hyphen().Match(text);
        if (!match.Success)
        {
            return null;
        }
        return TryReadPartial(match, 0, out var from, isLoose: true) && TryReadPartial(match, 1, out var to, isLoose: true)
            ? [.. from.From(), .. to.UpTo()]
            : null;
    }

    private static List<Partial.Simple>? ParseComparators(string text)
    {
        var comparators = new List<Partial.Simple>();
        for (var position = 0; position < text.Length;)
        {
            var match = Comparator().Match(text, position);
            var op = match.Groups["op"].Value;
            if (!match.Success || !TryReadPartial(match, 0, out var partial, isLoose: op is "^" or "~" or "~>"))
            {
                return null;
            }
            comparators.AddRange(op switch
            {
                "^" => partial.Caret(),
                "~" or "~>" => partial.Tilde(),
                "<" => partial.Compare(Partial.Operator.Less),
                "<=" => partial.Compare(Partial.Operator.AtMost),
                ">" => partial.Compare(Partial.Operator.Greater),
                ">=" => partial.Compare(Partial.Operator.AtLeast),
                _ => partial.Compare(Partial.Operator.Equal),
            });
            position += match.Length;
        }

        return comparators;
    }

    // isLoose: around a hyphen and after a tilde or caret npm overlooks an equals sign, and a number that follows an x.
    private static bool TryReadPartial(Match match, int occurrence, out Partial partial, bool isLoose = false)
    {
        var major = match.Groups["major"].Captures[occurrence];
        var end =
            occurrence + 1 < match.Groups["major"].Captures.Count ? match.Groups["major"].Captures[occurrence + 1].Index : int.MaxValue;
        if (!Partial.TryParse(major.Value, After("minor"), After("patch"), After("pre"), out partial))
        {
            return false;
        }
        var isWhole = partial.Patch is not null;
        var numberAfterX = !isWhole && (IsNumber(After("patch")) || (partial.Minor is null && IsNumber(After("minor"))));
        return isLoose || (!numberAfterX && !(isWhole && match.Groups["prefix"].Captures[occurrence].Value.StartsWith('=')));

        string After(string name) => match.Groups[name].Captures
            .FirstOrDefault(capture => capture.Index > major.Index && capture.Index < end)?.Value ?? "";
    }

    private static bool IsNumber(string text) => text is [>= '0' and <= '9', ..];

    [GeneratedRegex(@"^" + Version + @"\s+-\s+" + Version + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Hyphen();

    [GeneratedRegex(@"\G(?<op>~>|~|\^|>=|<=|>|<|=)?\s*" + Version + @"(?:\s+|$)", RegexOptions.CultureInvariant)]
    private static partial Regex Comparator();
}
