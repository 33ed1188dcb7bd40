using System.Buffers;

namespace Grpc.Core;

/// <summary>Lets a marshaller over contexts serve callers that have arrays.</summary>
internal sealed class ArrayContext : SerializationContext
{
    private ArrayBufferWriter<byte>? writer;
    private byte[]? payload;

    public static byte[] Write<T>(T message, Action<T, SerializationContext> serializer)
    {
        var context = new ArrayContext();
        serializer(message, context);
        return context.payload ?? throw new InvalidOperationException("The serializer did not complete the message.");
    }

    public override IBufferWriter<byte> GetBufferWriter() => writer ??= new ArrayBufferWriter<byte>();

    public override void Complete() =>
        Complete((writer ?? throw new InvalidOperationException("Nothing was written.")).WrittenSpan.ToArray());

    public override void Complete(byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        this.payload = this.payload is null ? payload : throw new InvalidOperationException("The message is already complete.");
    }

    internal sealed class Reader(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload.AsSpan().ToArray();

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
    }
}
