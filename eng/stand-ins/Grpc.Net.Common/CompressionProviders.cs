using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>One way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>The name on the wire (<c>grpc-encoding</c>).</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses into another one, which stays open; null means the provider's own level.</summary>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream that reads what another one holds compressed, and leaves that open.</summary>
    Stream CreateDecompressionStream(Stream stream);
}

/// <summary>Compresses with gzip.</summary>
public sealed class GzipCompressionProvider : ICompressionProvider
{
    private static readonly byte[] Nothing = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    private readonly CompressionLevel defaultLevel;

    /// <summary>Creates a provider; the level counts where a call names none.</summary>
    public GzipCompressionProvider(CompressionLevel defaultCompressionLevel) => defaultLevel = defaultCompressionLevel;

    /// <inheritdoc />
    public string EncodingName => "gzip";

    /// <inheritdoc />
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new NeverEmptyStream(new GZipStream(stream, compressionLevel ?? defaultLevel, leaveOpen: true), stream, Nothing);

    /// <inheritdoc />
    public Stream CreateDecompressionStream(Stream stream) => new GZipStream(stream, CompressionMode.Decompress, leaveOpen: true);
}

/// <summary>Compresses with what HTTP calls deflate: the zlib format.</summary>
public sealed class DeflateCompressionProvider : ICompressionProvider
{
    private static readonly byte[] Nothing = [0x78, 0x9C, 3, 0, 0, 0, 0, 1];
    private readonly CompressionLevel defaultLevel;

    /// <summary>Creates a provider; the level counts where a call names none.</summary>
    public DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) => defaultLevel = defaultCompressionLevel;

    /// <inheritdoc />
    public string EncodingName => "deflate";

    /// <inheritdoc />
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new NeverEmptyStream(new ZLibStream(stream, compressionLevel ?? defaultLevel, leaveOpen: true), stream, Nothing);

    /// <inheritdoc />
    public Stream CreateDecompressionStream(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
