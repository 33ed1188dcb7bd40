using System.Globalization;
using System.Numerics;

namespace Governance.Patching.Versions;

/// <summary>A whole number of any length, as versions carry them; leading zeros do not count.</summary>
internal readonly struct Numeral : IComparable<Numeral>
{
    private const int DigitsThatFit = 19;

    private readonly ulong value;

    /// <summary>Null while the value fits.</summary>
    private readonly string? digits;

    private Numeral(ulong value, string? digits) => (this.value, this.digits) = (value, digits);

    /// <summary>One more.</summary>
    public Numeral Next => Parse((BigInteger.Parse(ToString(), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture));

    public bool IsZero => value == 0 && digits is null;

    public static Numeral Parse(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('0');
        if (text.Length > DigitsThatFit)
            return new Numeral(0, text.ToString());
        ulong value = 0;
        foreach (var digit in text)
            value = (value * 10) + (ulong)(digit - '0');
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
        if (digits is null || other.digits is null)
            return digits is null && other.digits is null ? value.CompareTo(other.value) : digits is null ? -1 : 1;
        return digits.Length != other.digits.Length ? digits.Length.CompareTo(other.digits.Length) : string.CompareOrdinal(digits, other.digits);
    }

    public override string ToString() => digits ?? value.ToString(CultureInfo.InvariantCulture);
}
