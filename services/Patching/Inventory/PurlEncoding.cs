using System.Text;

namespace Governance.Patching.Inventory;

/// <summary>Percent-encoding as package URLs use it: letters, digits, period, hyphen, underscore, tilde and colon stay.</summary>
internal static class PurlEncoding
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static string Encode(string text) => Append(new StringBuilder(text.Length), text).ToString();

    public static StringBuilder AppendSegments(StringBuilder output, string segments)
    {
        var first = true;
        foreach (var segment in segments.Split('/'))
        {
            if (!first)
            {
                output.Append('/');
            }
            Append(output, segment);
            first = false;
        }

        return output;
    }

    public static StringBuilder Append(StringBuilder output, string text)
    {
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'~' or (byte)':')
            {
                output.Append((char)b);
            }
            else
            {
                output.Append('%').Append(Convert.ToHexString([b]));
            }
        }

        return output;
    }

    /// <summary>Null where a percent sign is not followed by two hexadecimal digits, or the bytes are not UTF-8.</summary>
    public static string? Decode(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%')
            {
                var length = char.IsSurrogatePair(text, i) ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(i, length)));
                i += length - 1;
            }
            else if (i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
            {
                bytes.Add(Convert.FromHexString(text.AsSpan(i + 1, 2))[0]);
                i += 2;
            }
            else
            {
                return null;
            }
        }

        return ToText([.. bytes]);
    }

    private static string? ToText(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
