using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using static Governance.Patching.Versions.Composer.ComposerConstraint;

namespace Governance.Patching.Versions.Composer;

/// <summary>Reads Composer's constraint language into plain comparisons of normal forms.</summary>
/// <remarks>
/// Semantics: https://getcomposer.org/doc/articles/versions.md. A bare lower bound lets the release's own
/// prereleases in, a bare upper bound keeps them out: both bounds get <c>-dev</c>.
/// </remarks>
internal static partial class ComposerConstraintParser
{
    private const string Modifier = @"[._-]?(?:(?:stable|beta|b|RC|alpha|a|patch|pl|p)(?>(?:[.-]?[0-9]+)*))?(?:[.-]?dev)?";

    private const string Numbers = @"v?(?<n1>[0-9]+)(?:\.(?<n2>[0-9]+))?(?:\.(?<n3>[0-9]+))?(?:\.(?<n4>[0-9]+))?";

    private const string Version = Numbers + @"(?:(?<mod>" + Modifier + @")|\.(?<xdev>[xX*][.-]?dev))(?:\+[^\s]+)?";

    private const string To = @"v?(?<t1>[0-9]+)(?:\.(?<t2>[0-9]+))?(?:\.(?<t3>[0-9]+))?(?:\.(?<t4>[0-9]+))?" +
        @"(?:(?<tmod>" + Modifier + @")|\.(?<txdev>[xX*][.-]?dev))(?:\+[^\s]+)?";

    public static string[] Alternatives(string text) => Or().Split(text.Trim());

    public static bool TryParseGroup(string text, [NotNullWhen(true)] out IReadOnlyList<Comparison>? comparisons)
    {
        var all = new List<Comparison>();
        comparisons = null;
        foreach (var part in And().Split(text))
        {
            if (Parse(part) is not { } parsed)
            {
                return false;
            }
            all.AddRange(parsed);
        }

        comparisons = all;
        return true;
    }

    private static IReadOnlyList<Comparison>? Parse(string text)
    {
        if (Alias().Match(text) is { Success: true } alias)
        {
            text = alias.Groups[1].Value;
        }
        string? stability = null;
        if (Flag().Match(text) is { Success: true } flag)
        {
            text = flag.Groups[1].Length > 0 ? flag.Groups[1].Value : "*";
            stability = flag.Groups[2].Value is "stable" ? null : flag.Groups[2].Value;
        }

        if (Reference().Match(text) is { Success: true } reference)
        {
            text = reference.Groups[1].Value;
        }
        if (Any().Match(text) is { Success: true } any)
        {
            return any.Groups[1].Length > 0 || any.Groups[2].Length > 0 ? [Comparison.Of(">=", "0.0.0.0-dev")] : [];
        }
        return Tilde(text) ?? Caret(text) ?? Wildcard(text) ?? Hyphen(text) ?? Plain(text, stability);
    }

