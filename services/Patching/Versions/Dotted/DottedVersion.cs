namespace Governance.Patching.Versions.Dotted;

/// <summary>Whole numbers and nothing else; where one version goes on and the other ends, the longer comes after.</summary>
internal sealed class DottedVersion : PackageVersion, IComparable<DottedVersion>
{
    private readonly Numeral[] _numbers;

    private DottedVersion(string text, Numeral[] numbers)
        : base(text) => _numbers = numbers;

    /// <param name="text">The version.</param>
    /// <param name="separators">What may stand between two numbers.</param>
    public static DottedVersion? Parse(string text, string separators)
    {
        var rest = text.AsSpan().Trim();
        var numbers = new List<Numeral>(4);
        while (true)
        {
            var length = Numeral.LengthAt(rest, 0);
            if (length == 0)
            {
                return null;
            }
            numbers.Add(Numeral.Parse(rest[..length]));
            rest = rest[length..];
            if (rest.IsEmpty)
            {
                return new DottedVersion(text, [.. numbers]);
            }
            if (!separators.Contains(rest[0], StringComparison.Ordinal))
            {
                return null;
            }
            rest = rest[1..];
        }
    }

    public int CompareTo(DottedVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        for (var i = 0; i < _numbers.Length && i < other._numbers.Length; i++)
        {
            var order = _numbers[i].CompareTo(other._numbers[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return _numbers.Length.CompareTo(other._numbers.Length);
    }
}
