using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Governance.Gateway.Transcoding;

/// <summary>
/// A growing buffer in protobuf's wire format, beginning with the five bytes that frame a gRPC message, so that a
/// finished message is sent without being copied. Made to be reused.
/// </summary>
internal sealed class WireBuffer
{
    private const int FrameHeader = 5;
    private const int KeptBytes = 256 * 1024;
    private byte[] _bytes = new byte[1024];
    private int _length = FrameHeader;

    /// <summary>The bytes of the message so far.</summary>
    public ReadOnlySpan<byte> Message => _bytes.AsSpan(FrameHeader, _length - FrameHeader);

    /// <summary>The message as one uncompressed gRPC frame.</summary>
    public ReadOnlyMemory<byte> Frame()
    {
        _bytes[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(_bytes.AsSpan(1), _length - FrameHeader);
        return _bytes.AsMemory(0, _length);
    }

    public void Clear()
    {
        _length = FrameHeader;
        if (_bytes.Length > KeptBytes)
        {
            _bytes = new byte[1024];
        }
    }

    public void Tag(uint tag) => Varint(tag);

    public void Varint(ulong value)
    {
        var target = Reserve(10);
        var i = 0;
        while (value > 0x7F)
        {
            target[i++] = (byte)(value | 0x80);
            value >>= 7;
        }
        target[i++] = (byte)value;
        _length += i;
    }

    public void Fixed32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Reserve(4), value);
        _length += 4;
    }

    public void Fixed64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);
        _length += 8;
    }

    /// <summary>Length-delimited bytes.</summary>
    public void Bytes(ReadOnlySpan<byte> value)
    {
        Varint((ulong)value.Length);
        Raw(value);
    }

    /// <summary>Length-delimited UTF-8.</summary>
    public void Text(ReadOnlySpan<char> value)
    {
        var size = Encoding.UTF8.GetByteCount(value);
        Varint((ulong)size);
        _length += Encoding.UTF8.GetBytes(value, Reserve(size));
    }

    public void Raw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        _length += value.Length;
    }

    /// <summary>Room to write into; follow with <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (_bytes.Length - _length < size)
        {
            Grow(size);
        }
        return _bytes.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    /// <summary>Begins a length-delimited part whose length is not known yet.</summary>
    /// <returns>What <see cref="EndNested"/> must be given.</returns>
    public int BeginNested()
    {
        Reserve(1);
        _length++;
        return _length;
    }

    /// <summary>Ends the part. One byte was left for its length, so a part of 128 bytes or more is moved.</summary>
    public void EndNested(int start)
    {
        var size = _length - start;
        if (size < 0x80)
        {
            _bytes[start - 1] = (byte)size;
            return;
        }
        Span<byte> prefix = stackalloc byte[5];
        var count = 0;
        for (var rest = (uint)size; ; rest >>= 7)
        {
            prefix[count++] = (byte)(rest > 0x7F ? rest | 0x80 : rest);
            if (rest <= 0x7F)
            {
                break;
            }
        }
        Reserve(count - 1);
        _bytes.AsSpan(start, size).CopyTo(_bytes.AsSpan(start + count - 1));
        prefix[..count].CopyTo(_bytes.AsSpan(start - 1));
        _length += count - 1;
    }

    /// <summary>The position now; <see cref="Truncate"/> goes back to it.</summary>
    public int Position => _length;

    public void Truncate(int position) => _length = position;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int size)
    {
        var larger = new byte[Math.Max(checked(_length + size), (int)Math.Min((long)_bytes.Length * 2, Array.MaxLength))];
        _bytes.AsSpan(0, _length).CopyTo(larger);
        _bytes = larger;
    }
}
