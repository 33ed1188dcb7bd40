using System.Text;

namespace Governance.BuildingBlocks.ICalendar;

/// <summary>A line of content, unfolded.</summary>
/// <param name="Number">The number of its first physical line, from 1.</param>
/// <param name="Text">Its characters; null when its octets are no UTF-8.</param>
internal readonly record struct UnfoldedLine(int Number, string? Text);

/// <summary>
/// Unfolds the lines of RFC 5545 §3.1. It works on octets, for some programs fold in the middle of a character; and it takes a
/// single LF or CR for the end of a line as well.
/// </summary>
internal static class UnfoldedLines
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="CalendarFault">A line is too long.</exception>
    public static IEnumerable<UnfoldedLine> Of(ReadOnlyMemory<byte> document)
    {
        var line = new MemoryStream();
        var (number, first) = (0, 1);
        foreach (var physical in Physical(WithoutMark(document)))
        {
            number++;
            var folded = physical.Length > 0 && physical.Span[0] is (byte)' ' or (byte)'\t';
            if (!folded)
            {
                if (line.Length > 0) yield return new(first, Decode(line));
                line.SetLength(0);
                first = number;
            }

            line.Write(folded ? physical.Span[1..] : physical.Span);
            if (line.Length > CalendarLimits.LongestLine)
            {
                throw new CalendarFault(first, $"is longer than {CalendarLimits.LongestLine} octets");
            }
        }

        if (line.Length > 0) yield return new(first, Decode(line));
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Physical(ReadOnlyMemory<byte> document)
    {
        for (var rest = document; !rest.IsEmpty;)
        {
            var end = rest.Span.IndexOfAny((byte)'\r', (byte)'\n');
            if (end < 0)
            {
                yield return rest;
                yield break;
            }

            yield return rest[..end];
            var isPair = rest.Span[end] == '\r' && end + 1 < rest.Length && rest.Span[end + 1] == '\n';
            rest = rest[(end + (isPair ? 2 : 1))..];
        }
    }

    private static string? Decode(MemoryStream line)
    {
        try
        {
            return Strict.GetString(line.GetBuffer(), 0, (int)line.Length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> document) =>
        document.Span.StartsWith(Encoding.UTF8.Preamble) ? document[Encoding.UTF8.Preamble.Length..] : document;
}
