namespace Governance.Patching.Versions.PyPI;

/// <summary>Reads a PEP 440 version from left to right, in any spelling that its normalisation takes.</summary>
internal ref struct PythonVersionReader
{
    /// <summary>A longer spelling before those that it starts with.</summary>
    private static readonly (string Spelling, string Normal)[] Phases =
    [
        ("alpha", "a"), ("a", "a"), ("beta", "b"), ("b", "b"), ("preview", "rc"), ("pre", "rc"), ("c", "rc"), ("rc", "rc"),
    ];

    private static readonly (string Spelling, string Normal)[] Posts = [("post", "post"), ("rev", "post"), ("r", "post")];

    private static readonly (string Spelling, string Normal)[] Devs = [("dev", "dev")];

    private ReadOnlySpan<char> _rest;

    private PythonVersionReader(ReadOnlySpan<char> text) => _rest = text;

    /// <summary>Null for what is no version of PEP 440.</summary>
    public static PythonRelease? Read(ReadOnlySpan<char> text)
    {
        var reader = new PythonVersionReader(text is ['v' or 'V', ..] ? text[1..] : text);
        return reader.Read();
    }

    private PythonRelease? Read()
    {
        var epoch = default(Numeral);
        if (!TryReadNumber(out var first))
        {
            return null;
        }
        if (_rest is ['!', ..])
        {
            epoch = first;
            _rest = _rest[1..];
            if (!TryReadNumber(out first))
            {
                return null;
            }
        }

        var numbers = new List<Numeral>(4) { first };
        while (_rest is ['.', >= '0' and <= '9', ..])
        {
            _rest = _rest[1..];
            TryReadNumber(out var number);
            numbers.Add(number);
        }

        var pre = ReadSuffix(Phases);
        var post = ReadImplicitPost() ?? ReadSuffix(Posts)?.Number;
        var dev = ReadSuffix(Devs)?.Number;
        var local = new List<PythonRelease.LocalPart>();
        return TryReadLocal(local) && _rest.IsEmpty ? new PythonRelease(epoch, numbers, pre, post, dev, local) : null;
    }

    private bool TryReadNumber(out Numeral number)
    {
        var length = Numeral.LengthAt(_rest, 0);
        number = Numeral.Parse(_rest[..length]);
        _rest = _rest[length..];
        return length > 0;
    }

    /// <summary>A separator, a word, a separator, a number: all but the word may be missing.</summary>
    private (string Normal, Numeral Number)? ReadSuffix(ReadOnlySpan<(string Spelling, string Normal)> words)
    {
        var after = SkipSeparator(_rest);
        foreach (var (spelling, normal) in words)
        {
            if (!after.StartsWith(spelling, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }
            _rest = SkipSeparator(after[spelling.Length..]);
            TryReadNumber(out var number);
            return (normal, number);
        }

        return null;
    }

    private Numeral? ReadImplicitPost()
    {
        if (_rest is not ['-', >= '0' and <= '9', ..])
        {
            return null;
        }
        _rest = _rest[1..];
        TryReadNumber(out var number);
        return number;
    }

    private bool TryReadLocal(List<PythonRelease.LocalPart> parts)
    {
        if (_rest is not ['+', ..])
        {
            return true;
        }
        do
        {
            _rest = _rest[1..];
            var length = 0;
            while (length < _rest.Length && char.IsAsciiLetterOrDigit(_rest[length]))
            {
                length++;
            }
            if (length == 0)
            {
                return false;
            }
            var part = _rest[..length];
            parts.Add(part.ContainsAnyExceptInRange('0', '9')
                ? new PythonRelease.LocalPart(part.ToString().ToLowerInvariant(), default)
                : new PythonRelease.LocalPart(null, Numeral.Parse(part)));
            _rest = _rest[length..];
        }
        while (_rest is ['.' or '-' or '_', ..]);
        return true;
    }

    private static ReadOnlySpan<char> SkipSeparator(ReadOnlySpan<char> text) => text is ['.' or '-' or '_', ..] ? text[1..] : text;
}
