namespace Governance.Patching.Versions.Alpine;

/// <summary>A version of Alpine's packages: <c>1.2.3a_rc4_git5~0cafe-r6</c>.</summary>
/// <remarks>Source: https://wiki.alpinelinux.org/wiki/APKBUILD_Reference#pkgver, compared as apk-tools 3 does.</remarks>
internal sealed class AlpineVersion : PackageVersion, IComparable<AlpineVersion>
{
    private static readonly string[] Suffixes = ["alpha", "beta", "pre", "rc", "cvs", "svn", "git", "hg", "p"];

    /// <summary>Where suffixes that come after the release begin.</summary>
    private const int FirstAfterRelease = 4;

    private readonly List<Token> _tokens = [];

    private AlpineVersion(string text)
        : base(text)
    {
    }

    /// <summary>What stands in a version, in the order in which it may.</summary>
    private enum Part
    {
        First,
        Number,
        Letter,
        Suffix,
        SuffixNumber,
        Commit,
        Revision,
        End,
    }

    public static AlpineVersion? Parse(string text)
    {
        var version = new AlpineVersion(text);
        return version.Read(text.AsSpan().Trim()) ? version : null;
    }

    public int CompareTo(AlpineVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var place = 0;
        while (TokenAt(place).Part == other.TokenAt(place).Part && place < _tokens.Count)
        {
            var order = Compare(_tokens[place], other._tokens[place]);
            if (order != 0)
            {
                return order;
            }
            place++;
        }

        return CompareEnds(TokenAt(place), other.TokenAt(place));
    }

    /// <summary>Number by number; as text where one after the first begins with zero.</summary>
    private static int Compare(Token left, Token right) => left.Part switch
    {
        Part.Suffix => Array.IndexOf(Suffixes, left.Text).CompareTo(Array.IndexOf(Suffixes, right.Text)),
        Part.Number when left.Text[0] != '0' && right.Text[0] != '0' => left.Number.CompareTo(right.Number),
        Part.First or Part.SuffixNumber or Part.Revision => left.Number.CompareTo(right.Number),
        _ => string.CompareOrdinal(left.Text, right.Text),
    };

    /// <summary>The version that goes on is the later one, unless it goes on with a prerelease.</summary>
    private static int CompareEnds(Token left, Token right)
    {
        if (left.Part == right.Part)
        {
            return 0;
        }
        if (left.IsPrerelease || right.IsPrerelease)
        {
            return left.IsPrerelease ? -1 : 1;
        }
        return right.Part.CompareTo(left.Part);
    }

    private Token TokenAt(int place) => place < _tokens.Count ? _tokens[place] : new Token(Part.End, "");

    private bool Read(ReadOnlySpan<char> rest)
    {
        if (!TakeNumber(Part.First, ref rest))
        {
            return false;
        }
        while (rest is ['.', ..])
        {
            rest = rest[1..];
            if (!TakeNumber(Part.Number, ref rest))
            {
                return false;
            }
        }

        if (rest is [>= 'a' and <= 'z', ..])
        {
            Take(Part.Letter, 1, ref rest);
        }
        while (rest is ['_', ..])
        {
            if (!TakeSuffix(ref rest))
            {
                return false;
            }
        }

        return TakeCommit(ref rest) && TakeRevision(ref rest) && rest.IsEmpty;
    }

    private bool TakeSuffix(ref ReadOnlySpan<char> rest)
    {
        rest = rest[1..];
        var length = rest.IndexOfAnyExceptInRange('a', 'z') is var end and >= 0 ? end : rest.Length;
        if (Array.IndexOf(Suffixes, rest[..length].ToString()) < 0)
        {
            return false;
        }
        Take(Part.Suffix, length, ref rest);
        TakeNumber(Part.SuffixNumber, ref rest);
        return true;
    }

    private bool TakeCommit(ref ReadOnlySpan<char> rest)
    {
        if (rest is not ['~', ..])
        {
            return true;
        }
        rest = rest[1..];
        var length = 0;
        while (length < rest.Length && char.IsAsciiHexDigitLower(rest[length]))
        {
            length++;
        }
        Take(Part.Commit, length, ref rest);
        return length > 0;
    }

    private bool TakeRevision(ref ReadOnlySpan<char> rest)
    {
        if (!rest.StartsWith("-r", StringComparison.Ordinal))
        {
            return true;
        }
        rest = rest[2..];
        return TakeNumber(Part.Revision, ref rest);
    }

    private bool TakeNumber(Part part, ref ReadOnlySpan<char> rest)
    {
        var length = Numeral.LengthAt(rest, 0);
        if (length > 0)
        {
            Take(part, length, ref rest);
        }
        return length > 0;
    }

    private void Take(Part part, int length, ref ReadOnlySpan<char> rest)
    {
        _tokens.Add(new Token(part, rest[..length].ToString()));
        rest = rest[length..];
    }

    private readonly record struct Token(Part Part, string Text)
    {
        public Numeral Number { get; } =
            Part is Part.First or Part.Number or Part.SuffixNumber or Part.Revision ? Numeral.Parse(Text) : default;

        public bool IsPrerelease => Part == Part.Suffix && Array.IndexOf(Suffixes, Text) < FirstAfterRelease;
    }
}
