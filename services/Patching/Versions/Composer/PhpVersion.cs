using System.Globalization;

namespace Governance.Patching.Versions.Composer;

/// <summary>A version cut into the tokens by which PHP's <c>version_compare</c> orders.</summary>
/// <remarks>
/// Source: https://www.php.net/manual/en/function.version-compare.php. The order of tokens is: any other word, dev,
/// alpha, beta, RC, the end, a number, p. One token, <c>#</c>, is level with both the end and every number, so the
/// order of versions that contain it is not transitive; no registry carries such a version.
/// </remarks>
internal readonly struct PhpVersion : IComparable<PhpVersion>
{
    private readonly List<Token> _tokens;

    private PhpVersion(List<Token> tokens) => _tokens = tokens;

    /// <param name="text">The version, normal form or not.</param>
    /// <param name="leastNumbers">How many numbers it starts with at least; zeros make up for those that miss.</param>
    public static PhpVersion Parse(string text, int leastNumbers = 0)
    {
        var tokens = new List<Token>(8);
        var pads = true;
        for (var start = 0; start < text.Length;)
        {
            var end = TokenEnd(text, start);
            if (end == start)
            {
                start++;
                continue;
            }

            var token = Token.Read(text.AsSpan(start, end - start));
            if (pads && token.Rank != Rank.Number)
            {
                pads = false;
                Pad(tokens, leastNumbers);
            }

            tokens.Add(token);
            start = end;
        }

        if (pads)
        {
            Pad(tokens, leastNumbers);
        }
        return new PhpVersion(tokens);
    }

    public int CompareTo(PhpVersion other)
    {
        for (var i = 0; i < Math.Max(_tokens.Count, other._tokens.Count); i++)
        {
            var order = At(i).CompareTo(other.At(i));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private Token At(int index) => index < _tokens.Count ? _tokens[index] : new Token(Rank.End, 0);

    private static void Pad(List<Token> tokens, int count)
    {
        while (tokens.Count < count)
        {
            tokens.Add(new Token(Rank.Number, 0));
        }
    }

    private static int TokenEnd(string text, int start)
    {
        if (text[start] == '#')
        {
            return start + 1;
        }
        var end = start;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        if (end > start)
        {
            return end;
        }
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }
        return end;
    }

    private enum Rank : byte
    {
        Other,
        Dev,
        Alpha,
        Beta,
        ReleaseCandidate,
        End,
        Number,
        Patch,
        Wildcard,
    }

    private readonly record struct Token(Rank Rank, UInt128 Value) : IComparable<Token>
    {
        public static Token Read(ReadOnlySpan<char> text)
        {
            if (char.IsAsciiDigit(text[0]))
            {
                return new Token(
                    Rank.Number,
                    UInt128.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : UInt128.MaxValue);
            }
            return new Token(text[0] == '#' ? Rank.Wildcard : WordRank(text), 0);
        }

        public int CompareTo(Token other)
        {
            if (Rank == other.Rank)
            {
                return Value.CompareTo(other.Value);
            }
            var (left, right) = (Rank, other.Rank);
            if (left == Rank.Wildcard)
            {
                left = right == Rank.End ? Rank.End : Rank.Number;
            }
            if (right == Rank.Wildcard)
            {
                right = left == Rank.End ? Rank.End : Rank.Number;
            }
            return left.CompareTo(right);
        }

        /// <summary>PHP looks at how the word begins.</summary>
        private static Rank WordRank(ReadOnlySpan<char> word)
        {
            if (word.StartsWith("dev", StringComparison.OrdinalIgnoreCase))
            {
                return Rank.Dev;
            }
            if (word.StartsWith("rc", StringComparison.OrdinalIgnoreCase))
            {
                return Rank.ReleaseCandidate;
            }
            return char.ToLowerInvariant(word[0]) switch
            {
                'a' => Rank.Alpha,
                'b' => Rank.Beta,
                'p' => Rank.Patch,
                _ => Rank.Other,
            };
        }
    }
}
