using System.Buffers.Binary;
using Governance.Gateway.Proxy;
using Grpc.Core;

namespace Governance.Gateway.Transcoding;

/// <summary>Takes gRPC's length-prefixed messages out of a response.</summary>
internal sealed class FrameReader(Stream stream, int maxMessageBytes)
{
    private const int Header = 5;
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>The next message, valid until the next call; null at the end.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellation)
    {
        if (!await FillAsync(Header, cancellation))
        {
            return _end == _start ? null : throw Cut();
        }
        if (_buffer[_start] != 0)
        {
            throw new RpcFailure(StatusCode.Internal, "The service compressed its answer without being asked to.");
        }
        var size = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start + 1));
        if (size > (uint)maxMessageBytes)
        {
            throw GatewayErrors.Refuse(StatusCode.ResourceExhausted, "ANSWER_TOO_LARGE",
                $"The service's answer has {size} bytes; at most {maxMessageBytes} are let through. Ask for less at once.");
        }
        if (!await FillAsync(Header + (int)size, cancellation))
        {
            throw Cut();
        }
        var message = _buffer.AsMemory(_start + Header, (int)size);
        _start += Header + (int)size;
        return message;
    }

    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellation)
    {
        if (_end - _start >= count)
        {
            return true;
        }
        if (_buffer.Length - _start < count)
        {
            MakeRoom(count);
        }
        while (_end - _start < count)
        {
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            if (read == 0)
            {
                return false;
            }
            _end += read;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        var target = _buffer.Length >= count ? _buffer : new byte[Math.Max(count, _buffer.Length * 2)];
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        (_buffer, _end, _start) = (target, _end - _start, 0);
    }

    private static RpcFailure Cut() => new(StatusCode.Unavailable, "The service's answer ended in the middle of a message.");
}