    private static IReadOnlyList<Comparison>? Tilde(string text)
    {
        if (TildeRange().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var position = LastNumber(match, "n") + (match.Groups["xdev"].Success ? 1 : 0);
        return Between(text[1..], match, Bump(match, "n", Math.Max(1, position - 1)));
    }

    private static IReadOnlyList<Comparison>? Caret(string text)
    {
        if (CaretRange().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var position = match.Groups["n1"].Value != "0" || !match.Groups["n2"].Success ? 1
            : match.Groups["n2"].Value != "0" || !match.Groups["n3"].Success ? 2
            : 3;
        return Between(text[1..], match, Bump(match, "n", position));
    }

    private static IReadOnlyList<Comparison>? Between(string low, Match match, string high)
    {
        var bare = match.Groups["mod"].Length == 0 && !match.Groups["xdev"].Success;
        return ComposerNormalizer.Normalize(bare ? low + "-dev" : low) is { } normalized
            ? [Comparison.Of(">=", normalized), Comparison.Of("<", high + "-dev")]
            : null;
    }

    private static IReadOnlyList<Comparison>? Wildcard(string text)
    {
        if (WildcardRange().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var position = LastNumber(match, "n");
        var low = Cut(match, "n", position) + "-dev";
        var below = Comparison.Of("<", Bump(match, "n", position) + "-dev");
        return low == "0.0.0.0-dev" ? [below] : [Comparison.Of(">=", low), below];
    }

    private static IReadOnlyList<Comparison>? Hyphen(string text)
    {
        if (HyphenRange().Match(text) is not { Success: true } match)
        {
            return null;
        }
        var bareLow = match.Groups["mod"].Length == 0 && !match.Groups["xdev"].Success;
        if (ComposerNormalizer.Normalize(match.Groups["from"].Value) is not { } low ||
            ComposerNormalizer.Normalize(match.Groups["to"].Value) is not { } high)
        {
            return null;
        }
        var whole = match.Groups["t3"].Success || match.Groups["tmod"].Length > 0 || match.Groups["txdev"].Success;
        var upper = whole
            ? Comparison.Of("<=", high)
            : Comparison.Of("<", Bump(match, "t", match.Groups["t2"].Success ? 2 : 1) + "-dev");
        return [Comparison.Of(">=", bareLow ? low + "-dev" : low), upper];
    }

    private static IReadOnlyList<Comparison>? Plain(string text, string? stability)
    {
        var match = Comparator().Match(text);
        var (op, version) = (match.Groups[1].Value, match.Groups[2].Value);
        var normalized = ComposerNormalizer.Normalize(version);
        if (normalized is null && version.EndsWith("-dev", StringComparison.Ordinal) && BranchName().IsMatch(version))
        {
            normalized = "dev-" + version[..^4];
        }
        if (normalized is null)
        {
            return null;
        }
        if (op is not ("" or "=" or "==") && stability is not null && ComposerStabilities.Of(normalized) == ComposerStability.Stable)
        {
            normalized += "-" + stability;
        }
        else if (op is "<" or ">=" && !ModifierAtEnd().IsMatch(version) && !version.StartsWith("dev-", StringComparison.Ordinal))
        {
            normalized += "-dev";
        }
        return [Comparison.Of(op, normalized)];
    }

    private static int LastNumber(Match match, string prefix) =>
        Enumerable.Range(1, 4).Last(i => match.Groups[Name(prefix, i)].Success);

    private static string Cut(Match match, string prefix, int position) => Join(match, prefix, position, 0);

    private static string Bump(Match match, string prefix, int position) => Join(match, prefix, position, 1);

    private static string Join(Match match, string prefix, int position, int increment) =>
        string.Join('.', Enumerable.Range(1, 4).Select(i =>
        {
            var group = match.Groups[Name(prefix, i)];
            if (i > position || !group.Success)
            {
                return i == position ? increment.ToString(CultureInfo.InvariantCulture) : "0";
            }
            return i < position || increment == 0
                ? group.Value
                : (BigInteger.Parse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) + increment).ToString(
                    CultureInfo.InvariantCulture);
        }));

    private static string Name(string prefix, int i) => prefix + (char)('0' + i);

    [GeneratedRegex(@"\s*\|\|?\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Or();

    [GeneratedRegex("(?<!^|as|[=>< ,]) *(?<!-)[, ](?!-) *(?!,|as|$)", RegexOptions.CultureInvariant)]
    private static partial Regex And();

    [GeneratedRegex(@"^([^,\s]+) +as +([^,\s]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Alias();

    [GeneratedRegex(@"^([^,\s]*?)@(stable|RC|beta|alpha|dev)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Flag();

    [GeneratedRegex(@"^(dev-[^,\s@]+?|[^,\s@]+?\.x-dev)#.+$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(v)?[xX*](\.[xX*])*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Any();

    [GeneratedRegex("^~" + Version + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TildeRange();

    [GeneratedRegex(@"^\^" + Version + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CaretRange();

    [GeneratedRegex(@"^v?(?<n1>[0-9]+)(?:\.(?<n2>[0-9]+))?(?:\.(?<n3>[0-9]+))?(?:\.[xX*])+$", RegexOptions.CultureInvariant)]
    private static partial Regex WildcardRange();

    [GeneratedRegex("^(?<from>" + Version + ") +- +(?<to>" + To + ")$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HyphenRange();

    [GeneratedRegex(@"^(<>|!=|>=?|<=?|==?)?\s*(.*)", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Comparator();

    [GeneratedRegex("^[0-9a-zA-Z./-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex BranchName();

    [GeneratedRegex("-" + Modifier + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ModifierAtEnd();
}
