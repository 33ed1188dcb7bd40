using System.Buffers.Binary;
using Governance.Gateway.Proxy;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>Takes gRPC's length-prefixed messages out of a response.</summary>
internal sealed class FrameReader(Stream stream, int maxMessageBytes)
{
    private const int Header = 5;
    private byte[] buffer = new byte[4096];
    private int start;
    private int end;

    /// <summary>The next message, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(Header, cancellation))
            return end == start ? null : throw Cut();
        if (buffer[start] != 0)
            throw new RpcFailure(StatusCode.Internal, "The service compressed its answer without being asked to.");
        var size = BinaryPrimitives.ReadUInt32BigEndian(buffer.AsSpan(start + 1));
        if (size > (uint)maxMessageBytes)
        {
            throw GatewayErrors.Refuse(StatusCode.ResourceExhausted, "ANSWER_TOO_LARGE",
                $"The service's answer has {size} bytes; at most {maxMessageBytes} are let through. Ask for less at once.");
        }
        if (!await FillAsync(Header + (int)size, cancellation))
            throw Cut();
        var message = buffer.AsMemory(start + Header, (int)size);
        start += Header + (int)size;
        return message;
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (end - start >= count)
            return true;
        if (buffer.Length - start < count)
            MakeRoom(count);
        while (end - start < count)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(end), cancellation);
            if (read == 0)
                return false;
            end += read;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        var target = buffer.Length >= count ? buffer : new byte[Math.Max(count, buffer.Length * 2)];
        buffer.AsSpan(start, end - start).CopyTo(target);
        (buffer, end, start) = (target, end - start, 0);
    }

    private static RpcFailure Cut() => new(StatusCode.Unavailable, "The service's answer ended in the middle of a message.");
}
