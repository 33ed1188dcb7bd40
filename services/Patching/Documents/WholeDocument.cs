namespace Governance.Patching.Documents;

/// <summary>Reads a document that is taken all or not at all.</summary>
internal static class WholeDocument
{
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
                return (default, true);
            content.Write(chunk, 0, read);
        }

        var bytes = content.GetBuffer().AsMemory(0, (int)content.Length);
        return (bytes.Span.StartsWith(ByteOrderMark) ? bytes[ByteOrderMark.Length..] : bytes, false);
    }
}
