namespace Governance.Patching.Versions.Maven;

/// <summary>A Maven version.</summary>
/// <remarks>
/// The order is the version order specification in Maven's POM reference (https://maven.apache.org/pom.html) as Maven
/// had it before 3.8.7 and as OSV evaluates its records: a qualifier after a period comes before one after a hyphen.
/// </remarks>
internal sealed class MavenVersion : PackageVersion, IComparable<MavenVersion>
{
    private readonly MavenToken[] _tokens;

    private MavenVersion(string text, MavenToken[] tokens)
        : base(text) => _tokens = tokens;

    /// <summary>False for what stands for whichever version a repository has newest.</summary>
    public override bool IsComparable => Text.Trim() is not ("LATEST" or "RELEASE");

    /// <summary>Maven takes any text for a version; what is blank, has blanks or brackets or an unresolved property is none here.</summary>
    public static MavenVersion? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || trimmed.IndexOfAny(" \t\r\n${}[](),") >= 0)
        {
            return null;
        }
        var tokens = Split(trimmed.ToString().ToLowerInvariant());
        Trim(tokens);
        return new MavenVersion(text, [.. tokens]);
    }

    public int CompareTo(MavenVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        for (var i = 0; i < _tokens.Length || i < other._tokens.Length; i++)
        {
            var order = i >= _tokens.Length ? -other._tokens[i].CompareToNothing()
                : i >= other._tokens.Length ? _tokens[i].CompareToNothing()
                : _tokens[i].CompareTo(other._tokens[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static List<MavenToken> Split(string text)
    {
        var tokens = new List<MavenToken>(6);
        var hasHyphen = false;
        for (var start = 0; start <= text.Length;)
        {
            var isNumber = start == text.Length || char.IsAsciiDigit(text[start]);
            var end = start;
            while (end < text.Length && text[end] is not ('.' or '-') && char.IsAsciiDigit(text[end]) == isNumber)
            {
                end++;
            }
            var isChange = end < text.Length && text[end] is not ('.' or '-');
            tokens.Add(isNumber || end == start
                ? MavenToken.OfNumber(text.AsSpan(start, end - start), hasHyphen)
                : MavenToken.OfQualifier(text[start..end], hasHyphen, isChange));
            hasHyphen = isChange || (end < text.Length && text[end] == '-');
            start = isChange ? end : end + 1;
        }

        return tokens;
    }

    /// <summary>Drops what says nothing at the end and before each hyphen.</summary>
    private static void Trim(List<MavenToken> tokens)
    {
        for (var i = tokens.Count - 1; i > 0; i--)
        {
            if (tokens[i].IsNull)
            {
                tokens.RemoveAt(i);
                continue;
            }

            while (i >= 0 && !tokens[i].HasHyphen)
            {
                i--;
            }
        }
    }
}
