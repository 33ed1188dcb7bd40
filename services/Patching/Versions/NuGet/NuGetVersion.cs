using System.Globalization;

namespace Governance.Patching.Versions.NuGet;

/// <summary>
/// A NuGet version: one to four numbers, prerelease labels in which case does not count, build metadata that has no order.
/// </summary>
/// <remarks>
/// Source: https://learn.microsoft.com/nuget/concepts/package-versioning. Numbers may be longer here than NuGet's 32 bits.
/// </remarks>
internal sealed class NuGetVersion : PackageVersion, IComparable<NuGetVersion>
{
    private readonly Numeral[] _numbers;
    private readonly Label[] _labels;

    private NuGetVersion(string text, Numeral[] numbers, Label[] labels)
        : base(text) => (_numbers, _labels) = (numbers, labels);

    public static NuGetVersion? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        var plus = rest.IndexOf('+');
        if (plus >= 0 && !AreIdentifiers(rest[(plus + 1)..], mayPadNumbers: true))
        {
            return null;
        }
        rest = plus < 0 ? rest : rest[..plus];
        var hyphen = rest.IndexOf('-');
        var core = hyphen < 0 ? rest : rest[..hyphen];
        if (ReadNumbers(core) is not { } numbers)
        {
            return null;
        }
        if (hyphen < 0)
        {
            return new NuGetVersion(text, numbers, []);
        }
        return AreIdentifiers(rest[(hyphen + 1)..], mayPadNumbers: false)
            ? new NuGetVersion(text, numbers, [.. rest[(hyphen + 1)..].ToString().Split('.').Select(Label.Of)])
            : null;
    }

    public int CompareTo(NuGetVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        for (var i = 0; i < _numbers.Length; i++)
        {
            var order = _numbers[i].CompareTo(other._numbers[i]);
            if (order != 0)
            {
                return order;
            }
        }

        if (_labels.Length == 0 || other._labels.Length == 0)
        {
            return other._labels.Length.CompareTo(_labels.Length);
        }
        for (var i = 0; i < _labels.Length && i < other._labels.Length; i++)
        {
            var order = _labels[i].CompareTo(other._labels[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return _labels.Length.CompareTo(other._labels.Length);
    }

    private static Numeral[]? ReadNumbers(ReadOnlySpan<char> text)
    {
        var numbers = new Numeral[4];
        for (var i = 0; i < numbers.Length; i++)
        {
            text = text.Trim();
            var length = Numeral.LengthAt(text, 0);
            if (length == 0)
            {
                return null;
            }
            numbers[i] = Numeral.Parse(text[..length]);
            text = text[length..].TrimStart();
            if (text.IsEmpty)
            {
                return numbers;
            }
            if (text[0] != '.')
            {
                return null;
            }
            text = text[1..];
        }

        return null;
    }

    private static bool AreIdentifiers(ReadOnlySpan<char> text, bool mayPadNumbers)
    {
        foreach (var range in text.Split('.'))
        {
            if (text[range].IsEmpty || (!mayPadNumbers && text[range] is ['0', _, ..] && !text[range].ContainsAnyExceptInRange('0', '9')))
            {
                return false;
            }
            foreach (var c in text[range])
            {
                if (!char.IsAsciiLetterOrDigit(c) && c != '-')
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Numbers come before text. As in NuGet, a number that does not fit 32 bits counts as text.</summary>
    private readonly record struct Label(string Text, int? Number) : IComparable<Label>
    {
        public static Label Of(string text) =>
            new(text, int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

        public int CompareTo(Label other) => (Number, other.Number) switch
        {
            ({ } left, { } right) => left.CompareTo(right),
            (null, null) => string.Compare(Text, other.Text, StringComparison.OrdinalIgnoreCase),
            (null, _) => 1,
            _ => -1,
        };
    }
}
