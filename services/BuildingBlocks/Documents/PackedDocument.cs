using System.IO.Compression;

namespace Governance.BuildingBlocks.Documents;

/// <summary>Unpacks documents that come packed by gzip, whatever their name or media type says.</summary>
public static class PackedDocument
{
    /// <summary>What a packed document may unpack to: some kilobytes could otherwise become any number of bytes.</summary>
    public const long LargestUnpacked = 4L * 1024 * 1024 * 1024;

    /// <summary>
    /// The document itself, or as it is unpacked on the way; a broken pack throws <see cref="InvalidDataException"/> when it is read.
    /// </summary>
    public static async Task<Stream> OpenAsync(Stream document, CancellationToken cancel)
    {
        var head = new byte[2];
        var length = await document.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel);
        var whole = new PeekedStream(head.AsMemory(0, length), document);
        return length == 2 && head is [0x1F, 0x8B]
            ? new LimitedStream(new GZipStream(whole, CompressionMode.Decompress), LargestUnpacked)
            : whole;
    }
}
