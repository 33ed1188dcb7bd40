using System.Buffers;

namespace Grpc.Core;

/// <summary>Where a serializer puts one message: either one array or a buffer writer, then it is complete.</summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message, which the caller no longer touches.</summary>
    public virtual void Complete(byte[] payload) => throw Unsupported();

    /// <summary>A writer for the message; <see cref="Complete()"/> ends it.</summary>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw Unsupported();

    /// <summary>Says in advance how many bytes the writer will get.</summary>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Ends the message that was written to the buffer writer.</summary>
    public virtual void Complete() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This context does not take messages in this way.");
}

/// <summary>Where a deserializer gets one message from.</summary>
public abstract class DeserializationContext
{
    /// <summary>The message's length in bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The message as an array of its own.</summary>
    public virtual byte[] PayloadAsNewBuffer() => throw Unsupported();

    /// <summary>The message without a copy; valid only until the deserializer returns.</summary>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw Unsupported();

    private static NotSupportedException Unsupported() => new("This context does not give messages in this way.");
}
