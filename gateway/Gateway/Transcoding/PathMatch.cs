using System.Buffers;
using System.Globalization;
using System.Text;

namespace Governance.Gateway.Transcoding;

/// <summary>A route that was found, with the path it was found for, so that variables can be read from it.</summary>
internal sealed record PathMatch<TRoute>(TRoute Route, PathTemplate Template, string Path, int[] Ends)
{
    /// <summary>The decoded value of one of the template's variables.</summary>
    /// <exception cref="FormatException">The path's percent-encoding does not hold UTF-8 text.</exception>
    public string Value(PathVariable variable)
    {
        var first = variable.Start < 0 ? Ends.Length + variable.Start + 1 : variable.Start;
        var last = variable.End < 0 ? Ends.Length + variable.End + 1 : variable.End;
        if (last <= first)
        {
            return "";
        }
        var start = first == 0 ? 1 : Ends[first - 1] + 1;
        return PathText.Decode(Path.AsSpan(start, Ends[last - 1] - start), keepReserved: !variable.IsSingleSegment);
    }
}

/// <summary>Percent-decoding of paths and queries.</summary>
internal static class PathText
{
    private static readonly SearchValues<byte> Reserved = SearchValues.Create("!#$&'()*+,/:;=?@[]"u8);
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Decodes; a percent-encoded reserved character stays as it is when asked, and a plus sign stays a plus.</summary>
    public static string Decode(ReadOnlySpan<char> text, bool keepReserved)
    {
        if (!text.Contains('%'))
        {
            return text.ToString();
        }
        var bytes = new byte[Strict.GetMaxByteCount(text.Length)];
        var count = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var run = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                count += Strict.GetBytes(text.Slice(i, run), bytes.AsSpan(count));
                i += run - 1;
                continue;
            }
            if (i + 2 >= text.Length
                || !byte.TryParse(text.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                throw new FormatException($"'{text}' has a percent sign that two hexadecimal digits do not follow.");
            }
            if (keepReserved && Reserved.Contains(value))
            {
                count += Strict.GetBytes(text.Slice(i, 3), bytes.AsSpan(count));
            }
            else
            {
                bytes[count++] = value;
            }
            i += 2;
        }
        try
        {
            return Strict.GetString(bytes, 0, count);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException($"'{text}' is not UTF-8 text after percent-decoding.");
        }
    }
}
