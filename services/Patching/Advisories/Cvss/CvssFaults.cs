namespace Governance.Patching.Advisories.Cvss;

/// <summary>What is wrong with a vector, in words.</summary>
internal static class CvssFaults
{
    private const int LongestQuote = 40;

    public static CvssFault Prefix(string text)
    {
        const string Known = "CVSS:3.0/, CVSS:3.1/ or CVSS:4.0/";
        if (!text.StartsWith("CVSS:", StringComparison.Ordinal))
        {
            return new CvssFault("UNKNOWN_PREFIX", $"Must begin with {Known}; it begins with '{Quote(text.Split('/')[0])}'.");
        }
        var version = text[5..].Split('/')[0];
        return version is "3.0" or "3.1" or "4.0"
            ? new CvssFault("MISSING_METRIC", "There is no metric after the version.")
            : new CvssFault("UNKNOWN_VERSION", $"Version '{Quote(version)}' is not scored; it must begin with {Known}.");
    }

    public static CvssFault NoMetric(ReadOnlySpan<char> text, CvssVersion version) => text.IsEmpty
        ? new CvssFault("MALFORMED", "There is an empty metric: a slash at the end, or two in a row.")
        : new CvssFault("MALFORMED", $"'{Quote(text)}' is no metric of CVSS {version.Number()} with a value, as AV:N.");

    public static CvssFault Unknown(ReadOnlySpan<char> name, CvssGrammar grammar, CvssVersion version)
    {
        var isCase = grammar.Find(name.ToString().ToUpperInvariant(), 0) >= 0;
        return new CvssFault(
            "UNKNOWN_METRIC", $"'{Quote(name)}' is no metric of CVSS {version.Number()}{(isCase ? ": metrics are in upper case" : "")}.");
    }

    public static CvssFault Value(ReadOnlySpan<char> value, CvssMetric metric) =>
        new("INVALID_VALUE", $"{metric.Name} is '{Quote(value)}'; it can be {string.Join(", ", metric.Values)}.");

    public static CvssFault Twice(CvssMetric metric) => new("DUPLICATE_METRIC", $"{metric.Name} is given twice.");

    public static CvssFault Order(CvssMetric metric, CvssMetric before) =>
        new(
            "WRONG_ORDER",
            $"{metric.Name} must stand before {before.Name}: CVSS 4.0 allows no other order of metrics than that of its table.");

    public static CvssFault Missing(CvssGrammar grammar, char[] values) =>
        new(
            "MISSING_METRIC",
            $"Missing: {string.Join(", ", grammar.Metrics.Take(grammar.Mandatory).Where((_, at) => values[at] == '\0').Select(metric => metric.Name))}.");

    private static string Quote(ReadOnlySpan<char> text) => text.Length > LongestQuote ? $"{text[..LongestQuote]}…" : text.ToString();
}
