using System.Globalization;
using System.Numerics;

namespace Governance.Patching.Versions;

/// <summary>A whole number of any length, as versions carry them; leading zeros do not count.</summary>
internal readonly struct Numeral : IComparable<Numeral>
{
    private const int DigitsThatFit = 19;

    private readonly ulong _value;

    /// <summary>Null while the value fits.</summary>
    private readonly string? _digits;

    private Numeral(ulong value, string? digits) => (_value, _digits) = (value, digits);

    /// <summary>One more.</summary>
    public Numeral Next => Parse((BigInteger.Parse(ToString(), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));

    public bool IsZero => _value == 0 && _digits is null;

    public static Numeral Parse(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('0');
        if (text.Length > DigitsThatFit)
        {
            return new Numeral(0, text.ToString());
        }
        ulong value = 0;
        foreach (var digit in text)
        {
            value = (value * 10) + (ulong)(digit - '0');
        }
        return new Numeral(value, null);
    }

    /// <summary>How many ASCII digits stand at a place.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int start)
    {
        var length = text[start..].IndexOfAnyExceptInRange('0', '9');
        return length < 0 ? text.Length - start : length;
    }

    public int CompareTo(Numeral other)
    {
        if (_digits is null || other._digits is null)
        {
            return _digits is null && other._digits is null ? _value.CompareTo(other._value) : _digits is null ? -1 : 1;
        }
        return _digits.Length != other._digits.Length
            ? _digits.Length.CompareTo(other._digits.Length)
            : string.CompareOrdinal(_digits, other._digits);
    }

    public override string ToString() => _digits ?? _value.ToString(CultureInfo.InvariantCulture);
}
