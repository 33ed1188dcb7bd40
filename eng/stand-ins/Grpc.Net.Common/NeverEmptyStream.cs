namespace Grpc.Net.Compression;

/// <summary>
/// Compresses into <paramref name="destination"/>. The framework's streams write nothing at all when they get nothing,
/// and other gRPC libraries refuse that: an empty message becomes <paramref name="empty"/>.
/// </summary>
internal sealed class NeverEmptyStream(Stream compressing, Stream destination, byte[] empty) : Stream
{
    private bool wrote;
    private bool disposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !disposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        wrote |= !buffer.IsEmpty;
        compressing.Write(buffer);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        wrote |= !buffer.IsEmpty;
        return compressing.WriteAsync(buffer, cancellationToken);
    }

    public override void Flush() => compressing.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => compressing.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !disposed)
        {
            disposed = true;
            compressing.Dispose();
            if (!wrote)
                destination.Write(empty);
        }

        base.Dispose(disposing);
    }
}
