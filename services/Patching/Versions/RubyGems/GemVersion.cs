namespace Governance.Patching.Versions.RubyGems;

/// <summary>A gem's version: numbers and words, of which any word makes it a prerelease.</summary>
/// <remarks>
/// Source: https://docs.ruby-lang.org/en/master/Gem/Version.html. Zeros at the end, and before the first word, do not count.
/// </remarks>
internal sealed class GemVersion : PackageVersion, IComparable<GemVersion>
{
    /// <summary>As written.</summary>
    private readonly Segment[] _segments;

    /// <summary>Without zeros that do not count.</summary>
    private readonly Segment[] _canonical;

    private GemVersion(string text, Segment[] segments)
        : base(text) => (_segments, _canonical) = (segments, Canonical(segments));

    /// <summary>The version without what follows the first word: the release that a prerelease leads to.</summary>
    public GemVersion Release => new(Text, [.. Numbers]);

    /// <summary>The least version whose number before the last is one more: of 5.3.1 it is 5.4.</summary>
    public GemVersion Bump
    {
        get
        {
            Segment[] numbers = [.. Numbers];
            if (numbers.Length > 1)
            {
                numbers = numbers[..^1];
            }
            numbers[^1] = new Segment(numbers[^1].Number.Next, null);
            return new GemVersion(Text, numbers);
        }
    }

    private IEnumerable<Segment> Numbers => _segments.TakeWhile(segment => segment.Word is null);

    public static GemVersion? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || !IsVersion(trimmed))
        {
            return null;
        }
        var segments = new List<Segment>(4);
        for (var i = 0; i < trimmed.Length;)
        {
            var length = Numeral.LengthAt(trimmed, i);
            if (length > 0)
            {
                segments.Add(new Segment(Numeral.Parse(trimmed.Slice(i, length)), null));
            }
            else if (trimmed[i] == '-')
            {
                segments.Add(new Segment(default, "pre"));
            }
            else if ((length = LettersAt(trimmed, i)) > 0)
            {
                segments.Add(new Segment(default, trimmed.Slice(i, length).ToString()));
            }
            i += Math.Max(length, 1);
        }

        return new GemVersion(text, [.. segments]);
    }

    public int CompareTo(GemVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        for (var i = 0; i < _canonical.Length || i < other._canonical.Length; i++)
        {
            var left = i < _canonical.Length ? _canonical[i] : default;
            var order = left.CompareTo(i < other._canonical.Length ? other._canonical[i] : default);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>A digit first, then identifiers of letters and digits; after the first hyphen they may hold hyphens too.</summary>
    /// <remarks>RubyGems wants the first identifier to be a number; feeds also have <c>1beta</c>, which has a clear place.</remarks>
    private static bool IsVersion(ReadOnlySpan<char> text)
    {
        var hyphen = text.IndexOf('-');
        var main = hyphen < 0 ? text : text[..hyphen];
        return main is [>= '0' and <= '9', ..] && AreIdentifiers(main, "") &&
            (hyphen < 0 || AreIdentifiers(text[(hyphen + 1)..], "-"));
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, string others)
    {
        foreach (var range in text.Split('.'))
        {
            if (text[range].IsEmpty)
            {
                return false;
            }
            foreach (var c in text[range])
            {
                if (!char.IsAsciiLetterOrDigit(c) && !others.Contains(c, StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static int LettersAt(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && char.IsAsciiLetter(text[end]))
        {
            end++;
        }
        return end - start;
    }

    private static Segment[] Canonical(Segment[] segments)
    {
        var words = Array.FindIndex(segments, segment => segment.Word is not null);
        return words < 0 ? WithoutZeros(segments) : [.. WithoutZeros(segments[..words]), .. WithoutZeros(segments[words..])];
    }

    private static Segment[] WithoutZeros(Segment[] segments) =>
        segments[..(Array.FindLastIndex(segments, segment => !segment.IsZero) + 1)];

    /// <summary>Words come before numbers; what is missing is zero.</summary>
    private readonly record struct Segment(Numeral Number, string? Word) : IComparable<Segment>
    {
        public bool IsZero => Word is null && Number.IsZero;

        public int CompareTo(Segment other)
        {
            if (Word is null || other.Word is null)
            {
                return Word is null && other.Word is null ? Number.CompareTo(other.Number) : Word is null ? 1 : -1;
            }
            return string.CompareOrdinal(Word, other.Word);
        }
    }
}
