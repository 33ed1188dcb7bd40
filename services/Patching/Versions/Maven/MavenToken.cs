namespace Governance.Patching.Versions.Maven;

/// <summary>A number or a qualifier of a Maven version, and whether a hyphen or a period stands before it.</summary>
/// <remarks>A change between digits and letters counts as a hyphen.</remarks>
internal readonly struct MavenToken
{
    /// <summary>In their order; the empty one is the release. Any other qualifier comes after them.</summary>
    private static readonly string[] Qualifiers = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];

    private const int Release = 5;

    private readonly bool _isNumber;
    private readonly Numeral _number;
    private readonly int _rank;
    private readonly string _text;

    private MavenToken(bool hasHyphen, bool isNumber, Numeral number, int rank, string text) =>
        (HasHyphen, _isNumber, _number, _rank, _text) = (hasHyphen, isNumber, number, rank, text);

    public bool HasHyphen { get; }

    /// <summary>Whether it says nothing at an end: a zero, a word for the release.</summary>
    public bool IsNull => _isNumber ? _number.IsZero : _rank == Release;

    /// <summary>Numbers are after a hyphen less than after a period, qualifiers more.</summary>
    private int Class => _isNumber ? (HasHyphen ? 2 : 3) : HasHyphen ? 1 : 0;

    /// <param name="digits">None mean zero.</param>
    /// <param name="hasHyphen">Whether a hyphen stands before it.</param>
    public static MavenToken OfNumber(ReadOnlySpan<char> digits, bool hasHyphen) => new(hasHyphen, true, Numeral.Parse(digits), 0, "");

    /// <param name="text">Lower case.</param>
    /// <param name="hasHyphen">Whether a hyphen stands before it.</param>
    /// <param name="isBeforeDigit">Whether a digit follows at once, so that one letter may stand for a whole word.</param>
    public static MavenToken OfQualifier(string text, bool hasHyphen, bool isBeforeDigit)
    {
        text = (text, isBeforeDigit) switch
        {
            ("a", true) => "alpha",
            ("b", true) => "beta",
            ("m", true) => "milestone",
            ("cr", _) => "rc",
            ("ga" or "final" or "release", _) => "",
            _ => text,
        };
        var known = Array.IndexOf(Qualifiers, text);
        return new MavenToken(hasHyphen, false, default, known < 0 ? Qualifiers.Length : known, known < 0 ? text : "");
    }

    public int CompareTo(MavenToken other)
    {
        if (Class != other.Class)
        {
            return Class.CompareTo(other.Class);
        }
        if (_isNumber)
        {
            return _number.CompareTo(other._number);
        }
        return _rank != other._rank ? _rank.CompareTo(other._rank) : string.CompareOrdinal(_text, other._text);
    }

    /// <summary>Compares it to what a shorter version does not have.</summary>
    public int CompareToNothing() => _isNumber ? (_number.IsZero ? 0 : 1) : _rank.CompareTo(Release);
}
