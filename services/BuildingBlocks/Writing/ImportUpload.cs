using Google.Api;
using Governance.BuildingBlocks.Errors;
using Grpc.Core;

namespace Governance.BuildingBlocks.Writing;

/// <summary>A streamed import: parameters in the first message, then the document in chunks that may be cut anywhere.</summary>
/// <typeparam name="TRequest">The stream's message; has the parameters and a `document`.</typeparam>
public sealed class ImportUpload<TRequest> : Stream
    where TRequest : class
{
    private readonly IAsyncStreamReader<TRequest> _requests;
    private readonly Func<TRequest, HttpBody?> _document;
    private ReadOnlyMemory<byte> _chunk;

    private ImportUpload(TRequest parameters, IAsyncStreamReader<TRequest> requests, Func<TRequest, HttpBody?> document)
    {
        _requests = requests;
        _document = document;
        Parameters = parameters;
        ContentType = document(parameters)?.ContentType ?? "";
        _chunk = document(parameters)?.Data.Memory ?? default;
    }

    /// <summary>The first message.</summary>
    public TRequest Parameters { get; }

    /// <summary>The document's media type, as far as the client gave one.</summary>
    public string ContentType { get; private set; }

    /// <summary>Reads the first message; the rest follows as this stream is read, and is never held as a whole.</summary>
    /// <exception cref="InvalidRequest">The stream is empty.</exception>
    public static async Task<ImportUpload<TRequest>> OpenAsync(
        IAsyncStreamReader<TRequest> requests, Func<TRequest, HttpBody?> document, CancellationToken ct)
    {
        if (!await requests.MoveNext(ct)) throw FieldFaults.Single("document", "The stream has no message.", "REQUIRED");
        return new ImportUpload<TRequest>(requests.Current, requests, document);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty) return 0;
        while (_chunk.IsEmpty)
        {
            if (!await _requests.MoveNext(cancellationToken)) return 0;
            if (_document(_requests.Current) is not { } body) continue;
            if (ContentType.Length == 0) ContentType = body.ContentType;
            _chunk = body.Data.Memory;
        }

        var taken = Math.Min(buffer.Length, _chunk.Length);
        _chunk[..taken].CopyTo(buffer);
        _chunk = _chunk[taken..];
        return taken;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("The upload arrives over the network: read it asynchronously.");

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
