using System.Globalization;

namespace Governance.Patching.Versions.SemVer;

/// <summary>Reads one version from left to right, noting whether npm would accept its spelling.</summary>
internal ref struct SemVerReader(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private bool _strict = true;

    public bool TryRead(out SemanticVersion.Numbers core, out string prerelease, out bool isStrict)
    {
        prerelease = "";
        var read = TryReadCore(out core) && TryReadPrerelease(out prerelease) && TryReadBuild();
        isStrict = _strict;
        return read;
    }

    private bool TryReadCore(out SemanticVersion.Numbers core)
    {
        core = default;
        SkipPrefix();
        if (!TryReadNumber(out var major))
        {
            return false;
        }
        UInt128 minor = 0, patch = 0;
        if (!StartsWithDotAndDigit())
        {
            _strict = false;
        }
        else if (!TryReadDottedNumber(out minor))
        {
            return false;
        }
        else if (!StartsWithDotAndDigit())
        {
            _strict = false;
        }
        else if (!TryReadDottedNumber(out patch))
        {
            return false;
        }
        core = new SemanticVersion.Numbers(major, minor, patch);
        return true;
    }

    private void SkipPrefix()
    {
        if (_rest is ['=', ..])
        {
            _strict = false;
            _rest = _rest[1..].TrimStart();
        }

        if (_rest is not ['v' or 'V', ..])
        {
            return;
        }
        _strict &= _rest[0] == 'v';
        _rest = _rest[1..];
    }

    private readonly bool StartsWithDotAndDigit() => _rest is ['.', >= '0' and <= '9', ..];

    private bool TryReadDottedNumber(out UInt128 number)
    {
        _rest = _rest[1..];
        return TryReadNumber(out number);
    }

    private bool TryReadNumber(out UInt128 number)
    {
        var length = _rest.IndexOfAnyExceptInRange('0', '9');
        if (length < 0)
        {
            length = _rest.Length;
        }
        _strict &= length == 1 || _rest is not ['0', ..];
        var read = UInt128.TryParse(_rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out number);
        _rest = _rest[length..];
        return read;
    }

    private bool TryReadPrerelease(out string prerelease)
    {
        prerelease = "";
        if (_rest.IsEmpty || _rest[0] == '+')
        {
            return true;
        }
        if (StartsWithDotAndDigit())
        {
            _strict = false;
            _rest = default;
            return true;
        }

        if (_rest[0] == '-')
        {
            _rest = _rest[1..];
        }
        else if (char.IsAsciiLetter(_rest[0]))
        {
            _strict = false;
        }
        else
        {
            return false;
        }
        var end = _rest.IndexOf('+');
        prerelease = (end < 0 ? _rest : _rest[..end]).ToString();
        _rest = _rest[prerelease.Length..];
        return CheckIdentifiers(prerelease, numbersAreCanonical: true);
    }

    private bool TryReadBuild() => _rest.IsEmpty || CheckIdentifiers(_rest[1..], numbersAreCanonical: false);

    private bool CheckIdentifiers(ReadOnlySpan<char> identifiers, bool numbersAreCanonical)
    {
        if (identifiers.IsEmpty)
        {
            return false;
        }
        foreach (var range in identifiers.Split('.'))
        {
            var identifier = identifiers[range];
            foreach (var c in identifier)
            {
                if (char.IsWhiteSpace(c))
                {
                    return false;
                }
                _strict &= char.IsAsciiLetterOrDigit(c) || c == '-';
            }

            _strict &= !identifier.IsEmpty;
            if (numbersAreCanonical && identifier is ['0', _, ..] && !identifier.ContainsAnyExceptInRange('0', '9'))
            {
                _strict = false;
            }
        }

        return true;
    }
}
