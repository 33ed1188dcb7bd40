namespace Governance.Patching.Versions.SemVer;

/// <summary>The order of prereleases: Semantic Versioning 2.0.0, §11.</summary>
internal static class PrereleaseOrder
{
    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.IsEmpty || right.IsEmpty)
        {
            return right.IsEmpty.CompareTo(left.IsEmpty) * -1;
        }
        while (true)
        {
            var order = CompareIdentifiers(Next(ref left, out var leftEnds), Next(ref right, out var rightEnds));
            if (order != 0)
            {
                return order;
            }
            if (leftEnds || rightEnds)
            {
                return rightEnds.CompareTo(leftEnds);
            }
        }
    }

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> identifiers, out bool isLast)
    {
        var dot = identifiers.IndexOf('.');
        isLast = dot < 0;
        var next = isLast ? identifiers : identifiers[..dot];
        identifiers = isLast ? default : identifiers[(dot + 1)..];
        return next;
    }

    private static int CompareIdentifiers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var (leftIsNumber, rightIsNumber) = (IsNumber(left), IsNumber(right));
        if (leftIsNumber != rightIsNumber)
        {
            return leftIsNumber ? -1 : 1;
        }
        if (!leftIsNumber)
        {
            return left.SequenceCompareTo(right);
        }
        left = left.TrimStart('0');
        right = right.TrimStart('0');
        return left.Length != right.Length ? left.Length.CompareTo(right.Length) : left.SequenceCompareTo(right);
    }

    private static bool IsNumber(ReadOnlySpan<char> identifier) =>
        !identifier.IsEmpty && !identifier.ContainsAnyExceptInRange('0', '9');
}
