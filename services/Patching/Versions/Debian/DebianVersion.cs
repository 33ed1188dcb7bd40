namespace Governance.Patching.Versions.Debian;

/// <summary>A Debian package version: epoch, upstream version, revision.</summary>
/// <remarks>
/// Source: deb-version(7). Stricter than dpkg, which only warns of an upstream version that starts with no digit:
/// such text is mostly no version at all.
/// </remarks>
internal sealed class DebianVersion : PackageVersion, IComparable<DebianVersion>
{
    private readonly int _epoch;
    private readonly string _upstream;
    private readonly string _revision;

    private DebianVersion(string text, int epoch, string upstream, string revision)
        : base(text) => (_epoch, _upstream, _revision) = (epoch, upstream, revision);

    public static DebianVersion? Parse(string text)
    {
        var rest = text.AsSpan().Trim();
        var epoch = 0;
        if (rest.IndexOf(':') is var colon and >= 0)
        {
            if (!int.TryParse(
                rest[..colon], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out epoch))
            {
                return null;
            }
            rest = rest[(colon + 1)..];
        }

        var hyphen = rest.LastIndexOf('-');
        var upstream = hyphen < 0 ? rest : rest[..hyphen];
        var revision = hyphen < 0 ? "" : rest[(hyphen + 1)..];
        if (upstream is not [>= '0' and <= '9', ..]
            || (hyphen >= 0 && revision.IsEmpty)
            || !IsMadeOf(upstream, ".+-~:")
            || !IsMadeOf(revision, ".+~"))
        {
            return null;
        }
        return new DebianVersion(text, epoch, upstream.ToString(), revision.ToString());
    }

    public int CompareTo(DebianVersion? other)
    {
        if (other is null)
        {
            return 1;
        }
        var order = _epoch.CompareTo(other._epoch);
        if (order == 0)
        {
            order = CompareParts(_upstream, other._upstream);
        }
        return order != 0 ? order : CompareParts(_revision, other._revision);
    }

    /// <summary>Text and numbers in turn: text first, letters before other characters, the tilde before the end.</summary>
    private static int CompareParts(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (!left.IsEmpty || !right.IsEmpty)
        {
            while ((!left.IsEmpty && !char.IsAsciiDigit(left[0])) || (!right.IsEmpty && !char.IsAsciiDigit(right[0])))
            {
                var order = Weight(left).CompareTo(Weight(right));
                if (order != 0)
                {
                    return order;
                }
                left = left[1..];
                right = right[1..];
            }

            var (leftLength, rightLength) = (Numeral.LengthAt(left, 0), Numeral.LengthAt(right, 0));
            var numbers = CompareNumbers(left[..leftLength], right[..rightLength]);
            if (numbers != 0)
            {
                return numbers;
            }
            left = left[leftLength..];
            right = right[rightLength..];
        }

        return 0;
    }

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    private static int Weight(ReadOnlySpan<char> text) => text switch
    {
        [] or [>= '0' and <= '9', ..] => 0,
        ['~', ..] => -1,
        [var c, ..] => char.IsAsciiLetter(c) ? c : c + 256,
    };

    private static bool IsMadeOf(ReadOnlySpan<char> text, string others)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !others.Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
