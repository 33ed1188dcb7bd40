namespace Governance.Patching.Versions.Rpm;

/// <summary>Compares parts of RPM versions: runs of letters and of digits, whatever stands between them.</summary>
internal static class RpmOrder
{
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        while (true)
        {
            left = SkipSeparators(left);
            right = SkipSeparators(right);
            if (left is ['~', ..] || right is ['~', ..])
            {
                if (left is not ['~', ..])
                {
                    return 1;
                }
                if (right is not ['~', ..])
                {
                    return -1;
                }
                left = left[1..];
                right = right[1..];
                continue;
            }

            if (left is ['^', ..] || right is ['^', ..])
            {
                if (left.IsEmpty || right.IsEmpty)
                {
                    return left.IsEmpty ? -1 : 1;
                }
                if (left[0] != '^' || right[0] != '^')
                {
                    return left[0] != '^' ? 1 : -1;
                }
                left = left[1..];
                right = right[1..];
                continue;
            }

            if (left.IsEmpty || right.IsEmpty)
            {
                return right.IsEmpty.CompareTo(left.IsEmpty);
            }
            var order = CompareRuns(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }
    }

    private static int CompareRuns(ref ReadOnlySpan<char> left, ref ReadOnlySpan<char> right)
    {
        var isNumber = char.IsAsciiDigit(left[0]);
        if (isNumber != char.IsAsciiDigit(right[0]))
        {
            return isNumber ? 1 : -1;
        }
        var leftRun = TakeRun(ref left, isNumber);
        var rightRun = TakeRun(ref right, isNumber);
        if (!isNumber)
        {
            return leftRun.SequenceCompareTo(rightRun);
        }
        leftRun = leftRun.TrimStart('0');
        rightRun = rightRun.TrimStart('0');
        return leftRun.Length != rightRun.Length ? leftRun.Length.CompareTo(rightRun.Length) : leftRun.SequenceCompareTo(rightRun);
    }

    private static ReadOnlySpan<char> TakeRun(ref ReadOnlySpan<char> text, bool isNumber)
    {
        var length = 1;
        while (length < text.Length && (isNumber ? char.IsAsciiDigit(text[length]) : char.IsAsciiLetter(text[length])))
        {
            length++;
        }
        var run = text[..length];
        text = text[length..];
        return run;
    }

    private static ReadOnlySpan<char> SkipSeparators(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && !char.IsAsciiLetterOrDigit(text[0]) && text[0] is not ('~' or '^'))
        {
            text = text[1..];
        }
        return text;
    }
}
