using System.Text.Json;
using Governance.BuildingBlocks.Documents;

namespace Governance.Patching.Documents;

/// <summary>Reads a document that is taken all or not at all.</summary>
internal static class WholeDocument
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <summary>The bytes without a byte order mark; or that there are more than <paramref name="largest"/>.</summary>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool TooLong)> ReadAsync(Stream document, int largest, CancellationToken cancel)
    {
        using var content = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await document.ReadAsync(chunk.AsMemory(), cancel)) > 0)
        {
            if (content.Length + read > largest)
            {
                return (default, true);
            }
            content.Write(chunk, 0, read);
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        return (bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes, false);
    }

    /// <summary>What <paramref name="read"/> makes of a JSON document, or null with everything that is wrong with it.</summary>
    public static async Task<(T? Content, IReadOnlyList<FieldFault> Faults)> ReadJsonAsync<T>(
        Stream document, int largest, Func<JsonElement, List<FieldFault>, T?> read, CancellationToken cancel)
        where T : class
    {
        var (bytes, tooLong) = await ReadAsync(document, largest, cancel);
        if (tooLong)
        {
            return (null, [new FieldFault("", $"The document is longer than {largest} bytes.")]);
        }
        var unreadable = RecordStream.Unreadable(bytes, out var json, Options);
        using (json)
        {
            if (unreadable is not null)
            {
                return (null, [new FieldFault("", unreadable)]);
            }
            var faults = new List<FieldFault>();
            var content = read(json!.RootElement, faults);
            return faults.Count == 0 ? (content, []) : (null, faults);
        }
    }
}
