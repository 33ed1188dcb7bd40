using System.Buffers.Binary;
using Google.Protobuf;

namespace Governance.Gateway.Transcoding;

/// <summary>Walks over protobuf's wire format.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool AtEnd => _at >= _bytes.Length;

    /// <summary>Where the reader stands; assigning goes back.</summary>
    public int Position
    {
        readonly get => _at;
        set => _at = value;
    }

    public uint Tag() => (uint)Varint();

    public ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (_at >= _bytes.Length)
            {
                break;
            }
            var octet = _bytes[_at++];
            value |= (ulong)(octet & 0x7F) << shift;
            if (octet < 0x80)
            {
                return value;
            }
        }
        throw Broken();
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> Bytes()
    {
        var size = Varint();
        return size <= int.MaxValue ? Take((int)size) : throw Broken();
    }

    /// <summary>Skips the value that follows a tag.</summary>
    public void Skip(uint tag)
    {
        switch (WireFormat.GetTagWireType(tag))
        {
            case WireFormat.WireType.Varint:
                Varint();
                break;
            case WireFormat.WireType.Fixed64:
                Take(8);
                break;
            case WireFormat.WireType.Fixed32:
                Take(4);
                break;
            case WireFormat.WireType.LengthDelimited:
                Bytes();
                break;
            default:
                throw Broken();
        }
    }

    private ReadOnlySpan<byte> Take(int size)
    {
        if (size > _bytes.Length - _at)
        {
            throw Broken();
        }
        _at += size;
        return _bytes.Slice(_at - size, size);
    }

    private static InvalidDataException Broken() => new("The service's answer is not a well-formed protobuf message.");
}
