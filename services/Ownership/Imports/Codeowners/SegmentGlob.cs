namespace Governance.Ownership.Imports.Codeowners;

/// <summary>One segment of a pattern, between two slashes: `*` stands for any characters, `?` for one, a backslash escapes.</summary>
internal sealed class SegmentGlob
{
    private readonly Piece[] _pieces;
    private readonly string _head;
    private readonly string _tail;
    private readonly bool _isHeadStarTail;

    private SegmentGlob(Piece[] pieces)
    {
        _pieces = pieces;
        _head = TextOf(pieces.TakeWhile(IsLetter));
        _tail = TextOf(pieces.Reverse().TakeWhile(IsLetter).Reverse());
        if (_head.Length == pieces.Length) Literal = _head;
        IsLoneStar = pieces is [{ Kind: PieceKind.Star }];
        _isHeadStarTail = _head.Length + _tail.Length + 1 == pieces.Length && pieces[_head.Length].Kind == PieceKind.Star;
    }

    private enum PieceKind
    {
        Letter,
        Any,
        Star,
    }

    /// <summary>The text that it stands for; null when it has a wildcard.</summary>
    public string? Literal { get; }

    /// <summary>Whether it is `*`.</summary>
    public bool IsLoneStar { get; }

    /// <summary>`.js` of `*.js`: what follows the last dot of everything that matches. Null where that is not certain.</summary>
    public string? Extension => _tail.LastIndexOf('.') is >= 0 and var dot ? _tail[dot..] : null;

    public static SegmentGlob Parse(string text)
    {
        var (pieces, isEscaped) = (new List<Piece>(text.Length), false);
        foreach (var letter in text)
        {
            var wasEscaped = isEscaped;
            isEscaped = letter == '\\' && !isEscaped;
            if (isEscaped) continue;
            pieces.Add(new Piece(KindOf(letter, wasEscaped), letter));
        }

        return new SegmentGlob([.. pieces]);
    }

    /// <summary>In time that grows with the product of both lengths at worst: only the last `*` is ever tried again.</summary>
    public bool IsMatch(string segment)
    {
        if (Literal is not null) return string.Equals(segment, Literal, StringComparison.Ordinal);
        if (IsLoneStar) return segment.Length > 0;
        if (segment.Length < _head.Length + _tail.Length) return false;
        if (!segment.EndsWith(_tail, StringComparison.Ordinal) || !segment.StartsWith(_head, StringComparison.Ordinal)) return false;
        return _isHeadStarTail || IsMatchOf(segment);
    }

    private bool IsMatchOf(string segment)
    {
        var (piece, at, star, starAt) = (0, 0, -1, 0);
        while (at < segment.Length)
        {
            if (piece < _pieces.Length && _pieces[piece].Kind == PieceKind.Star)
            {
                (star, starAt) = (piece++, at);
            }
            else if (piece < _pieces.Length && Taken(_pieces[piece], segment, at) is > 0 and var taken)
            {
                (piece, at) = (piece + 1, at + taken);
            }
            else if (star >= 0)
            {
                (piece, at) = (star + 1, ++starAt);
            }
            else
            {
                return false;
            }
        }

        while (piece < _pieces.Length && _pieces[piece].Kind == PieceKind.Star) piece++;
        return piece == _pieces.Length;
    }

    /// <summary>How much of the segment the piece takes: two for a `?` on a character outside the basic plane.</summary>
    private static int Taken(Piece piece, string segment, int at)
    {
        if (piece.Kind == PieceKind.Letter) return segment[at] == piece.Letter ? 1 : 0;
        return char.IsHighSurrogate(segment[at]) && at + 1 < segment.Length && char.IsLowSurrogate(segment[at + 1]) ? 2 : 1;
    }

    private static PieceKind KindOf(char letter, bool isEscaped) => (isEscaped, letter) switch
    {
        (false, '*') => PieceKind.Star,
        (false, '?') => PieceKind.Any,
        _ => PieceKind.Letter,
    };

    private static bool IsLetter(Piece piece) => piece.Kind == PieceKind.Letter;

    private static string TextOf(IEnumerable<Piece> pieces) => string.Concat(pieces.Select(piece => piece.Letter));

    private readonly record struct Piece(PieceKind Kind, char Letter);
}
