using System.Diagnostics.CodeAnalysis;

namespace System.IO.Hashing;

/// <summary>A hash that tells contents apart and protects nothing.</summary>
public abstract class NonCryptographicHashAlgorithm
{
    /// <summary>Sets the length of the hash in bytes.</summary>
    protected NonCryptographicHashAlgorithm(int hashLengthInBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashLengthInBytes, 1);
        HashLengthInBytes = hashLengthInBytes;
    }

    /// <summary>The length of the hash.</summary>
    public int HashLengthInBytes { get; }

    /// <summary>Adds content.</summary>
    public abstract void Append(ReadOnlySpan<byte> source);

    /// <summary>Starts anew.</summary>
    public abstract void Reset();

    /// <summary>Adds content.</summary>
    public void Append(byte[] source)
    {
        ArgumentNullException.ThrowIfNull(source);
        Append(source.AsSpan());
    }

    /// <summary>Adds what a stream still holds.</summary>
    public void Append(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[4096];
        while (stream.Read(buffer) is > 0 and var read)
            Append(buffer.AsSpan(0, read));
    }

    /// <summary>Adds what a stream still holds.</summary>
    public async Task AppendAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new byte[4096];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
            Append(buffer.AsSpan(0, read));
    }

    /// <summary>The hash of what was added so far.</summary>
    public byte[] GetCurrentHash()
    {
        var hash = new byte[HashLengthInBytes];
        GetCurrentHashCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of what was added so far unless the space is too short.</summary>
    public bool TryGetCurrentHash(Span<byte> destination, out int bytesWritten) =>
        TryWrite(destination, out bytesWritten, GetCurrentHashCore);

    /// <summary>Writes the hash of what was added so far and returns its length.</summary>
    public int GetCurrentHash(Span<byte> destination) =>
        TryGetCurrentHash(destination, out var written) ? written : throw TooShort(nameof(destination));

    /// <summary>The hash of what was added so far; starts anew.</summary>
    public byte[] GetHashAndReset()
    {
        var hash = new byte[HashLengthInBytes];
        GetHashAndResetCore(hash);
        return hash;
    }

    /// <summary>Writes the hash of what was added so far and starts anew, unless the space is too short.</summary>
    public bool TryGetHashAndReset(Span<byte> destination, out int bytesWritten) =>
        TryWrite(destination, out bytesWritten, GetHashAndResetCore);

    /// <summary>Writes the hash of what was added so far, starts anew and returns the hash's length.</summary>
    public int GetHashAndReset(Span<byte> destination) =>
        TryGetHashAndReset(destination, out var written) ? written : throw TooShort(nameof(destination));

    /// <summary>Not what this is for: two algorithms are never compared by their hashes.</summary>
    [DoesNotReturn]
    [Obsolete("Use GetCurrentHash() to retrieve the computed hash code.", true)]
#pragma warning disable CS0809 // Obsolete on purpose although what it overrides is not.
    public override int GetHashCode() => throw new NotSupportedException("Use GetCurrentHash() for the hash of the content.");
#pragma warning restore CS0809

    /// <summary>Writes the hash; the space has exactly its length.</summary>
    protected abstract void GetCurrentHashCore(Span<byte> destination);

    /// <summary>Writes the hash and starts anew; the space has exactly its length.</summary>
    protected virtual void GetHashAndResetCore(Span<byte> destination)
    {
        GetCurrentHashCore(destination);
        Reset();
    }

    private static ArgumentException TooShort(string parameter) => new("The destination is too short for the hash.", parameter);

    private bool TryWrite(Span<byte> destination, out int written, Action<Span<byte>> write)
    {
        written = destination.Length < HashLengthInBytes ? 0 : HashLengthInBytes;
        if (written > 0)
            write(destination[..written]);
        return written > 0;
    }
}
