using System.Text;

namespace Governance.Ownership.Imports.Codeowners;

/// <summary>One segment of a pattern, between two slashes: `*` stands for any characters, `?` for one, a backslash escapes.</summary>
internal sealed class SegmentGlob
{
    private readonly Rune[] _runes;
    private readonly Part[] _parts;

    private SegmentGlob(List<(Part Part, Rune Rune)> pieces)
    {
        _parts = [.. pieces.Select(piece => piece.Part)];
        _runes = [.. pieces.Select(piece => piece.Rune)];
        if (Array.TrueForAll(_parts, part => part == Part.Rune)) Literal = string.Concat(_runes.Select(rune => rune.ToString()));
        IsLoneStar = _parts is [Part.Star];
        MatchesAll = _parts.Length > 0 && Array.TrueForAll(_parts, part => part == Part.Star);
    }

    private enum Part
    {
        Rune,
        Any,
        Star,
    }

    /// <summary>The text that it stands for; null when it has a wildcard.</summary>
    public string? Literal { get; }

    /// <summary>Whether it is `*`.</summary>
    public bool IsLoneStar { get; }

    /// <summary>Whether any segment matches, save the empty one.</summary>
    private bool MatchesAll { get; }

    public static SegmentGlob Parse(string text)
    {
        var pieces = new List<(Part Part, Rune Rune)>();
        var isEscaped = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (!isEscaped && rune.Value == '\\')
            {
                isEscaped = true;
                continue;
            }

            pieces.Add((isEscaped, rune.Value) switch
            {
                (false, '*') => (Part.Star, rune),
                (false, '?') => (Part.Any, rune),
                _ => (Part.Rune, rune),
            });
            isEscaped = false;
        }

        return new SegmentGlob(pieces);
    }

    /// <summary>In time that grows with the product of both lengths at worst: only the last `*` is ever tried again.</summary>
    public bool IsMatch(ReadOnlySpan<char> segment)
    {
        if (Literal is not null) return segment.SequenceEqual(Literal);
        if (MatchesAll) return segment.Length > 0;
        var (part, at, starPart, starAt) = (0, 0, -1, 0);
        while (at < segment.Length)
        {
            if (part < _parts.Length && _parts[part] == Part.Star)
            {
                (starPart, starAt) = (part++, at);
            }
            else if (part < _parts.Length && Takes(part, segment[at..], out var taken))
            {
                part++;
                at += taken;
            }
            else if (starPart >= 0)
            {
                part = starPart + 1;
                at = ++starAt;
            }
            else
            {
                return false;
            }
        }

        while (part < _parts.Length && _parts[part] == Part.Star) part++;
        return part == _parts.Length;
    }

    private bool Takes(int part, ReadOnlySpan<char> rest, out int taken)
    {
        Rune.DecodeFromUtf16(rest, out var rune, out taken);
        return _parts[part] == Part.Any || rune == _runes[part];
    }
}
