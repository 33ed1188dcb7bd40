using System.Buffers.Binary;
using System.Numerics;

namespace System.IO.Hashing;

/// <summary>The XXH64 hash; its bytes are written most significant first.</summary>
public sealed class XxHash64 : NonCryptographicHashAlgorithm
{
    private const int HashSize = sizeof(ulong);
    private const int StripeSize = 4 * sizeof(ulong);
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    private readonly ulong seed;
    private readonly byte[] pending = new byte[StripeSize];
    private int pendingLength;
    private ulong length;
    private ulong lane1, lane2, lane3, lane4;

    /// <summary>Starts with the seed 0.</summary>
    public XxHash64()
        : this(0)
    {
    }

    /// <summary>Starts with a seed.</summary>
    public XxHash64(long seed)
        : base(HashSize)
    {
        this.seed = (ulong)seed;
        Reset();
    }

    /// <summary>The hash of an array with the seed 0.</summary>
    public static byte[] Hash(byte[] source) => Hash(source, 0);

    /// <summary>The hash of an array.</summary>
    public static byte[] Hash(byte[] source, long seed)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Hash(source.AsSpan(), seed);
    }

    /// <summary>The hash of a span.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> source, long seed = 0)
    {
        var hash = new byte[HashSize];
        BinaryPrimitives.WriteUInt64BigEndian(hash, Compute(source, seed));
        return hash;
    }

    /// <summary>Writes the hash of a span and returns its length.</summary>
    public static int Hash(ReadOnlySpan<byte> source, Span<byte> destination, long seed = 0) =>
        TryHash(source, destination, out var written, seed)
            ? written
            : throw new ArgumentException("The destination is too short for the hash.", nameof(destination));

    /// <summary>Writes the hash of a span unless the space is too short.</summary>
    public static bool TryHash(ReadOnlySpan<byte> source, Span<byte> destination, out int bytesWritten, long seed = 0)
    {
        bytesWritten = BinaryPrimitives.TryWriteUInt64BigEndian(destination, Compute(source, seed)) ? HashSize : 0;
        return bytesWritten > 0;
    }

    /// <inheritdoc />
    public override void Reset()
    {
        unchecked
        {
            lane1 = seed + Prime1 + Prime2;
            lane2 = seed + Prime2;
            lane3 = seed;
            lane4 = seed - Prime1;
        }

        length = 0;
        pendingLength = 0;
    }

    /// <inheritdoc />
    public override void Append(ReadOnlySpan<byte> source)
    {
        length += (ulong)source.Length;
        if (pendingLength > 0)
        {
            var taken = Math.Min(StripeSize - pendingLength, source.Length);
            source[..taken].CopyTo(pending.AsSpan(pendingLength));
            pendingLength += taken;
            source = source[taken..];
            if (pendingLength < StripeSize)
                return;
            AddStripe(pending);
        }

        for (; source.Length >= StripeSize; source = source[StripeSize..])
            AddStripe(source);
        source.CopyTo(pending);
        pendingLength = source.Length;
    }

    /// <inheritdoc />
    protected override void GetCurrentHashCore(Span<byte> destination) =>
        BinaryPrimitives.WriteUInt64BigEndian(destination, Finish());

    private static ulong Compute(ReadOnlySpan<byte> source, long seed)
    {
        var hash = new XxHash64(seed);
        hash.Append(source);
        return hash.Finish();
    }

    private static ulong Round(ulong lane, ulong input) =>
        unchecked(BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1);

    private static ulong Merge(ulong hash, ulong lane) => unchecked(((hash ^ Round(0, lane)) * Prime1) + Prime4);

    private void AddStripe(ReadOnlySpan<byte> stripe)
    {
        lane1 = Round(lane1, BinaryPrimitives.ReadUInt64LittleEndian(stripe));
        lane2 = Round(lane2, BinaryPrimitives.ReadUInt64LittleEndian(stripe[8..]));
        lane3 = Round(lane3, BinaryPrimitives.ReadUInt64LittleEndian(stripe[16..]));
        lane4 = Round(lane4, BinaryPrimitives.ReadUInt64LittleEndian(stripe[24..]));
    }

    private ulong Finish()
    {
        unchecked
        {
            var hash = (length < StripeSize ? seed + Prime5 : MergeLanes()) + length;
            ReadOnlySpan<byte> rest = pending.AsSpan(0, pendingLength);
            for (; rest.Length >= 8; rest = rest[8..])
                hash = (BitOperations.RotateLeft(hash ^ Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest)), 27) * Prime1) + Prime4;
            if (rest.Length >= 4)
            {
                hash = (BitOperations.RotateLeft(hash ^ (BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1), 23) * Prime2) + Prime3;
                rest = rest[4..];
            }

            foreach (var value in rest)
                hash = BitOperations.RotateLeft(hash ^ (value * Prime5), 11) * Prime1;
            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return hash ^ (hash >> 32);
        }
    }

    private ulong MergeLanes()
    {
        var hash = unchecked(BitOperations.RotateLeft(lane1, 1) + BitOperations.RotateLeft(lane2, 7)
            + BitOperations.RotateLeft(lane3, 12) + BitOperations.RotateLeft(lane4, 18));
        return Merge(Merge(Merge(Merge(hash, lane1), lane2), lane3), lane4);
    }
}
