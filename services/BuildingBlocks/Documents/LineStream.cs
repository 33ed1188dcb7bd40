using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;

namespace Governance.BuildingBlocks.Documents;

/// <summary>One line of a text.</summary>
/// <param name="Number">From one.</param>
/// <param name="Text">Without its end; null where the line is too long or not UTF-8.</param>
public readonly record struct TextLine(long Number, string? Text);

/// <summary>The lines of a document, in flat memory.</summary>
public static class LineStream
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads on as it is asked for the next line.</summary>
    /// <param name="document">UTF-8, with or without a byte order mark.</param>
    /// <param name="longest">In bytes; a longer line is passed over without being held.</param>
    /// <param name="cancel">Gives up.</param>
    public static async IAsyncEnumerable<TextLine> ReadAsync(
        Stream document, int longest, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var pipe = PipeReader.Create(document, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        await using var completed = new Completion(pipe);
        var (number, isTooLong) = (1L, false);
        while (true)
        {
            var read = await pipe.ReadAsync(cancel);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                yield return new TextLine(number++, isTooLong ? null : TextOf(rest.Slice(0, end), longest));
                (rest, isTooLong) = (rest.Slice(rest.GetPosition(1, end)), false);
            }

            if (read.IsCompleted)
            {
                if (!rest.IsEmpty || isTooLong) yield return new TextLine(number, isTooLong ? null : TextOf(rest, longest));
                yield break;
            }

            isTooLong |= rest.Length > longest;
            pipe.AdvanceTo(isTooLong ? rest.End : rest.Start, rest.End);
        }
    }

    private static string? TextOf(ReadOnlySequence<byte> line, int longest)
    {
        if (line.Length > longest) return null;
        try
        {
            return Strict.GetString(line).TrimEnd('\r').TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Gives the buffers back however the reading ends.</summary>
    private readonly struct Completion(PipeReader pipe) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => pipe.CompleteAsync();
    }
}
