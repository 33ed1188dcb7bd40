using System.Globalization;
using System.Text;

namespace Governance.Gateway.Transcoding;

/// <summary>The well-known types whose JSON is one string: Timestamp, Duration and FieldMask.</summary>
internal static class WellKnownText
{
    private const long LeastSeconds = -62135596800;
    private const long MostSeconds = 253402300799;
    private const long MostDuration = 315_576_000_000;

    /// <summary>Writes the message's fields, or says what is wrong.</summary>
    public static ScalarFault? Write(WireBuffer wire, WellKnownType type, ReadOnlySpan<char> text) => type switch
    {
        WellKnownType.Timestamp => TryTimestamp(text, out var seconds, out var nanos)
            ? WriteSeconds(wire, seconds, nanos)
            : new(FaultReason.InvalidFormat,
                $"expected an RFC 3339 time such as 2026-11-27T02:00:00Z or 2026-11-27T03:00:00+01:00, got \"{ScalarText.Shown(text)}\"."),
        WellKnownType.Duration => TryDuration(text, out var seconds, out var nanos)
            ? WriteSeconds(wire, seconds, nanos)
            : new(FaultReason.InvalidFormat, $"expected seconds such as 90s or 0.5s, got \"{ScalarText.Shown(text)}\"."),
        WellKnownType.FieldMask => WriteMask(wire, text),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, null),
    };

    private static ScalarFault? WriteSeconds(WireBuffer wire, long seconds, int nanos)
    {
        if (seconds != 0)
        {
            wire.Tag(8);
            wire.Varint((ulong)seconds);
        }
        if (nanos != 0)
        {
            wire.Tag(16);
            wire.Varint((ulong)(long)nanos);
        }
        return null;
    }

    private static bool TryTimestamp(ReadOnlySpan<char> text, out long seconds, out int nanos)
    {
        seconds = 0;
        nanos = 0;
        if (text.Length < 20 || text[10] is not ('T' or 't'))
        {
            return false;
        }
        if (!DateTime.TryParseExact(text[..19], "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var whole))
        {
            return false;
        }
        var rest = text[19..];
        if (rest[0] == '.')
        {
            var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
            if (digits is < 1 or > 9 || !TryFraction(rest.Slice(1, digits), out nanos))
            {
                return false;
            }
            rest = rest[(digits + 1)..];
        }
        if (!TryOffset(rest, out var offset))
        {
            return false;
        }
        seconds = ((whole.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) - offset;
        return seconds is >= LeastSeconds and <= MostSeconds;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z")
        {
            return true;
        }
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':'
            || !int.TryParse(text[1..3], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 23
            || !int.TryParse(text[4..], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59)
        {
            return false;
        }
        seconds = ((hours * 60) + minutes) * (text[0] == '-' ? -60 : 60);
        return true;
    }

    private static bool TryDuration(ReadOnlySpan<char> text, out long seconds, out int nanos)
    {
        seconds = 0;
        nanos = 0;
        if (text.Length < 2 || text[^1] != 's')
        {
            return false;
        }
        var negative = text[0] == '-';
        var number = text[(negative ? 1 : 0)..^1];
        var point = number.IndexOf('.');
        var whole = point < 0 ? number : number[..point];
        if (whole.Length == 0
            || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out seconds)
            || seconds > MostDuration)
        {
            return false;
        }
        if (point >= 0 && !TryFraction(number[(point + 1)..], out nanos))
        {
            return false;
        }
        seconds = negative ? -seconds : seconds;
        nanos = negative ? -nanos : nanos;
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<char> digits, out int nanos)
    {
        nanos = 0;
        if (digits.Length is < 1 or > 9 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out nanos))
        {
            return false;
        }
        for (var i = digits.Length; i < 9; i++)
        {
            nanos *= 10;
        }
        return true;
    }

    private static ScalarFault? WriteMask(WireBuffer wire, ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            var path = text[range].Trim();
            if (path.Length == 0)
            {
                continue;
            }
            if (path.ContainsAnyExcept(PathCharacters))
            {
                return new(FaultReason.InvalidFormat,
                    $"expected field paths separated by commas, such as displayName,scope.tiers; got \"{ScalarText.Shown(path)}\".");
            }
            wire.Tag(10);
            wire.Text(ToSnakeCase(path));
        }
        return null;
    }

    private static readonly System.Buffers.SearchValues<char> PathCharacters =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.*");

    private static string ToSnakeCase(ReadOnlySpan<char> path)
    {
        var snake = new StringBuilder(path.Length + 8);
        foreach (var letter in path)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                snake.Append('_').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                snake.Append(letter);
            }
        }
        return snake.ToString();
    }
}
