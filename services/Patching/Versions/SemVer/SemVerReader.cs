using System.Globalization;

namespace Governance.Patching.Versions.SemVer;

/// <summary>Reads one version from left to right, noting whether npm would accept its spelling.</summary>
internal ref struct SemVerReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> rest = text;
    private bool strict = true;

    public bool TryRead(out SemanticVersion.Numbers core, out string prerelease, out bool isStrict)
    {
        prerelease = "";
        var read = TryReadCore(out core) && TryReadPrerelease(out prerelease) && TryReadBuild();
        isStrict = strict;
        return read;
    }

    private bool TryReadCore(out SemanticVersion.Numbers core)
    {
        core = default;
        SkipPrefix();
        if (!TryReadNumber(out var major))
            return false;
        UInt128 minor = 0, patch = 0;
        if (!StartsWithDotAndDigit())
            strict = false;
        else if (!TryReadDottedNumber(out minor))
            return false;
        else if (!StartsWithDotAndDigit())
            strict = false;
        else if (!TryReadDottedNumber(out patch))
            return false;
        core = new SemanticVersion.Numbers(major, minor, patch);
        return true;
    }

    private void SkipPrefix()
    {
        if (rest is ['=', ..])
        {
            strict = false;
            rest = rest[1..].TrimStart();
        }

        if (rest is not ['v' or 'V', ..])
            return;
        strict &= rest[0] == 'v';
        rest = rest[1..];
    }

    private readonly bool StartsWithDotAndDigit() => rest is ['.', >= '0' and <= '9', ..];

    private bool TryReadDottedNumber(out UInt128 number)
    {
        rest = rest[1..];
        return TryReadNumber(out number);
    }

    private bool TryReadNumber(out UInt128 number)
    {
        var length = rest.IndexOfAnyExceptInRange('0', '9');
        if (length < 0)
            length = rest.Length;
        strict &= length == 1 || rest is not ['0', ..];
        var read = UInt128.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        rest = rest[length..];
        return read;
    }

    private bool TryReadPrerelease(out string prerelease)
    {
        prerelease = "";
        if (rest.IsEmpty || rest[0] == '+')
            return true;
        if (StartsWithDotAndDigit())
        {
            strict = false;
            rest = default;
            return true;
        }

        if (rest[0] == '-')
            rest = rest[1..];
        else if (char.IsAsciiLetter(rest[0]))
            strict = false;
        else
            return false;
        var end = rest.IndexOf('+');
        prerelease = (end < 0 ? rest : rest[..end]).ToString();
        rest = rest[prerelease.Length..];
        return CheckIdentifiers(prerelease, numbersAreCanonical: true);
    }

    private bool TryReadBuild() => rest.IsEmpty || CheckIdentifiers(rest[1..], numbersAreCanonical: false);

    private bool CheckIdentifiers(ReadOnlySpan<char> identifiers, bool numbersAreCanonical)
    {
        if (identifiers.IsEmpty)
            return false;
        foreach (var range in identifiers.Split('.'))
        {
            var identifier = identifiers[range];
            foreach (var c in identifier)
            {
                if (char.IsWhiteSpace(c))
                    return false;
                strict &= char.IsAsciiLetterOrDigit(c) || c == '-';
            }

            strict &= !identifier.IsEmpty;
            if (numbersAreCanonical && identifier is ['0', _, ..] && !identifier.ContainsAnyExceptInRange('0', '9'))
                strict = false;
        }

        return true;
    }
}
